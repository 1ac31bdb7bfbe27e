"""Cells that do not fit the pattern of their column are left out, and that is said once."""

from __future__ import annotations

import pytest

from importer.model import Severity
from tests.mapping.test_number_column import read

AREA = r"type = 'number', extract = '(.*) sqft'"


def test_the_cells_that_do_not_fit_are_one_finding_with_their_number(tmp_path):
    sizes = ["1.5 sqft", "7", "many", "7", 9, "n/a", ""]
    found, (finding,) = read(tmp_path, sizes, {"type": "number"}, AREA)
    assert found == [1.5, *[None] * 6]
    assert (finding.code, finding.severity) == ("left_out", Severity.INFO)
    assert (finding.place.cell, finding.value, finding.more_rows) == ("B3", "7", 4)
    assert finding.message == (
        "`7`, `many`, `9` do not fit `(.*) sqft`: nothing of that is imported."
    )


def test_one_cell_is_named_alone(tmp_path):
    (finding,) = read(tmp_path, ["7"], {"type": "number"}, AREA)[1]
    assert finding.message == "`7` does not fit `(.*) sqft`: nothing of that is imported."


def test_where_the_column_has_an_example_it_stands_for_the_pattern(tmp_path):
    rule = f"{AREA}, example = '12 sqft'"
    (finding,) = read(tmp_path, ["7"], {"type": "number"}, rule)[1]
    assert finding.message == "`7` is not like `12 sqft`: nothing of that is imported."


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("7 sqft", AREA),
        (" 7 sqft ", AREA),
        ("", AREA),
        ("<CLEAR>", AREA),
        ("Text:", "extract = 'Text:(.*)'"),
        ("ann@x.de; bob", "type = 'list', extract = '(.*)@x.de'"),
        ("7", "type = 'text'"),
    ],
)
def test_what_fits_or_is_chosen_among_items_is_not_mentioned(tmp_path, cell, rule):
    assert read(tmp_path, [cell], {}, rule)[1] == []
