"""The project's own words are known in their forms."""

from __future__ import annotations

import pytest

from importer.proposal.vocabulary import vocabulary


@pytest.mark.parametrize("word", ["gebaude", "gebaeude", "meeting room", "会議室", "комната"])
def test_a_word_is_known_with_and_without_its_umlauts(word):
    assert vocabulary().meanings(word)


def test_some_words_are_known_only_where_they_stand_alone():
    assert not vocabulary().meanings("tower")
    assert vocabulary().meanings("tower", alone=True)
