"""Tags and custom metadata that a type of entity cannot have are errors on their cells."""

import pytest

from importer.options import Options
from importer.pipeline.check import check
from importer.pipeline.choices import live_columns
from importer.sandbox import start
from importer.template import find
from importer.template.blank.choices import Choice
from tests.pipeline.bench import Bench, glossary, term

TYPEDEFS = "/api/meta/types/typedefs"
TABLES_ONLY = {"applicableEntityTypes": '["Table"]'}
DEFINITIONS = {
    "enumDefs": [{"name": "use", "elementDefs": [{"value": "read"}, {"value": "write"}]}],
    "classificationDefs": [
        {"name": "Rows", "entityTypes": ["Table"]},
        {"name": "Stored", "entityTypes": ["SQL"]},
    ],
    "businessMetadataDefs": [
        {
            "displayName": "Ops",
            "attributeDefs": [
                {"name": "", "displayName": "Size", "typeName": "int", "options": TABLES_ONLY},
                {"name": "", "displayName": "Kept", "typeName": "boolean"},
                {"name": "", "displayName": "Uses", "typeName": "array<use>"},
            ],
        }
    ],
}


@pytest.fixture
def bench(tmp_path, journal_place):
    """A sandbox of its own, whose tenant has more definitions, a table and a report."""
    with start(record=True) as box:
        bench = Bench(box, tmp_path, journal_place)
        bench.atlan.send("POST", TYPEDEFS, DEFINITIONS)
        bench.atlan.add("Table", "orders")
        bench.atlan.add("PowerBIReport", "sales")
        yield bench
        bench.close()


def asset(type_name, name, **more):
    return {"Type": type_name, "Qualified name": f"raw/{name}", "Name": name, **more}


SHEETS = {
    "Glossaries": [glossary()],
    "Terms": [term("T", Tags="PII; Stored")],
    "Assets": [
        asset("Table", "orders", Tags="PII; Rows; Stored", **{"Ops::Size": 1}),
        asset("PowerBIReport", "sales", Tags="PII; Rows; Stored", **{"Ops::Size": 1}),
    ],
}
WRONG = [
    ("Terms", 2, "Tags", "The target has no `Stored` under Tags on a term."),
    ("Assets", 3, "Tags", "The target has no `Rows` under Tags on a PowerBIReport."),
    ("Assets", 3, "Tags", "The target has no `Stored` under Tags on a PowerBIReport."),
    ("Assets", 3, "Ops::Size", "The target has no Ops::Size on a PowerBIReport."),
]


def errors(result):
    return [
        (one.place.sheet, one.place.row, one.place.heading, one.message)
        for one in result.findings
        if one.severity == "error"
    ]


def test_what_a_type_cannot_have_is_an_error_before_anything_is_sent(bench):
    result = bench.glossary(SHEETS)
    assert sorted(errors(result)) == sorted(WRONG)
    assert bench.statuses(result) == {
        "Glossaries": ["created"],
        "Terms": ["invalid"],
        "Assets": ["updated", "invalid"],
    }
    types = [one for one in bench.box.requests if ("type", "ENTITY") in one.query]
    assert len(types) == 1


def test_a_check_with_a_target_and_a_plan_say_it_too(bench):
    options = Options(template="atlan-glossary")
    checked = check([bench.book(SHEETS)], options, bench.connect)
    assert sorted(errors(checked)) == sorted(WRONG)
    assert sorted(errors(bench.plan_files([bench.book(SHEETS)], options))) == sorted(WRONG)


def test_types_are_not_read_for_what_has_no_limit(bench):
    row = asset("Table", "orders", Tags="PII", **{"Data Quality::Score": 1})
    assert bench.glossary({"Assets": [row]}).counts == {"updated": 1}
    assert not [one for one in bench.box.requests if ("type", "ENTITY") in one.query]


def test_a_new_workbook_has_columns_for_what_its_kinds_can_have(bench):
    """A list is offered its items, and may hold several of them."""
    template = find("atlan-glossary")
    own = live_columns(template, bench.connect(template.systems, template.options))
    ops = {
        sheet: {one.rule.heading: one.choice for one in found if "Ops" in one.rule.heading}
        for sheet, found in own.items()
    }
    uses, kept = Choice(("read", "write")), Choice(("yes", "no"), strict=True)
    assert ops["Terms"] == {"Ops::Kept": kept, "Ops::Uses": uses}
    assert ops["Assets"] == {"Ops::Size": Choice((), strict=True), **ops["Terms"]}
    assert ops["Links"] == {}
