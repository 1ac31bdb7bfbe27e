"""Custom metadata is read, checked, sent, compared and exported by the types of the target."""

import datetime as dt

import pytest
from msgspec.structs import replace

from importer.export import export_rows
from importer.options import Options
from importer.pipeline.choices import live_columns
from importer.template import find
from importer.template.blank import write_blank
from tests.pipeline.bench import diffs, glossary, term
from tests.pipeline.raw_api import CATEGORY, GLOSSARY, TERM
from tests.send.between import Between, Loses

SCORE, LEVEL, CHECKS, DATE = (
    f"Data Quality::{name}" for name in ("Score", "Level", "Checks", "Measured on")
)
MEASURED = 1_706_659_200_000
"""2024-01-31 in milliseconds since 1970."""

VALUES = {
    "a number": (SCORE, 0.5, "Score", 0.5),
    "a number as text": (SCORE, "0.5", "Score", 0.5),
    "a whole number": (SCORE, 2, "Score", 2.0),
    "an option in another case": (LEVEL, "gold", "Level", "Gold"),
    "one of several values": (CHECKS, "a", "Checks", ["a"]),
    "several values": (CHECKS, "b; a", "Checks", ["b", "a"]),
    "a date": (DATE, dt.date(2024, 1, 31), "Measured on", MEASURED),
    "a date as text": (DATE, "2024-01-31", "Measured on", MEASURED),
    "a date and a time": (DATE, "2024-01-31T12:00:00Z", "Measured on", MEASURED + 43_200_000),
}


def row(**more):
    return {**term("T"), **more}


def stored(bench):
    """Return the custom metadata of the term T, by display names."""
    [definition] = bench.atlan.send(
        "GET", "/api/meta/types/typedefs", params={"type": "business_metadata"}
    )["businessMetadataDefs"]
    names = {one["name"]: one["displayName"] for one in definition["attributeDefs"]}
    found = bench.atlan.terms()["T"]["businessAttributes"].get(definition["name"], {})
    return {names[name]: value for name, value in found.items()}


@pytest.mark.parametrize(("heading", "cell", "name", "value"), VALUES.values(), ids=VALUES)
def test_a_value_is_stored_by_its_type_and_settles(bench, heading, cell, name, value):
    bench.glossary({"Glossaries": [glossary()], "Terms": [term("T")]})
    sheets = {"Terms": [row(**{heading: cell})]}
    assert bench.glossary(sheets, verify=True).counts == {"updated": 1}
    assert stored(bench)[name] == value
    assert bench.silent(lambda: bench.glossary(sheets)).counts == {"unchanged": 1}


def test_a_plan_shows_dates(bench):
    bench.glossary({"Glossaries": [glossary()], "Terms": [row(**{DATE: "2024-01-31"})]})
    file = bench.book({"Terms": [row(**{DATE: "2024-02-01"})]})
    [change] = bench.plan_files([file], Options(template="atlan-glossary")).changes
    assert diffs(change) == {DATE: ["2024-01-31", "2024-02-01"]}


def test_values_in_another_order_are_the_same(bench):
    bench.glossary({"Glossaries": [glossary()], "Terms": [row(**{CHECKS: "a; b"})]})
    again = {"Terms": [row(**{CHECKS: "b; a"})]}
    assert bench.silent(lambda: bench.glossary(again)).counts == {"unchanged": 1}


def test_values_are_added_and_removed(bench):
    bench.glossary({"Glossaries": [glossary()], "Terms": [row(**{CHECKS: "a; b"})]})
    assert bench.glossary({"Terms": [row(**{CHECKS: "+c; -a"})]}).counts == {"updated": 1}
    assert stored(bench)["Checks"] == ["b", "c"]


WRONG = {
    "no number": (SCORE, "abc"),
    "no option": (LEVEL, "Platinum"),
    "no date": (DATE, "someday"),
}


@pytest.mark.parametrize(("heading", "cell"), WRONG.values(), ids=WRONG)
def test_a_value_of_another_type_is_an_error_on_its_cell(bench, heading, cell):
    sheets = {"Glossaries": [glossary()], "Terms": [row(**{heading: cell})]}
    planned = bench.plan_files([bench.book(sheets)], Options(template="atlan-glossary"))
    [finding] = [one for one in planned.findings if one.severity == "error"]
    assert (finding.place.row, finding.place.heading) == (2, heading)
    assert f"`{cell}`" in finding.message


def test_a_lost_answer_is_settled_by_typed_values(bench):
    bench.glossary({"Glossaries": [glossary()], "Terms": [term("T")]})
    bench.wrap = lambda target: Loses(target, ["after"])
    values = {SCORE: "0.5", CHECKS: "a", DATE: "2024-01-31"}
    assert bench.glossary({"Terms": [row(**values)]}).counts == {"updated": 1}


def test_an_export_has_values_that_change_nothing(bench, tmp_path):
    values = {SCORE: "0.5", LEVEL: "Gold", CHECKS: "a; b", DATE: "2024-01-31"}
    bench.glossary({"Glossaries": [glossary()], "Terms": [row(**values)]})
    template = find("atlan-glossary")
    found = export_rows(template, bench.connect(["atlan"], template.options))
    [exported] = found.rows["Terms"]
    assert {name: exported[name] for name in values} == {
        SCORE: 0.5,
        LEVEL: "Gold",
        CHECKS: "a; b",
        DATE: "2024-01-31",
    }
    file = write_blank(template, tmp_path / "export.xlsx", rows=found.rows)
    planned = bench.plan_files([file], Options(template="atlan-glossary"))
    assert planned.counts == {"unchanged": found.count}


def test_a_field_that_a_type_does_not_have_is_an_error_on_its_cell(bench):
    """It has a place on tables, not on terms; a blank cell says nothing."""
    bench.wrap = OnlyOnTables
    sheets = {"Glossaries": [glossary()], "Terms": [row(**{SCORE: 1}), term("U")]}
    planned = bench.plan_files([bench.book(sheets)], Options(template="atlan-glossary"))
    [finding] = [one for one in planned.findings if one.severity == "error"]
    assert (finding.place.row, finding.place.heading) == (2, SCORE)
    assert finding.message == f"The target has no {SCORE} on a term."


class OnlyOnTables(Between):
    """A target whose custom metadata has no place on glossary objects."""

    def fields(self):
        refused = frozenset({GLOSSARY, CATEGORY, TERM})
        return {path: replace(one, refused_on=refused) for path, one in self.inner.fields().items()}


def test_a_set_whose_name_holds_the_colons_comes_back_as_it_is(bench, tmp_path):
    """What `template new --live` offers is imported, exported and unchanged."""
    attribute = {"name": "x", "displayName": "p::q", "typeName": "string", "options": {}}
    definition = {"name": "ab", "displayName": "A::B", "attributeDefs": [attribute]}
    bench.atlan.send("POST", "/api/meta/types/typedefs", {"businessMetadataDefs": [definition]})
    made = find("atlan-glossary")
    own = live_columns(made, bench.connect(made.systems, made.options))["Terms"]
    assert "A::B::p::q" in [one.rule.heading for one in own]
    sheets = {"Glossaries": [glossary()], "Terms": [row(**{"A::B::p::q": "v"})]}
    assert bench.glossary(sheets).counts == {"created": 2}
    found = export_rows(made, bench.connect(made.systems, made.options))
    assert found.rows["Terms"][0]["A::B::p::q"] == "v"
    file = write_blank(made, tmp_path / "x.xlsx", rows=found.rows, own=found.own)
    assert bench.plan_files([file], Options(template=made.name)).counts == {"unchanged": 2}
