"""Of a heading with numbers, stars, remarks and clauses the part counts that says what it is."""

from __future__ import annotations

import pytest

from importer.proposal.main_part import before_clause, is_remark, parts, unmarked


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        ("3. Level 3", "Level 3"),
        ("Room name*", "Room name"),
        ("Room name (mandatory)", "Room name"),
        ("Fläche [m²]", "Fläche [m²]"),
        ("部屋名（必須）", "部屋名"),
        ("Buchbar (J/N)", "Buchbar"),
        ("Varattavissa K/E", "Varattavissa"),
        ("***", "***"),
        ("1.5", "1.5"),
    ],
)
def test_numbers_stars_and_remarks_are_left_out(heading, says):
    assert unmarked(heading).strip() == says


@pytest.mark.parametrize("text", ["mandatory", "bitte ausfüllen", "if known", "max. 80 chars"])
def test_a_remark_says_how_a_column_is_filled(text):
    assert is_remark(text)


def test_what_stands_in_a_column_is_no_remark():
    assert not is_remark("Room name")


def test_a_clause_is_cut_off():
    assert before_clause("Official name as shown in the land register") == "Official name "
    assert before_clause("Name as shown") == "Name as shown"


def test_lines_and_clauses_are_parts_without_the_remarks():
    assert list(dict.fromkeys(parts("Room name\nplease do not change"))) == ["Room name"]
