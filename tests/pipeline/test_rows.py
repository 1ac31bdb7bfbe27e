"""Every row that is read is imported, reported or said to be skipped, and never two of these."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.options import Options
from importer.pipeline.check import check
from importer.pipeline.results import Rows
from importer.pipeline.steps.findings import invalid_rows
from tests.mapping.build import OPEN, Entities, taken, template
from tests.mapping.build import Rows as SheetOfRows
from tests.mapping.things import THINGS, TOP
from tests.pipeline.bench import glossary, term

HEADINGS = [*TOP, "Remark", "import_status"]
CELL = st.sampled_from(["", " ", "a", "b", "g", 1, 2.5, "Name", "Group", "Size", "Colour"])
ROW = st.one_of(
    st.lists(CELL, max_size=len(HEADINGS)),
    st.sampled_from([TOP, ["Name", "Group"], ["Group", "Name", "Colour"], ["", "", "", "x"]]),
)


@pytest.fixture(scope="module")
def things(tmp_path_factory):
    return template(tmp_path_factory.mktemp("things"), THINGS, group=OPEN, thing=OPEN)


@settings(max_examples=300)
@given(st.lists(ROW, max_size=8))
def test_every_row_with_a_cell_of_the_user_is_accounted_for_once(things, table):
    sink = Entities()
    intake = taken(things, SheetOfRows("Things", [HEADINGS, *table]), sink=sink)
    [source] = intake.sources
    reported = {row for _, row in invalid_rows(intake, intake.findings)}
    imported = {entity.row for entity in sink.kept if entity.valid} - reported
    skipped = {row for _, row in sink.left_out}
    below = list(enumerate(table, 2))[source.sheet.header.row - 1 :]
    read = {row for row, cells in below if any(str(cell).strip() for cell in cells[:4])}
    assert read == imported | reported | skipped
    assert source.count == len(imported) + len(reported) + len(skipped) == len(read)
    assert {row for _, row in sink.counted} == imported | reported


PLACES = """
title = "Floors of buildings"
system = "trebellar"
extends = "trebellar-portfolio"
[[sheets]]
name = "Places"
[[sheets.entities]]
kind = "building"
creates = true
columns = [
  { heading = "Building", path = "label", required = true },
  { heading = "Timezone", path = "staticProperties.timezone", required = true },
]
[[sheets.entities]]
kind = "floor"
when = { Floor = [] }
columns = [{ heading = "Floor", path = "label" }]
references = [
  { path = "parentId", to = ["building"], by = ["Building"], parent = true, required = true },
]
"""
MILL = {"Building": "Mill", "Timezone": "Europe/Berlin", "Floor": ""}


@pytest.fixture
def places(tmp_path):
    folder = tmp_path / "places"
    folder.mkdir()
    (folder / "mapping.toml").write_text(PLACES, encoding="utf-8")
    return str(folder)


def test_a_row_that_only_restates_a_building_is_merged_and_repeated_headings_are_skipped(
    bench, places
):
    listed = bench.text("places.csv", [MILL, MILL | {"Floor": "1"}, {n: n for n in MILL}, MILL])
    first = bench.run(listed, template=places)
    assert first.counts == {"created": 2, "merged": 1, "skipped": 1}
    again = bench.run(listed, template=places)
    assert again.counts == {"unchanged": 2, "merged": 1, "skipped": 1}


def test_a_plan_counts_every_row_and_lists_those_that_make_something(bench, places):
    listed = bench.text("places.csv", [MILL, MILL, {name: name for name in MILL}])
    plan = bench.plan_files([listed], Options(template=places, landing=0))
    assert plan.counts == {"create": 1, "merged": 1, "skipped": 1}
    assert [(change.row, change.action) for change in plan.changes] == [(2, "create")]


def test_a_sheet_named_like_one_of_the_template_without_its_headings_is_an_error(bench):
    """Its rows are in the counts and in the report; a sheet of no kind and a blank one are not."""
    sheets = {
        "Glossaries": [glossary()],
        "Terms": [{"Wort": "a", "Sinn": "b"}, {"Wort": "c"}],
        "Links": [],
        "Remarks": [{"Wort": "a"}],
    }
    result = bench.run(sheets, template="atlan-glossary")
    assert (result.counts, result.exit_status) == ({"created": 1, "invalid": 3}, 1)
    [finding] = [f for f in result.findings if f.severity == "error" and not f.place.row]
    assert finding.code == "headings_not_found"
    assert "(`Glossary`, `Term`)" in finding.message
    assert "none of its rows (3) is imported" in finding.message


@pytest.mark.parametrize(("strict", "status"), [(False, 0), (True, 1)])
def test_a_file_with_headings_and_no_rows_says_so(bench, strict, status):
    path = bench.text("terms.csv", [{"Glossary": "", "Term": ""}])
    found = check([path], Options(template="atlan-glossary", strict=strict))
    assert [(one.code, one.severity) for one in found.findings] == [
        ("no_rows", "error" if strict else "warning")
    ]
    assert found.exit_status == status


def test_a_check_counts_what_a_run_counts(bench):
    rows = [term("A"), {"Glossary": "Glossary", "Term": "Term"}, term("")]
    path = bench.book({"Glossaries": [glossary()], "Terms": rows})
    found = check([path], Options(template="atlan-glossary"))
    assert found.rows == Rows(read=4, imported=2, reported=1, skipped=1)
    assert bench.run(path, template="atlan-glossary").rows == found.rows
