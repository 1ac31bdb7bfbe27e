"""Behind the last sheet: questions, rows as they will be sent, a name to keep the mapping by."""

from importer.cli.correcting.typing import Typing
from tests.cli.correcting.build import Stopped, Taken, begun, correction, pressed, shown


def test_a_question_offers_what_is_likely_and_is_not_left_without_an_answer(tmp_path):
    asked = begun(correction(tmp_path)).press("a")
    assert (asked.question, asked.text) == (
        "In which time zone is each building?",
        "Europe/Berlin",
    )
    assert "It has to be answered" in shown(pressed(asked, "clear", "enter"))


def test_the_rows_are_shown_as_they_will_be_sent_with_the_count_of_those_that_fit(tmp_path):
    samples = pressed(begun(correction(tmp_path)), "a", "enter")
    assert "4 of 5 rows can be sent." in shown(samples)
    assert "Plätze -> Capacity: 4" in shown(samples)
    assert isinstance(samples.press("q"), Stopped)
    assert samples.press("escape").question == "In which time zone is each building?"


def test_the_mapping_is_kept_by_the_name_that_is_offered_or_typed(tmp_path):
    named = pressed(begun(correction(tmp_path)), "a", "enter", "enter")
    taken = named.press("enter")
    assert (taken.name, taken.correction.given) == ("rooms", {"time_zone": "Europe/Berlin"})
    assert pressed(named, "clear", *"mine", "enter").name == "mine"


def test_a_name_that_cannot_be_had_is_asked_again_with_the_reason(tmp_path):
    page = begun(correction(tmp_path), refused="There is a mapping called rooms.")
    again = pressed(page, "a", "enter", "enter", "enter")
    assert isinstance(again, Typing)
    assert "There is a mapping called rooms." in shown(again)


def test_where_the_name_is_known_nobody_is_asked_for_it(tmp_path):
    page = begun(correction(tmp_path), asks_name=False)
    assert isinstance(pressed(page, "a", "enter", "enter"), Taken)
