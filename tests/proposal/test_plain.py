"""Case and accents do not matter; letters of other scripts stay as they are."""

from __future__ import annotations

import pytest

from importer.proposal.plain import is_wide, plain, spelt_out


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gebäude", "gebaude"),
        ("Łódź", "lodz"),
        ("Adı", "adi"),
        ("ガラス", "ガラス"),
        ("회의실", "회의실"),
    ],
)
def test_a_text_loses_case_and_accents(text, found):
    assert plain(text) == found


def test_umlauts_are_also_written_as_two_letters():
    assert spelt_out("Gebäude") == "gebaeude"


def test_some_languages_have_no_blanks_between_words():
    assert is_wide("会議室")
    assert not is_wide("Zimmer")
