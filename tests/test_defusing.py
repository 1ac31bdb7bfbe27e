"""Texts in, what a text file holds of them out, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.formula_text import DEFUSED, ERRORS, as_meant, defused, is_error

ERROR = st.sampled_from(sorted(ERRORS))
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="'=+-@\t\r5a"),
    st.builds(str.__add__, st.text(alphabet="' ", max_size=3), ERROR),
)


@given(TEXTS)
def test_every_text_comes_back_as_it_was(text):
    assert as_meant(defused(text)) == text


@given(TEXTS)
def test_no_text_begins_as_a_formula_but_a_number(text):
    held = defused(text)
    number = held.lstrip("+-").replace(".", "").replace(",", "").isdigit()
    assert not held.startswith(("=", "+", "-", "@", "\t", "\r")) or number


@given(TEXTS)
def test_no_text_is_taken_for_an_error(text):
    assert not is_error(defused(text))


@given(TEXTS)
def test_where_nothing_is_marked_nothing_has_to_be_looked_at(text):
    if not DEFUSED.search(text):
        assert as_meant(text) == text
        assert not is_error(text)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("=1+1", "'=1+1"),
        ("-5", "-5"),
        ("+49 30", "'+49 30"),
        ("it's", "it's"),
        ("'=", "''="),
        ("#N/A", "'#N/A"),
    ],
)
def test_what_is_risky_gets_an_apostrophe(text, held):
    assert defused(text) == held
