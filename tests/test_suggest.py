"""Messages suggest the word that was meant, and shorten long lists of names."""

from __future__ import annotations

import pytest

from importer.suggest import did_you_mean, listed, nearest


def test_the_most_similar_known_word_is_suggested():
    assert nearest("colur", ["size", "colour", "cold"]) == "colour"


def test_nothing_is_suggested_where_all_words_are_too_different():
    assert nearest("colour", ["size", "weight"]) is None


@pytest.mark.parametrize(
    ("near", "otherwise", "after", "end"),
    [
        ("Colour", "", ".", ". Did you mean Colour?"),
        ("Colour", "There are: Size.", ".", ". Did you mean Colour?"),
        (None, "There are: Size.", ".", ". There are: Size."),
        (None, "", ".", "."),
        ("colour", "", ":", ": did you mean colour?"),
        (None, "known are size.", ";", "; known are size."),
    ],
)
def test_a_message_ends_with_the_question_or_with_what_is_known(near, otherwise, after, end):
    assert did_you_mean(near, otherwise, after=after) == end


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["A"], "`A`"),
        (["A", "B", "C"], "`A`, `B`, `C`"),
        (["A", "B", "C", "D"], "`A`, `B`, `C` and 1 more"),
        (list("ABC") * 500, "`A`, `B`, `C` and 1,497 more"),
    ],
)
def test_a_list_of_names_shows_the_first_and_counts_the_others(texts, sentence):
    assert listed(texts) == sentence


def test_a_list_may_hold_only_the_first_of_many():
    assert listed(["C2", "C5"], count=7, quote="") == "C2, C5 and 5 more"
