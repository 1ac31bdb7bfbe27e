"""The words for yes and no: each says one of them, however it is written."""

from __future__ import annotations

import json
from itertools import chain

import pytest

import importer.yes_no
from importer.yes_no import yes_or_no


def test_no_word_says_both():
    path = importer.yes_no.Path(importer.yes_no.__file__).with_name("yes_no.json")
    said = json.loads(path.read_text("utf-8"))
    assert said["yes"].keys() == said["no"].keys()
    yes, no = (set(chain.from_iterable(said[each].values())) for each in ("yes", "no"))
    assert not yes & no


@pytest.mark.parametrize(
    "word", ["ja", " JA ", "Oui", "sí", "Si\u0301", "tak", "да", "はい", "✓", "１"]
)
def test_a_word_says_yes(word):
    assert yes_or_no(word) is True


@pytest.mark.parametrize("word", ["Nein", "non", "nie", "нет", "いいえ", "0", "✗"])
def test_a_word_says_no(word):
    assert yes_or_no(word) is False


@pytest.mark.parametrize("word", ["", "-", "o", "vielleicht", "on request", "2"])
def test_any_other_text_says_neither(word):
    assert yes_or_no(word) is None
