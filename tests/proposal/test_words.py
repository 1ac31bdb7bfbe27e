"""The longest words that belong together are found, in compounds too."""

from __future__ import annotations

import pytest

from importer.proposal.vocabulary import vocabulary


def found(*tokens):
    segments = vocabulary().segments(tokens)
    return [(s.size, sorted({m.thing or m.attribute for m in s.meanings})) for s in segments]


def test_the_longest_match_counts():
    assert found("number", "of", "seats") == [(3, ["seats"])]


def test_fillers_and_numbers_are_passed_over():
    assert found("name", "of", "the", "room", "2") == [(1, ["name"]), (1, ["space"])]


@pytest.mark.parametrize("token", ["raumnummer", "gebaudename", "kategoriename", "部屋番号"])
def test_a_compound_splits_wholly_into_known_words(token):
    assert found(token)[0][1]


def test_words_of_other_languages_than_those_spoken_are_passed_over():
    found = vocabulary().segments(("nombre", "de", "la", "sala"), frozenset({"es"}))
    assert [sorted({m.thing or m.attribute for m in s.meanings}) for s in found] == [
        ["name"],
        ["space"],
    ]


@pytest.mark.parametrize("token", ["raumfahrtx", "phase", "zorbic"])
def test_a_word_that_does_not_split_wholly_is_unknown(token):
    assert found(token) == [(1, [])]


def test_a_word_for_a_list_adds_nothing_to_a_compound():
    assert found("raumverzeichnis") == [(1, ["space"])]


def test_a_word_cut_short_is_the_shortest_that_begins_so():
    known = vocabulary().segments(["rak"], frozenset({"fi"}), frozenset({"rak"}))
    assert not any(m.attribute == "type" for segment in known for m in segment.meanings)


def test_words_that_only_link_others_mean_nothing_in_a_long_heading():
    told = list(vocabulary().segments(["seats", "counted", "by", "our", "staff"]))
    assert not any(m.attribute == "city" for segment in told for m in segment.meanings)
