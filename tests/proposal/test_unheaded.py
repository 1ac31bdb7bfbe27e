"""Cells tell what a column holds where its heading does not, or says it less narrowly."""

from __future__ import annotations

import pytest

from importer.proposal.unheaded import by_cells
from tests.proposal.build import column, rules


def told(kind, heading, *cells):
    return {name: option.score for name, option in by_cells(column(heading, *cells), rules(kind))}


@pytest.mark.parametrize(
    ("kind", "heading", "cells", "field"),
    [
        ("term", "Domain", ["Risk glossary", "Loans glossary"] * 3, "Glossary"),
        ("space", "Location", ["North building", "South building"] * 3, "Building"),
    ],
)
def test_cells_that_all_name_a_thing_say_it_more_narrowly(kind, heading, cells, field):
    assert told(kind, heading, *cells)[field] == 1.0


def test_cells_of_which_some_name_a_thing_say_nothing():
    assert "Glossary" not in told("term", "Domain", *["Risk glossary", "Loans"] * 3)


def test_a_column_without_cells_says_nothing():
    assert told("term", "Zorbic") == {}
