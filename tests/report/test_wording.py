"""The wording of reports: numbers, sentences and places in the words of a spreadsheet."""

import pytest

from importer.model import Place, Status
from importer.report.wording import MEANINGS, clean, plural, sentence, shorten, spot
from tests.report.build import finding


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1200, "1,200 rows")]
)
def test_numbers_and_nouns_agree(number, expected):
    assert plural(number, "row") == expected


@pytest.mark.parametrize(
    ("dirty", "clear"),
    [
        ("a\x00b\x1b[31mc\x9bd", r"a\u0000b\u001b[31mc\u009bd"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\ud800x\uffff", r"\ud800x\uffff"),
        ("a\u202eb", r"a\u202eb"),
        ("\t é 漢 😀 ", "é 漢 😀"),
    ],
)
def test_what_xml_or_a_terminal_could_choke_on_is_shown_escaped(dirty, clear):
    assert clean(dirty) == clear


def test_text_is_cut_by_the_units_a_spreadsheet_counts():
    assert shorten("x" * 10, 10) == "x" * 10
    assert shorten("x" * 11, 10) == "x" * 9 + "…"
    assert shorten("😀" * 6, 10) == "😀" * 4 + "…"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "Owners: no such owner"),
        ({"message": "Owners must be known."}, "Owners must be known."),
        ({"suggestion": "jane.d"}, "Owners: no such owner. Suggestion: jane.d"),
        ({"message": "did you mean jane?", "suggestion": "jane"}, "Owners: did you mean jane?"),
        ({"heading": None}, "column C: no such owner"),
        ({"column": 0}, "no such owner"),
    ],
)
def test_a_sentence_names_the_heading_once_and_the_way_out(given, expected):
    assert sentence(finding(2, **given)) == expected


def test_a_place_is_named_as_the_spreadsheet_shows_it():
    assert [spot(Place("S", 17, 28)), spot(Place("S", 17)), spot(Place("S"))] == [
        "AB17",
        "row 17",
        "",
    ]


def test_every_status_has_a_meaning():
    assert set(MEANINGS) == set(Status)
