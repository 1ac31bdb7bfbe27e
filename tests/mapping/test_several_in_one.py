"""A name that seems to be several names is a warning that shows how to say it."""

from __future__ import annotations

import pytest

from importer.mapping.several_in_one import names_in
from importer.model import Severity
from tests.mapping.build import mapped, only
from tests.mapping.rooms import load

DESKS = """
[[sheets.entities]]
kind = "room"
columns = [{ heading = "Room", path = "name", required = true }]
"""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("D-101 to D-110", "`D-101`, `D-102` and so on up to `D-110`"),
        ("D-101 to 110", "`D-101`, `D-102` and so on up to `D-110`"),
        ("D-101 \u2013 D-110", "`D-101`, `D-102` and so on up to `D-110`"),
        ("D-101 - D-102", "`D-101`, `D-102`"),
        ("D-009..D-011", "`D-009`, `D-010` and so on up to `D-011`"),
        ("Platz 1 bis Platz 3", "`Platz 1`, `Platz 2` and so on up to `Platz 3`"),
        ("D-1; D-2", "`D-1`, `D-2`"),
        ("D-1,D-2 , D-3", "`D-1`, `D-2`, `D-3`"),
        ("D-1\nD-2", "`D-1`, `D-2`"),
        ("Desk 1 & Desk 2", "`Desk 1`, `Desk 2`"),
        ("1; 2", "`1`, `2`"),
    ],
)
def test_a_list_or_range_of_numbered_names_holds_several(text, names):
    assert names_in(text) == names


@pytest.mark.parametrize(
    "text",
    [
        *("D-101", "2-14", "2 - 14", "1, 2", "24/7", "3.14", "A/B", "R&D 1", "Lab 1/2"),
        *(
            "Room 1 - Lab 2",
            "D-10 to D-9",
            "Income; net",
            "to",
            "D-1; D-1",
            "2A-014",
            "",
            ";",
            "..",
        ),
    ],
)
def test_any_other_name_is_one(text):
    assert names_in(text) == ""


def test_a_cell_that_names_several_is_a_warning_and_still_imported(tmp_path):
    found = mapped(load(tmp_path, DESKS), [["Room"], ["a"], ["D-1; D-2"], ["b"]])
    finding = only(found.findings)
    assert (finding.code, finding.severity) == ("several_in_one", Severity.WARNING)
    assert (finding.place.cell, finding.value) == ("A3", "D-1; D-2")
    assert finding.message == (
        "`D-1; D-2` makes a single room; give each a row of its own: `D-1`, `D-2`."
    )
    assert [entity.valid for entity in found.entities] == [True] * 3
