"""A sheet is named after a kind if its name ends with that of the kind."""

from __future__ import annotations

import pytest

from importer.mapping.recognition.sheet_name import named_after

KINDS = ["Terms", "Term", "Glossary", "Categories", "Rooms", "Room list", "Sensor groups", "Sensor"]


def found(name):
    return set(named_after(name, KINDS).kinds)


@pytest.mark.parametrize(
    "name",
    [
        "Terms",
        "TERMS",
        "terms 2026-05",
        "Terms (2)",
        "Terms2",
        "01 Terms",
        "Book - Terms",
        "all-Terms",
        "my glossary_terms",
        "GlossaryTerms",
        "Copy of terms",
        "terms-export-v2",
        "terms-north",
        "Terms.result",
        "list of terms",
    ],
)
def test_numbers_and_what_stands_before_or_behind_a_dash_do_not_matter(name):
    assert found(name) == {"terms"}


@pytest.mark.parametrize("name", ["", "2026", "termsheet", "terms of service", "terms_of_use", "x"])
def test_a_word_within_a_phrase_is_no_name(name):
    assert found(name) == set()


def test_the_last_of_several_kinds_counts_and_names_of_several_words_do():
    assert found("Terms - Categories") == {"categories"}
    assert found("North room list") == {"roomlist"}
    assert found("sensor-groups") == {"sensorgroups"}


@pytest.mark.parametrize(
    ("name", "whole"),
    [("Glossary", True), ("Glossary 2", True), ("A - Glossary", True), ("Sales glossary", False)],
)
def test_the_name_of_one_thing_is_told_from_that_of_its_kind(name, whole):
    named = named_after(name, KINDS)
    assert named.kinds == {"glossary"}
    assert bool(named.whole) == whole
