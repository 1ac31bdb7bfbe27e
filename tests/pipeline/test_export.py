"""The live state of a target in, the same as rows of a template out; imported, they change nothing."""

import pytest

from importer import rehearsing
from importer.export import filled
from importer.pipeline import Options
from importer.template import find
from tests.pipeline.test_unchanged import BOOKS, ORDERS


@pytest.mark.parametrize("template", BOOKS)
def test_what_is_exported_is_what_is_there(bench, template):
    """Every kind, every heading: a plan of the export has nothing to do."""
    bench.atlan.add("Table", "orders", qualifiedName=ORDERS)
    bench.run(bench.book(BOOKS[template]()), template=template)
    made = find(template)
    found = filled(made, bench.connect(made.system, made.options), [("Table", ORDERS)])
    file = bench.book({sheet: rows for sheet, rows in found.rows.items() if rows})
    options = Options(template=template)
    plan = rehearsing.plan([file], options, target="sandbox", connect=bench.connect)
    assert plan.findings == []
    assert plan.counts == {"unchanged": found.count}
    expected = {name: len(rows) for name, rows in BOOKS[template]().items()}
    got = {name: len(rows) for name, rows in found.rows.items()}
    assert got == expected | ({"Floors": 3} if "Floors" in expected else {})
