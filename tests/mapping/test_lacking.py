"""What the target has no field for is left out, and said."""

import pytest

from importer.mapping.lacking import LackingFields, leave_out_columns
from importer.model import Severity
from tests.mapping.build import OPEN, Entities, Rows, opened, template

MAPPING = """
type_path = "type"

[kinds.thing]
type = "Thing"
key = ["name"]

[kinds.any]
key = ["type", "name"]

[[sheets]]
name = "Things"

[[sheets.entities]]
kind = "thing"
columns = [
  { heading = "Thing", path = "name", required = true },
  { heading = "Colour", path = "looks.colour" },
  { heading = "Twin" },
]
references = [{ path = "twin", to = ["thing"], by = ["Twin"] }]

[[sheets]]
name = "Others"

[[sheets.entities]]
kind = "any"
columns = [
  { heading = "Type", path = "type", required = true },
  { heading = "Other", path = "name", required = true },
  { heading = "Colour", path = "looks.colour" },
  { heading = "Words", path = "words", type = "list" },
]
"""


@pytest.fixture
def made(tmp_path):
    return template(tmp_path / "made", MAPPING, thing=OPEN, any=OPEN)


def lacks(*paths, on):
    return lambda type_name, asked: (
        frozenset(paths) & set(asked) if type_name == on else frozenset()
    )


def read(made, sheet, lacks):
    """The payloads, and (message, row, heading) of each finding."""
    found, sink = opened(made, sheet), Entities()
    leave_out_columns(found.sheets, lacks)
    found.read(sink, None, LackingFields(made, lacks))
    assert {one.severity for one in found.findings} <= {Severity.WARNING}
    payloads = [entity.payload for entity in sink.kept]
    return payloads, [(one.message, one.place.row, one.place.title) for one in found.findings]


def test_a_column_that_no_row_can_have_is_left_out_with_one_warning_at_its_heading(made):
    sheet = Rows("Things", [["Thing", "Colour", "Twin"], ["A", "red", "B"], ["B", "blue", ""]])
    payloads, findings = read(made, sheet, lacks("looks.colour", "twin", on="Thing"))
    assert payloads == [{"type": "Thing", "name": "A"}, {"type": "Thing", "name": "B"}]
    assert findings == [
        ("The target has no Colour on a thing: it is not imported.", 1, "Colour"),
        ("The target has no Twin on a thing: it is not imported.", 1, "Twin"),
    ]


def test_a_value_that_the_type_in_its_row_has_not_is_left_out_with_a_warning_on_its_cell(made):
    rows = [["Type", "Other", "Colour", "Words"], ["Car", "A", "red", "+new"], ["Bus", "B", "red"]]
    payloads, findings = read(made, Rows("Others", rows), lacks("looks.colour", "words", on="Car"))
    assert payloads == [
        {"type": "Car", "name": "A"},
        {"type": "Bus", "name": "B", "looks": {"colour": "red"}},
    ]
    assert findings == [
        ("The target has no Colour on a Car: it is not imported.", 2, "Colour"),
        ("The target has no Words on a Car: it is not imported.", 2, "Words"),
    ]


def test_a_blank_cell_is_no_value_to_leave_out(made):
    sheet = Rows("Others", [["Type", "Other", "Colour"], ["Car", "A", ""]])
    assert read(made, sheet, lacks("looks.colour", on="Car"))[1] == []
