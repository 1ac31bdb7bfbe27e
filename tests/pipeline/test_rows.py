"""Every row that is read is imported, reported or said to be skipped, and never two of these."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    read = {row for row, cells in enumerate(table, 2) if any(str(c).strip() for c in cells[:4])}
    assert read == imported | reported | skipped
    assert source.count == len(imported) + len(reported) + len(skipped) == len(read)
    assert {row for _, row in sink.counted} == imported | reported
