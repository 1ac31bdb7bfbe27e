"""The cells of a row name other entities by the first rule whose cells are filled."""

from __future__ import annotations

import pytest

from importer.model import CellFault
from tests.mapping.build import OPEN, mapped, reported, template
from tests.mapping.things import TOP


def test_the_first_filled_way_to_name_a_reference_counts(things):
    entity = mapped(things, [[*TOP, "Group code"], ["a", "g", 1, "G-1"]]).entities[0]
    assert [texts[0].steps for _, texts in entity.references] == [("G-1",)]


def test_an_error_cell_under_a_reference_is_a_finding_on_that_cell(things):
    """It is not taken for a blank one."""
    fault = CellFault("error_cell", "#N/A")
    found = mapped(things, [[*TOP, "Group code"], ["a", fault, 1, "G"], ["b", "g", 1, fault]])
    assert reported(found.findings) == [("error_cell", "B2"), ("error_cell", "D3")]
    assert {(f.value, f.place.heading) for f in found.findings} == {
        ("#N/A", "Group"),
        ("#N/A", "Group code"),
    }


SCOPED = """
[kinds.site]
key = ["name"]
[kinds.room]
key = ["name"]
[kinds.desk]
key = ["name"]
[[sheets]]
name = "Desks"
[[sheets.entities]]
kind = "desk"
columns = [
  { heading = "Desk", path = "name", required = true },
  { heading = "Zone", default = "z" },
  { heading = "Site" },
  { heading = "Near" },
]
[[sheets.entities.references]]
path = "near"
to = ["desk"]
by = ["Near"]
within = ["Site"]
[[sheets.entities.references]]
path = "site"
to = ["site"]
by = ["Zone", "Site"]
parent = true
required = true
"""


@pytest.fixture
def scoped(tmp_path):
    return template(tmp_path, SCOPED, site=OPEN, room=OPEN, desk=OPEN)


@pytest.mark.parametrize(("site", "within"), [("s", ("s",)), (" ", ())])
def test_a_blank_scope_does_not_narrow_the_search(scoped, site, within):
    found = mapped(scoped, [["Desk", "Near", "Site"], ["d", "e", site]], "Desks")
    (texts,) = (texts for ref, texts in found.entities[0].references if ref.rule.path == "near")
    assert [(text.within, text.steps) for text in texts] == [(within, ("e",))]


def test_a_reference_that_is_named_in_part_by_a_default_is_missed_at_its_own_cell(scoped):
    found = mapped(scoped, [["Desk", "Near", "Site"], ["d", "e", ""]], "Desks")
    assert reported(found.findings) == [("missing", "C2")]
