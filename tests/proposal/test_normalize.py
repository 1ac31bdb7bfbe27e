"""Headings become plain words."""

from __future__ import annotations

import pytest

from importer.proposal.normalize import tokens_of, words_of


@pytest.mark.parametrize(
    ("heading", "tokens"),
    [
        ("RaumNr.", ("raum", "nr")),
        ("room_type_cd", ("room", "type", "cd")),
        ("N° local", ("no", "local")),
        ("№", ("no",)),
        ("Address1", ("address", "1")),
        ("3F", ("3", "f")),
        ("Straße", ("strasse",)),
        ("Wirtschafts-\neinheit", ("wirtschaftseinheit",)),
        ("#", ("#",)),
        ("ＩＤ", ("id",)),
    ],
)
def test_a_heading_is_its_words_without_case_accents_and_signs(heading, tokens):
    assert tokens_of(heading) == tokens


@pytest.mark.parametrize(
    ("heading", "tokens", "language", "unit"),
    [
        ("Area (m²)", ("area",), "", "area"),
        ("Definition_EN", ("definition",), "en", ""),
        ("Name (de)", ("name",), "de", ""),
        ("Capacity [people]", ("capacity",), "", "capacity"),
        ("Area (sq ft)", ("area",), "", "sqft"),
        ("Occupancy %", ("occupancy",), "", "percent"),
        ("English", (), "en", ""),
        ("(Name)", ("name",), "", ""),
    ],
)
def test_unit_and_language_stand_apart(heading, tokens, language, unit):
    found = words_of(heading)
    assert (found.tokens, found.language, found.unit) == (tokens, language, unit)


def test_words_in_brackets_are_kept_for_what_they_may_mean():
    assert words_of("Address (URL)").inner == ("url",)
