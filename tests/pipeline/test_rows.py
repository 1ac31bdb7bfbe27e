"""Every row that is read is imported, reported or said to be skipped, and never two of these."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.options import Options
from importer.pipeline.steps.findings import invalid_rows
from tests.mapping.build import OPEN, Entities, Rows, taken, template
from tests.mapping.things import THINGS, TOP

HEADINGS = [*TOP, "Remark", "import_status"]
CELL = st.sampled_from(["", " ", "a", "b", "g", 1, 2.5, "Name", "Group", "Size", "Colour"])
ROW = st.one_of(
    st.lists(CELL, max_size=len(HEADINGS)),
    st.sampled_from([TOP, ["Name", "Group"], ["Group", "Name", "Colour"], ["", "", "", "x"]]),
)


@pytest.fixture(scope="module")
def things(tmp_path_factory):
    return template(tmp_path_factory.mktemp("things"), THINGS, group=OPEN, thing=OPEN)


@settings(max_examples=300, deadline=None)
@given(st.lists(ROW, max_size=8))
def test_every_row_with_a_cell_of_the_user_is_accounted_for_once(things, table):
    sink = Entities()
    intake = taken(things, Rows("Things", [HEADINGS, *table]), sink=sink)
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
