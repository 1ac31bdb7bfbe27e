"""What a person settles once is asked with its answers, and the proposal follows the answer."""

from __future__ import annotations

import pytest

from importer.proposal import propose
from importer.proposal.chosen import Choice
from importer.proposal.proposal import Ask
from importer.proposal.settled import answer_of, why_not
from tests.proposal.build import sheet, templates


def proposed(*rows, name="Sheet1", fields=None, **answers):
    chosen = {("list.xlsx", name): Choice(fields=fields or {}, answers=answers)}
    (found,) = propose([sheet(*rows, name=name)], templates(), chosen).sheets
    return found


def ask(found, name):
    return next((one for one in found.asks if one.name == name), None)


def fields(found):
    return [column.field for column in found.columns]


TERMS = [
    ("Term (EN)", "Begriff (DE)", "Definition (EN)", "Definition (DE)"),
    ("Revenue", "Umsatz", "What comes in.", "Was eingeht."),
    ("Profit", "Gewinn", "What stays.", "Was bleibt."),
]


def test_the_main_language_of_columns_in_several_is_asked_with_the_likely_one():
    found = ask(proposed(*TERMS), "language")
    assert (found.default, found.choices) == ("en", ("en", "de"))
    assert found.question == (
        "Which language is the main one: en as in `Term (EN)` or de as in `Begriff (DE)`?"
    )


def test_the_columns_follow_the_main_language():
    assert fields(proposed(*TERMS)) == ["Term", None, "Description", None]
    found = proposed(*TERMS, language="de")
    assert fields(found) == [None, "Term", None, "Description"]
    assert ask(found, "language").answer == "de"


@pytest.mark.parametrize(
    "headings",
    [
        ("Term", "Term (DE)", "Definition", "Note"),
        ("Term", "Definition", "Owner", "Note"),
        ("Term (EN)", "Definition (EN)", "Owner", "Note"),
    ],
)
def test_the_main_language_is_not_asked_where_headings_tell_it(headings):
    assert ask(proposed(headings, *TERMS[1:]), "language") is None


BUILDINGS = [
    ("Building", "Timezone", "Effective from", "Removed from"),
    ("North", "Europe/London", "03/04/2025", "03/04/2026"),
    ("South", "Europe/London", "05/06/2025", "05/06/2026"),
]
BOTH = {"C": "Effective from", "D": "Removed from"}


def test_dates_that_do_not_tell_are_asked_for_in_one_question():
    found = ask(proposed(*BUILDINGS, fields=BOTH), "date_order")
    assert found.question == "Day or month first in `Effective from` and `Removed from`?"
    assert (found.default, found.choices) == ("day", ("day", "month"))


def test_dates_are_read_as_was_answered():
    assert proposed(*BUILDINGS, fields=BOTH).forms == {}
    assert proposed(*BUILDINGS, fields=BOTH, date_order="month").forms == dict.fromkeys(
        "CD", "month first"
    )


def test_another_column_of_dates_tells_what_is_likely_and_keeps_its_own_order():
    rows = [*BUILDINGS, ("Mid", "Europe/London", "03/04/2025", "05/31/2026")]
    assert ask(proposed(*rows, fields=BOTH), "date_order").default == "month"
    found = proposed(*rows, fields=BOTH, date_order="day")
    assert found.forms == {"C": "day first", "D": "month first"}


EQUIPMENT = [
    ("Name", "Category", "Serial number", "Room", "Asset tag"),
    *((f"X{at}", "Desk" if at % 2 else "Lamp", f"S{at}", "R1", f"T{at}") for at in range(12)),
]


def test_the_words_of_the_rows_that_are_meant_are_there_to_choose_from():
    found = ask(proposed(*EQUIPMENT, name="Equipment desks"), "filter")
    assert (found.default, found.choices, found.several) == ("desk", ("lamp", "desk"), True)


def test_the_rows_that_are_meant_are_those_that_were_answered():
    found = proposed(*EQUIPMENT, name="Equipment desks", filter="desk; lamp")
    assert (found.meant.column, found.meant.words) == ("B", ("desk", "lamp"))


SECTIONS = [
    ("Room", "Floor", "Seats", "Use"),
    ("Kingsway", "", "", ""),
    ("R1", "1", "4", "Office"),
    ("Cardiology", "", "", ""),
    ("S1", "1", "4", "Office"),
    ("S2", "2", "6", "Lab"),
]


def test_what_sections_name_is_asked_where_their_words_do_not_tell():
    found = ask(proposed(*SECTIONS), "sections")
    assert (found.default, found.choices) == ("Building", ("Building", "nothing"))
    assert "such as `Kingsway` and `Cardiology`?" in found.question


def test_sections_that_are_buildings_by_the_answer_are_asked_for_the_time_zone_and_no_building():
    found = proposed(*SECTIONS, sections="Building")
    assert (found.sections.field, found.sections.rows) == ("Building", {2, 4})
    assert [one.name for one in found.asks if one.is_open] == ["time_zone"]


def test_sections_that_are_nothing_by_the_answer_are_notes():
    found = proposed(*SECTIONS, sections="nothing")
    assert found.sections is None
    assert [one.name for one in found.asks if one.is_open] == ["building"]


def test_sections_over_terms_are_categories_by_the_answer():
    rows = [(f"Word {at}", f"It means {at} things.", "ann@b.co") for at in range(4)]
    head = ("Term", "Definition", "Owner")
    words = [head, ("Finance", "", ""), *rows[:2], ("People", "", ""), *rows[2:]]
    found = ask(proposed(*words), "sections")
    assert (found.default, found.choices) == ("Categories", ("Categories", "nothing"))
    assert proposed(*words, sections="Categories").sections.field == "Categories"


ORDER = Ask("date_order", "Day or month first?", "day", ("day", "month"))
WORDS = Ask("filter", "Which words?", "Desk", ("Desk", "Lamp"), several=True)


@pytest.mark.parametrize(
    ("asked", "text", "answer"),
    [(ORDER, "Month", "month"), (WORDS, "lamp;DESK; lamp", "Lamp; Desk"), (WORDS, "desk;", "Desk")],
)
def test_an_answer_is_taken_in_any_case_and_spelt_as_its_choice(asked, text, answer):
    assert (why_not(asked, text), answer_of(asked, text)) == ("", answer)


@pytest.mark.parametrize(
    ("asked", "text", "seen"),
    [(ORDER, "year", "year"), (ORDER, "day; month", "day; month"), (WORDS, "Desk; Box", "Box")],
)
def test_another_answer_is_refused_with_those_that_there_are(asked, text, seen):
    assert why_not(asked, text).startswith(f"`{seen}` is no answer here; there are: ")
    assert why_not(WORDS, " ; ") != ""
