"""`values` and `extract` count wherever a column names something: its own row, or another."""

from __future__ import annotations

import pytest

from importer.mapping.conversion.rewording import rewording
from importer.template import Column
from tests.mapping.build import OPEN, Rows, mapped, only, reported, template
from tests.order.build import resolved

SITES = """
[kinds.site]
key = ["name"]
[kinds.room]
key = ["name"]
[[sheets]]
name = "Rooms"
[[sheets.entities]]
kind = "site"
creates = true
[[sheets.entities.columns]]
heading = "Site"
path = "name"
extract = '(.+?)(?: \\(.*\\))?'
values = { HQ = "Head office" }
[[sheets.entities]]
kind = "room"
columns = [
  { heading = "Room", path = "name", extract = 'Room (.+)', values = { "1" = "One" } },
  { heading = "Site", required = true },
  { heading = "Near", extract = 'Room (.+)', values = { "1" = "One" } },
  { heading = "Zone", values = { z = "Zed" } },
]
[[sheets.entities.references]]
path = "site"
to = ["site"]
by = ["Site"]
parent = true
required = true
[[sheets.entities.references]]
path = "near"
to = ["room"]
by = ["Near"]
within = ["Zone"]
many = true
forms = ["{path}@{scope}", "{path}"]
"""


def test_a_text_that_another_engine_would_never_be_done_with_names_nothing():
    naming = rewording(Column(heading="Near", extract="((a+)+)"), "<clear>")
    assert naming
    assert naming("a" * 3_000 + "!") == ""


@pytest.fixture
def sites(tmp_path):
    return template(tmp_path, SITES, site=OPEN, room=OPEN)


def test_a_row_and_what_refers_to_it_have_the_name_that_the_words_stand_for(sites):
    rows = [["Site", "Room"], ["HQ (Bonn)", "Room 1"], ["hq", "Room Two"], ["Mill", "Room 1"]]
    found = resolved(sites, Rows("Rooms", rows))
    assert not reported(found.findings)
    assert found.keys() == {
        ("site", 2): ("Head office",),
        ("site", 4): ("Mill",),
        ("room", 2): ("Head office", "One"),
        ("room", 3): ("Head office", "Two"),
        ("room", 4): ("Mill", "One"),
    }


def test_each_item_of_a_list_is_read_like_a_single_name(sites):
    rows = [["Site", "Room", "Near", "Zone"], ["s", "Room 2", "Room 1; Room 3; Hall", "z"]]
    room = mapped(sites, rows, "Rooms").entities[-1]
    near = next(texts for reference, texts in room.references if reference.rule.path == "near")
    assert [(text.within, text.text) for text in near] == [(("Zed",), "One"), (("Zed",), "3")]


def test_signs_stand_before_what_is_read(sites):
    rows = [["Site", "Room", "Near"], ["s", "Room 2", "+Room 1; -Room 3"]]
    room = mapped(sites, rows, "Rooms").entities[-1]
    edits = {reference.edit: texts[0].text for reference, texts in room.references[1:]}
    assert edits == {"+": "One", "-": "3"}


def test_the_clear_token_is_no_name(sites):
    rows = [["Site", "Room", "Near"], ["s", "Room 2", "<CLEAR>"]]
    room = mapped(sites, rows, "Rooms").entities[-1]
    assert [texts for reference, texts in room.references if reference.rule.path == "near"] == [()]


def test_a_name_that_does_not_fit_its_pattern_is_an_error_and_not_called_blank(sites):
    finding = only(mapped(sites, [["Site", "Room"], ["s", "Hall"]], "Rooms").findings)
    assert (finding.code, finding.place.cell, finding.value) == ("not_allowed", "B2", "Hall")
    assert "`Hall`" in finding.message
    assert "Room (.+)" in finding.message


def test_a_required_reference_that_does_not_fit_is_an_error_too(tmp_path):
    strict = SITES.replace("(?: \\(.*\\))?", " Ltd")
    made = template(tmp_path, strict, site=OPEN, room=OPEN)
    found = mapped(made, [["Site", "Room"], ["Mill", "Room 1"]], "Rooms").findings
    assert reported(found) == [("not_allowed", "A2")]


def test_a_number_is_looked_up_as_it_is_shown(tmp_path):
    made = template(tmp_path, SITES.replace("'Room (.+)'", "'(.+)'"), site=OPEN, room=OPEN)
    found = mapped(made, [["Site", "Room"], ["s", 1], ["s", 1.0]], "Rooms")
    assert {entity.labels for entity in found.entities if entity.kind == "room"} == {("One",)}
