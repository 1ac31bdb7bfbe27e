"""A cell's form is told by how it is written."""

from __future__ import annotations

import pytest

from importer.proposal.forms import form_of, is_sentence, is_yes_or_no


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("12", "integer"),
        ("1.240,5", "number"),
        ("$1,200", "number"),
        ("12 %", "number"),
        ("2026-05-01", "date"),
        ("1.5.2026", "date"),
        ("5 May 2026", "date"),
        ("08:30", "time"),
        ("https://example.com/a", "url"),
        ("ann@example.com", "mail"),
        ("Ann Lee <ann@example.com>", "owner"),
        ("Europe/Berlin", "zone"),
        ("b267858d-8316-4c41-a56a-6e9b840cef4a", "guid"),
        ("525 Market Street", "street"),
        ("Hauptstraße 12", "street"),
        ("ul. Polna 7", "street"),
        ("default/snowflake/1/db/t", "path"),
        ("urn:li:dataset:(a,b)", "path"),
        ("KPI", "acronym"),
        ("AdR", "acronym"),
        ("A-101", "code"),
        ("n/a", "blank"),
        ("k. A.", "blank"),
        ("Golden Gate", "text"),
        ("What is left after tax and interest.", "sentence"),
        ("これは項目の説明である。利用者のために詳しく記載。", "sentence"),
    ],
)
def test_a_cell_has_one_form(text, form):
    assert form_of(text) == form


@pytest.mark.parametrize("text", ["ja", "Nein", "x", "да", "是", "Sí"])
def test_yes_and_no_are_known_in_many_languages(text):
    assert is_yes_or_no(text)


def test_a_few_words_are_no_sentence():
    assert not is_sentence("Net revenue")
    assert is_sentence("x" * 61)
