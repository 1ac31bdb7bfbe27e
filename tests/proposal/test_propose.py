"""Whole lists are proposed: kind, headings, fields, levels, questions, rows left out."""

from __future__ import annotations

import pytest

from importer.proposal import propose
from importer.proposal.chosen import Choice
from tests.proposal.build import sheet, templates

ROOMS = sheet(
    ("Raumliste Verwaltung",),
    (),
    ("Gebäude", "Geschoss", "Raum-Nr.", "Bezeichnung", "Nutzung", "Plätze", "Telefon"),
    *(("Haus A", "EG", f"A{at:03}", f"Zimmer {at}", "Büro", at % 7, 4711) for at in range(12)),
    *(("Haus B", "OG", f"B{at:03}", f"Kammer {at}", "Lager", at % 7, 4712) for at in range(12)),
    ("Summe", "", "", "", "", 66, ""),
    name="Tabelle1",
    file="Raumliste.xlsx",
)


def fields(found):
    return [column.field for column in found.columns]


def test_a_german_room_list_is_understood_whole():
    (found,) = propose([ROOMS], templates()).sheets
    assert (found.kind, found.header_row, found.template) == ("space", 3, "trebellar-portfolio")
    assert fields(found) == [
        "Building",
        "Floor",
        "External ID",
        "Space",
        "Space type",
        "Capacity",
        None,
    ]
    assert [(level.kind, level.count) for level in found.levels] == [
        ("building", 2),
        ("floor", 2),
        ("space", 24),
    ]
    assert [skipped.row for skipped in found.skipped] == [1, 28]
    assert [ask.name for ask in found.asks] == ["time_zone"]
    assert found.confidence >= 0.6


def test_every_column_says_why():
    (found,) = propose([ROOMS], templates()).sheets
    assert all(column.reason for column in found.columns)
    assert found.columns[2].reason == "`Raum-Nr.` is a room's number or code; 24 of 24 cells differ"


def test_the_same_list_is_proposed_the_same_each_time():
    assert propose([ROOMS], templates()) == propose([ROOMS], templates())


def test_another_kind_is_proposed_anew():
    chosen = {("Raumliste.xlsx", "Tabelle1"): Choice(kind="desk")}
    (found,) = propose([ROOMS], templates(), chosen).sheets
    assert found.kind == "desk"
    assert "Space" in fields(found)


def test_a_workbook_of_several_levels_refers_from_sheet_to_sheet():
    sites = sheet(
        ("Code", "Site name"), ("S1", "Main"), ("S2", "Annex"), ("S3", "Shed"), name="Sites"
    )
    rooms = sheet(
        ("Site", "Floor", "Room", "Seats"),
        *((f"S{at % 3 + 1}", 1, f"R{at}", 4) for at in range(9)),
        name="Rooms",
    )
    found = propose([sites, rooms], templates()).sheets
    assert [each.kind for each in found] == ["building", "space"]
    assert fields(found[0]) == ["External ID", "Building"]
    assert fields(found[1])[:3] == ["Building", "Floor", "Space"]


def test_words_that_mean_blank_are_told():
    rows = [("Net", "After tax.", "n/a"), ("Gross", "Before tax.", "ann")]
    (found,) = propose([sheet(("Term", "Definition", "Owner"), *rows)], templates()).sheets
    assert found.blanks == ("n/a",)


@pytest.mark.parametrize("rows", [[], [()], [("a",)], [("", "")], [(None,)], [(5, True)]])
def test_a_sheet_with_nothing_in_it_is_not_for_import(rows):
    rows = [["" if cell is None else cell for cell in row] for row in rows]
    (found,) = propose([sheet(*rows)], templates()).sheets
    assert found.kind is None


def test_without_templates_nothing_is_for_import():
    assert propose([ROOMS], []).sheets[0].kind is None


def test_a_plain_name_says_what_a_numbered_room_is_used_for():
    uses = ("Post", "Registry", "Archive", "Kitchen", "Reception", "Payroll")
    rows = [("1", f"00{at}", use, 12 + at) for at, use in enumerate(uses)]
    found = propose([sheet(("Floor", "Room no.", "Name", "Area m2"), *rows)], templates())
    assert fields(found.sheets[0])[:3] == ["Floor", "Space", "Description"]


def test_a_level_that_tells_the_rows_apart_is_what_they_are():
    rows = [("Main", str(at), 40 + at, 60 - at) for at in range(12)]
    found = propose([sheet(("Building", "Floor", "Seats", "Area"), *rows)], templates())
    assert found.sheets[0].kind == "floor"


def test_what_is_measured_is_nothing_else():
    rows = [("North House", "1", f"Lab {at}", 4, 12) for at in range(2)]
    headings = ("Building name", "Floor name", "Room name", "Capacity (people)", "Area [m2]")
    found = propose([sheet(headings, *rows, name="Spaces")], templates())
    assert fields(found.sheets[0])[-1] is None
