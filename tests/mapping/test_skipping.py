"""Rows are left out by what stands in them, and not by what an earlier report wrote there."""

from tests.mapping.build import OPEN, mapped, template

ROOMS = """
[kinds.room]
key = ["name"]
[[sheets]]
name = "Rooms"
skip = [{ only = ["A"] }]
[[sheets.entities]]
kind = "room"
columns = [
  { heading = "Room", path = "name", required = true },
  { heading = "Seats", path = "seats", required = true },
]
"""


def test_what_an_earlier_report_wrote_beside_a_row_does_not_count(tmp_path):
    made = template(tmp_path / "t", ROOMS, room=OPEN)
    head = ["Room", "Seats", "import_status", "import_message"]
    rows = [head, ["First floor", "", "skipped", ""], ["a", "4", "created", ""]]
    found = mapped(made, rows, "Rooms")
    assert (found.skipped, [entity.row for entity in found.entities]) == ([2], [3])
    assert found.findings == []
