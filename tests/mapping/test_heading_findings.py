"""What is said of headings in other languages that are not taken."""

from __future__ import annotations

import pytest

from importer.template import find
from tests.mapping.build import Entities, Rows, taken


def said(template, sheet, *headings):
    row = ["x"] * len(headings)
    found = taken(find(template), Rows(sheet, [headings, row]), sink=Entities())
    codes = ("unknown_heading", "duplicate_heading", "missing_column")
    return [(f.place.heading, f.message, f.suggestion) for f in found.findings if f.code in codes]


def test_a_second_word_for_a_heading_is_said_to_be_left_out():
    assert said(
        "atlan-glossary", "Begriffe", "Glossar", "Begriff", "Definition", "Beschreibung"
    ) == [
        (
            "Beschreibung",
            "`Beschreibung` in D1 means the same as `Definition` in C1; its column is not "
            "imported.",
            None,
        )
    ]


def test_a_word_of_another_language_than_the_sheets_means_nothing_there():
    assert said("trebellar-portfolio", "Spaces", "Room", "Floor", "Building", "Piano") == [
        ("Piano", "The heading `Piano` is not known; its column is not imported.", None)
    ]


def test_a_word_that_does_not_count_suggests_the_heading():
    [(heading, _, suggestion)] = said(
        "atlan-glossary", "Terms", "Glossary", "Term", "Owner", "Kategorien"
    )
    assert (heading, suggestion) == ("Kategorien", "Categories")


def test_what_a_row_needs_is_named_as_the_sheet_names_it():
    [(_, message, _)] = said("atlan-glossary", "Verweise", "Begriff", "Titel", "Link")
    assert message.startswith("Each link needs Glossary and Begriff, or ")


MISSPELT = [
    ("atlan-glossary", "Terms", ["Glossar", "Begrif", "Definition"], "Begrif", "Term"),
    ("atlan-glossary", "Terms", ["Glosario", "Terminó", "Definición"], "Terminó", "Term"),
    ("room-list", "Rooms", ["Gebäude", "Etage", "Raumm", "Plätze"], "Raumm", "Room"),
    ("room-list", "Rooms", ["Bâtiment", "Étage", "Sale", "Capacité"], "Sale", "Room"),
]


@pytest.mark.parametrize(("template", "sheet", "headings", "misspelt", "meant"), MISSPELT)
def test_a_misspelt_word_of_the_sheets_language_suggests_the_heading(
    template, sheet, headings, misspelt, meant
):
    assert (misspelt, meant) in [(h, near) for h, _, near in said(template, sheet, *headings)]


@pytest.mark.parametrize("strange", ["Status", "Mitarbeiter", "Abteilung"])
def test_a_word_that_is_only_like_a_heading_suggests_none_in_another_language(strange):
    headings = ["Gebäude", "Etage", "Raum", "Zeitzone", strange]
    assert [(h, near) for h, _, near in said("room-list", "Rooms", *headings)] == [(strange, None)]
