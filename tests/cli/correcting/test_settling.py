"""What a mapping answers once is asked behind its sheet, with the answers that there are."""

from tests.cli.correcting.build import begun, correction, fields, pressed, shown

TERMS = """Term (EN);Begriff (DE);Definition (EN);Definition (DE)
Revenue;Umsatz;What comes in.;Was eingeht.
Profit;Gewinn;What stays.;Was bleibt.
"""
SITES = """Building;Timezone;Valid from
North;Europe/London;03/04/2025
South;Europe/London;05/06/2025
"""
EQUIPMENT = "Name;Category;Serial number;Room;Asset tag\n" + "".join(
    f"X{at};{'Desk' if at % 2 else 'Lamp'};S{at};R1;T{at}\n" for at in range(12)
)


def forms(page):
    return page.correction.sheet(0).forms


def test_the_likely_answer_is_taken_by_the_enter_key(tmp_path):
    asked = begun(correction(tmp_path, SITES, "sites")).press("a")
    assert asked.title == "Day or month first in `Valid from`?"
    samples = asked.press("enter")
    assert forms(samples) == {"C": "day first"}


def test_another_answer_is_picked(tmp_path):
    asked = begun(correction(tmp_path, SITES, "sites")).press("a")
    samples = pressed(asked, "down", "enter")
    assert forms(samples) == {"C": "month first"}


def test_a_sheet_shows_what_was_answered_and_asks_again_when_one_comes_back(tmp_path):
    samples = pressed(begun(correction(tmp_path, SITES, "sites")), "a", "down", "enter")
    page = samples.press("escape")
    assert "Answered: Day or month first in `Valid from`? month." in shown(page)
    assert page.press("a").at == 1
    assert page.press("a").press("escape") == page


def test_columns_that_change_by_an_answer_are_shown_before_it_goes_on(tmp_path):
    asked = begun(correction(tmp_path, TERMS, "terms")).press("a")
    assert asked.title.startswith("Which language is the main one: en as in `Term (EN)`")
    page = pressed(asked, "down", "enter")
    assert fields(page) == {"A": None, "B": "Term", "C": None, "D": "Description"}
    assert "The columns have followed the answer" in shown(page)
    assert page.press("a").question == "Into which glossary?"


def test_of_the_words_of_a_column_some_are_ticked_and_at_least_one(tmp_path):
    page = begun(correction(tmp_path, EQUIPMENT, "equipment desks"))
    asked = pressed(page, "k", *"desk", "enter", "a", "a")
    assert "  1 [ ] lamp" in shown(asked)
    assert "  2 [x] desk" in shown(asked)
    assert "Tick at least one." in shown(pressed(asked, "down", " ", "enter"))
    building = pressed(asked, " ", "enter")
    page = building.press("escape").press("escape")
    assert page.correction.sheet(0).meant.words == ("lamp", "desk")


def test_a_long_question_is_whole_in_a_narrow_terminal(tmp_path):
    asked = begun(correction(tmp_path, TERMS, "terms")).press("a")
    texts = ["".join(piece.text for piece in one) for one in asked.lines(39, 20)]
    assert " ".join(texts).startswith(asked.title)
    assert all(len(text) <= 39 for text in texts)
    assert len(asked.lines(39, 6)) <= 9
