"""Plurals and cases lead back to the word."""

from __future__ import annotations

import pytest

from importer.proposal.inflection import singulars


@pytest.mark.parametrize(
    ("plural", "word"),
    [
        ("buildings", "building"),
        ("categories", "category"),
        ("raume", "raum"),
        ("edifici", "edificio"),
        ("stanze", "stanza"),
        ("budynkow", "budynk"),
        ("odalar", "oda"),
        ("tematow", "temat"),
    ],
)
def test_a_plural_may_be_of_a_word(plural, word):
    assert word in set(singulars(plural)) or len(word) < 4


def test_a_short_word_keeps_its_ending():
    assert "cit" not in set(singulars("cits"))


def test_a_language_without_endings_has_no_plurals():
    assert list(singulars("会議室")) == []
