"""Rows that are left out and words that mean blank are kept one by one."""

import pytest

from tests.cli.correcting.build import begun, correction, pressed, shown

ROOMS = """Raumliste Haus Nord;;;;
Gebäude;Etage;Raumnummer;Plätze;Schlagwort
Haus Nord;EG;0.01;4;hell
Haus Nord;EG;0.02;6;n/a
Haus Nord;1. OG;1.01;12;laut
Gesamt;;;22;
Haus Süd;EG;S 0.01;20;hell
Gesamt;;;20;
"""


@pytest.fixture
def page(tmp_path):
    return begun(correction(tmp_path, ROOMS))


def kept(page):
    sheet = page.correction.sheet(0)
    return [one.row for one in sheet.kept_rows], list(sheet.kept_words)


def test_each_row_and_each_word_has_a_line_with_its_reason(page):
    text = shown(page.press("r"))
    assert "  1     row 1: stands above the headings" in text
    assert "  2 [ ] row 6: `Gesamt`: a line of totals" in text
    assert "  3 [ ] row 8: `Gesamt`: a line of totals" in text
    assert "  4 [ ] `n/a` is read as a blank cell" in text


def test_a_row_is_kept_by_one_key_and_left_out_again_by_the_same(page):
    ticked = pressed(page, "r", "down", "down", " ")
    assert "[x] row 8: `Gesamt`: a line of totals" in shown(ticked)
    assert kept(ticked.press("enter")) == ([8], [])
    assert kept(pressed(ticked, " ", "escape")) == ([], [])


def test_a_word_is_kept_likewise(page):
    back = pressed(page, "r", "end", " ", "enter")
    assert kept(back) == ([], ["n/a"])
    assert "Not read as blank: n/a" in shown(back)


def test_what_stands_above_the_headings_cannot_be_kept(page):
    ticked = pressed(page, "r", " ")
    assert kept(ticked.press("enter")) == ([], [])


def test_what_was_kept_stays_with_another_kind_and_goes_with_another_row_of_headings(page):
    back = pressed(page, "r", "end", " ", "up", " ", "enter")
    assert kept(back) == ([8], ["n/a"])
    desk = back.correction.kind(0, "desk").sheet(0)
    assert ([one.row for one in desk.kept_rows], desk.kept_words) == ([8], ("n/a",))
    assert back.correction.header_row(0, 3).sheet(0).kept_words == ()


def test_by_lines_a_number_changes_a_tick_and_nothing_goes_back(page):
    ticked = page.press("r").typed("3")
    assert kept(ticked.typed("")) == ([8], [])
    assert kept(ticked.typed("3").typed("b")) == ([], [])
    assert ticked.typed("99") is ticked


def test_a_sheet_without_any_says_so(tmp_path):
    page = begun(correction(tmp_path, "Gebäude;Etage;Raum\nA;1;R1\nA;1;R2\n"))
    assert "None." in shown(pressed(page, "r", " "))
