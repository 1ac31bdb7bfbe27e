"""The page of a sheet: what it shows, and what each key changes."""

import pytest
from msgspec.structs import replace

from tests.cli.correcting.build import Stopped, begun, correction, fields, picked, pressed, shown


@pytest.fixture
def page(tmp_path):
    return begun(correction(tmp_path))


def test_it_shows_what_rows_are_where_headings_are_and_one_line_for_each_column(page):
    text = shown(page)
    assert "Each row is a space (" in text
    assert "Headings are in row 2." in text
    assert "To be asked: In which time zone is each building?" in text
    assert "Rows left out: 1" in text
    row = next(line for line in text.splitlines() if "Plätze" in line)
    assert row.startswith(" D Plätze      Capacity  ")


def test_a_field_is_chosen_from_a_list_that_typing_narrows(page):
    changed = picked(pressed(page, "down", "down", "down", "down", "enter"), "space type")
    assert fields(changed)["E"] == "Space type"
    assert fields(changed)["D"] == "Capacity"


def test_a_field_that_another_column_had_leaves_that_column(page):
    changed = picked(pressed(page, "end", "enter"), "capacity")
    assert (fields(changed)["E"], fields(changed)["D"]) == ("Capacity", None)


def test_a_property_of_ones_own_has_the_heading_as_its_name_or_a_name_that_is_typed(page):
    asked = picked(pressed(page, "end", "enter"), "property")
    assert fields(asked.press("enter"))["E"] == "Property: Schlagwort"
    typed = pressed(asked, "clear", *"Farbe", "enter")
    assert fields(typed)["E"] == "Property: Farbe"


def test_a_column_is_left_out_by_one_key(page):
    assert fields(pressed(page, "end", "up", "x"))["D"] is None


def test_another_kind_is_proposed_anew_and_needs_no_further_question(page):
    changed = picked(page.press("k"), "building")
    assert changed.correction.sheet(0).kind == "building"
    assert "Each row is a building (100% sure)" in shown(changed)


def test_another_row_of_headings_is_proposed_anew(page):
    changed = picked(page.press("h"), "row 3")
    assert changed.correction.sheet(0).header_row == 3
    assert changed.correction.sheet(0).columns[0].heading == "Haus Nord"


def test_rows_that_are_left_out_stand_there_with_their_reasons(page):
    reading = page.press("r")
    assert "row 1: stands above the headings" in shown(reading)
    assert reading.press("escape") is page


def test_a_sheet_that_is_not_for_import_asks_for_the_kind_before_a_field(page):
    nothing = picked(page.press("k"), "not for import")
    assert "Say first what the rows are." in shown(nothing.press("enter"))


def test_stopping_is_one_key(page):
    assert isinstance(page.press("q"), Stopped)


def test_a_kind_below_a_half_is_asked_for_and_never_accepted_in_silence(page):
    unsure = _changed(page, confidence=0.49)
    assert "That is too unsure (49%)" in shown(unsure.press("a"))


def test_a_doubtful_column_is_shown_before_it_is_accepted(tmp_path):
    page = begun(correction(tmp_path))
    doubtful = _with_score(page, 0.5)
    asked = doubtful.press("a")
    assert "Please look at the columns marked ?" in shown(asked)
    assert asked.at == 3
    assert asked.press("a").question == "In which time zone is each building?"


def test_a_required_field_that_nothing_fills_is_named(page):
    lacking = pressed(page, "down", "down", "x", "a")
    assert "which is required" in shown(lacking)


def test_a_line_says_the_same_where_there_are_no_arrow_keys(page):
    assert fields(page.typed("x=D"))["D"] is None
    assert page.typed("=Z").note == "There is no column Z."
    options = page.typed("=e")
    number = next(at for at, one in enumerate(options.found, start=1) if one.name == "Bookable")
    assert fields(options.typed(str(number)))["E"] == "Bookable"


def _with_score(page, score):
    """Return the page of a proposal whose fourth column is doubtful."""
    columns = list(page.correction.sheet(0).columns)
    columns[3] = replace(columns[3], score=score)
    return _changed(page, columns=tuple(columns))


def _changed(page, **said):
    """Return the page of another proposal for the sheet."""
    found = page.correction.proposal
    changed = replace(found, sheets=(replace(found.sheets[0], **said),))
    return replace(page, correction=replace(page.correction, proposal=changed))


def test_in_a_small_terminal_the_keys_stay_and_a_key_that_does_nothing_says_so(page):
    texts = ["".join(piece.text for piece in one) for one in page.lines(29, 10)]
    assert len(texts) <= 10
    assert texts[-1].endswith("q stop")
    noted = ["".join(p.text for p in one) for one in page.press("z").lines(79, 30)]
    assert any("`z` does nothing here" in one for one in noted)
