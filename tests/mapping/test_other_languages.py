"""Words of one language at a time count as headings, and never two for one heading."""

from __future__ import annotations

from importer.mapping.other_languages import in_other_languages, meanings
from importer.template.words import Sense

MAINS = {"term": "Term", "name": "Term", "status": "Status", "owner": "Owner", "scope": "Scope"}
WORDS = {
    "begriff": [Sense("Term", "de")],
    "bezeichnung": [Sense("Name", "de")],
    "status": [Sense("Status", "de")],
    "bereich": [Sense("Scope", "de")],
    "nom": [Sense("Name", "fr")],
    "portée": [Sense("Scope", "fr")],
    "farbe": [Sense("Colour", "de")],
}


def found(*row):
    return in_other_languages(row, MAINS, WORDS)


def test_words_stand_for_the_names_that_the_rule_has():
    assert found("begriff", "status", "farbe") == {"begriff": "term"}
    assert found("bezeichnung", "bereich") == {"bezeichnung": "name", "bereich": "scope"}


def test_only_words_of_the_language_that_knows_most_of_the_row_count():
    assert found("begriff", "status", "portée") == {"begriff": "term"}
    assert found("nom", "portée", "status") == {"nom": "name", "portée": "scope"}


def test_where_two_languages_know_as_many_headings_no_words_count():
    assert found("begriff", "portée") == {}
    assert found("nom", "portée", "begriff", "farbe") == {}, "a column of another kind of list"


def test_languages_that_know_the_same_headings_are_one():
    words = {"termin": [Sense("Term", "no"), Sense("Term", "sv")], "termen": [Sense("Term", "sv")]}
    assert in_other_languages(["termin"], MAINS, words) == {"termin": "term"}


def test_a_word_means_what_it_does_in_the_language_of_the_row():
    words = WORDS | {"titel": [Sense("Owner", "fr"), Sense("Term", "de")]}
    assert in_other_languages(["titel", "bereich"], MAINS, words) == {
        "titel": "term",
        "bereich": "scope",
    }


def test_where_the_rules_own_names_are_more_no_words_count():
    assert found("term", "owner", "scope", "portée") == {}
    assert found("term", "owner", "bereich") == {}
    assert found("term", "status", "bereich") == {"bereich": "scope"}


def test_a_name_of_the_rule_itself_leaves_no_room_for_a_word():
    assert found("name", "begriff", "status", "bereich") == {"bereich": "scope"}


def test_of_two_words_for_one_heading_neither_counts():
    assert found("begriff", "bezeichnung", "bereich", "status") == {"bereich": "scope"}


def test_the_meanings_of_one_word_are_known_in_any_language():
    assert meanings("Portée", MAINS, WORDS) == {"fr": "Scope"}
    assert meanings("Farbe", MAINS, WORDS) == {}
    assert meanings("Kommentar", MAINS, WORDS) == {}
