"""Reasons are sentences that a steward understands."""

from __future__ import annotations

import pytest

from importer.proposal.saying import left_out, meant, said
from tests.proposal.build import column


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Raumnummer", "is a room's number or code"),
        ("Gebäude", "names a building"),
        ("Definition", "is the definition"),
        ("Zorbic", "says nothing we know"),
        ("Zorbic room name", "is a room's name as far as its words are known"),
    ],
)
def test_a_heading_is_explained(heading, words):
    assert meant(column(heading, "a")) == words


def test_the_cells_are_part_of_the_reason():
    found = column("Raumnummer", "1", "2", "2")
    assert said(found, 1.0) == "`Raumnummer` is a room's number or code; 2 of 3 cells differ"
    assert said(found, 0.2).endswith("its cells hardly fit: 2, 1")


@pytest.mark.parametrize(
    ("heading", "cells", "words"),
    [
        ("Telefon", ["1"], "`Telefon` is about people: left out unless chosen"),
        ("Zorbic", ["a@b.org"], "its cells are e-mail addresses: left out unless chosen"),
        ("Room", [""], "it has no cells"),
        ("Preis", ["5"], "`Preis` is the price, which has no field here"),
    ],
)
def test_why_a_column_is_left_out_is_told(heading, cells, words):
    assert left_out(column(heading, *cells)) == words
