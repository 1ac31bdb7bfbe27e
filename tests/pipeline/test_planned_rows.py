"""The rows of a plan come back as they were packed, each with its own changes."""

from hypothesis import given
from hypothesis import strategies as st

from importer.journal.planned_rows import pack_lines
from importer.journal.serialize import pack_apart
from importer.model import Action
from importer.pipeline.results import PlannedRows, RowLine
from importer.targets.planned_change import FieldDiff, PlannedChange

VALUES = st.sampled_from([None, "", "text\nof two lines", 1.5, True, ["a", "b"], {"x": "y"}])
DIFFS = st.dictionaries(
    st.sampled_from(["name", "facts.size", "facts.text"]),
    st.builds(FieldDiff, st.sampled_from(["Name", "Size", "Größe"]), VALUES, VALUES),
)
ROWS = st.lists(st.lists(DIFFS, max_size=3), max_size=4)


def changed(fields):
    return PlannedChange(type="Leaf", action=Action.UPDATE, key=("R", "n"), fields=fields)


@given(st.lists(ROWS, max_size=4))
def test_each_row_has_the_diffs_of_its_own_changes(chunks):
    """A later change of a row says the last word under a heading, and no change is another's."""
    found, asked = PlannedRows(), []
    for no, rows in enumerate(chunks):
        lines, first = [], 0
        for row, changes in enumerate(rows, 2):
            lines.append(
                RowLine("a.csv", f"s{no}", row, "update", "R > n", first, first + len(changes))
            )
            asked.append({diff.heading: diff for fields in changes for diff in fields.values()})
            first += len(changes)
        packed = [pack_apart(changed(fields)) for changes in rows for fields in changes]
        found.add(
            lines,
            pack_lines([sent for sent, _ in packed]),
            pack_lines([shown for _, shown in packed]),
        )
    assert [one.fields for one in found] == asked
    assert [(one.sheet, one.row) for one in found] == [
        (f"s{no}", row) for no, rows in enumerate(chunks) for row, _ in enumerate(rows, 2)
    ]
    assert len(found) == len(asked)
