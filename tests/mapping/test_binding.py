"""A payload path knows the cell that it came from."""

from __future__ import annotations

from tests.mapping.build import TEXT, THINGS, Rows, template
from tests.order.build import resolved


def test_a_schema_finding_stands_on_the_cell_its_value_came_from(tmp_path):
    """Also where several columns are faulty; each is told once."""
    numbers = {"type": "number", "maximum": 9, "x-says": "is at most 9."}
    free = {"type": "object", "additionalProperties": numbers}
    node = {"type": "object", "properties": {"name": TEXT, "free": free, "width": numbers}}
    made = template(
        tmp_path,
        THINGS
        + """
columns = [
  { heading = "Name", path = "name" },
  { heading = "Width", path = "width", type = "number" },
  { heading = "P: *", path = "free.*", type = "number" },
]
""",
        thing=node,
    )
    rows = [["Name", "P: a", "P: 2024", "P: v1.2", "Width"], ["a", 1, 10, 11, 12]]
    found = resolved(made, Rows("Things", rows)).findings
    assert sorted((f.place.cell, f.place.heading, f.message) for f in found) == [
        ("C2", "P: 2024", "P: 2024 is at most 9."),
        ("D2", "P: v1.2", "P: v1.2 is at most 9."),
        ("E2", "Width", "Width is at most 9."),
    ]
