"""A word that splits wholly into known words means what they mean together."""

from __future__ import annotations

from importer.proposal.compounds import Compounds
from importer.proposal.meanings import Meaning

GERMAN = frozenset({"de"})
WORDS = {
    "raum": (Meaning("space", "", GERMAN),),
    "nummer": (Meaning("", "code", GERMAN),),
}
COMPOUNDS = Compounds(lambda word: WORDS.get(word, ()), lambda word: WORDS.get(word, ()))


def test_a_thing_and_what_is_said_of_it_are_joined():
    assert COMPOUNDS.meanings("raumnummer") == (Meaning("space", "code", GERMAN),)


def test_letters_that_link_words_are_passed_over():
    assert COMPOUNDS.meanings("raumesnummer") == (Meaning("space", "code", GERMAN),)


def test_a_word_for_a_list_adds_nothing():
    assert COMPOUNDS.meanings("raumliste") == (Meaning("space", "", GERMAN),)


def test_a_word_that_does_not_split_wholly_means_nothing():
    assert COMPOUNDS.meanings("raumzorbic") == ()


def test_words_of_two_languages_make_no_compound_unless_one_is_english():
    words = WORDS | {
        "id": (Meaning("", "code", frozenset({"en"})),),
        "ing": (Meaning("", "translation", frozenset({"tr"})),),
    }
    mixed = Compounds(lambda word: words.get(word, ()), lambda word: words.get(word, ()))
    assert [meaning.thing for meaning in mixed.meanings("raumid")] == ["space"]
    assert mixed.meanings("rauming") == ()
