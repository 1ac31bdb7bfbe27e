"""Messages suggest the word that was meant, and shorten long lists of names."""

from __future__ import annotations

import pytest

from importer import suggest
from importer.suggest import Speller, did_you_mean, listed, nearest


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


def test_a_word_is_looked_for_among_the_few_that_share_most_with_it(monkeypatch):
    """So that a mistake costs the same among ten words as among a million."""
    compared = []
    likeness = suggest.likeness
    monkeypatch.setattr(
        suggest, "likeness", lambda *words: compared.append(words) or likeness(*words)
    )
    speller = Speller(f"word {number:05} of many" for number in range(5_000))
    assert speller.nearest("wrod 04321 of many") == "word 04321 of many"
    assert speller.nearest("wrod 04321 of many") == "word 04321 of many"
    assert 0 < len(compared) <= 32


def test_no_more_mistakes_are_looked_up_than_anybody_reads():
    speller = Speller(["colour", "weight"], most=2)
    words = ["colur", "wieght", "coulor", "colur"]
    assert [speller.nearest(word) for word in words] == ["colour", "weight", None, "colour"]


def test_the_word_itself_is_never_suggested():
    assert nearest("colour", ["colour"]) is None
    assert Speller(["Colour", "colour"], fold=str.casefold).nearest("colour") == "Colour"


def test_a_long_text_is_no_slip():
    assert nearest("x" * 300, ["x" * 299]) is None


@pytest.mark.parametrize(
    ("word", "other", "alike"),
    [("abc", "abc", 1), ("abc", "axc", 2 / 3), ("ab", "ba", 0.5), ("", "", 0), ("a", "", 0)],
)
def test_words_are_as_alike_as_they_have_letters_in_one_order(word, other, alike):
    assert suggest.likeness(word, other) == pytest.approx(alike)


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("inactive", "active"),
        ("inactve", "active"),
        ("inaktiv", "active"),
        ("active", "inactive"),
        ("unpublished", "published"),
        ("non-public", "public"),
        ("not verified", "verified"),
    ],
)
def test_the_opposite_of_a_word_is_not_what_was_meant(word, known):
    assert nearest(word, [known]) is None
    assert nearest(word, [known, f"{word}x"]) == f"{word}x"


@pytest.mark.parametrize(
    ("word", "known"), [("incme", "income"), ("nit", "unit"), ("ndex", "index")]
)
def test_a_slip_in_a_word_that_begins_like_an_opposite_is_still_found(word, known):
    assert nearest(word, [known]) == known
