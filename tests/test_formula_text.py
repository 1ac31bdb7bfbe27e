"""Texts that a spreadsheet would take for formulas or errors, and how a text file holds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.formula_text import (
    ERRORS,
    ESCAPED_OR_ERROR,
    FORMULA_STARTS,
    escaped,
    escaped_message,
    is_error,
    is_formula,
    may_be_escaped,
    unescaped,
)

ERROR = st.sampled_from(sorted(ERRORS))
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="'=+-@\t\r5a"),
    st.text(alphabet="'=\" 5a"),
    st.builds(str.__add__, st.text(alphabet="' ", max_size=3), ERROR),
)


@given(TEXTS)
def test_every_text_comes_back_as_it_was(text):
    assert unescaped(escaped(text)) == text


@given(TEXTS)
def test_no_text_begins_as_a_formula_but_a_number(text):
    held = escaped(text)
    number = held.lstrip("+-").replace(".", "").replace(",", "").isdigit()
    assert not held.startswith(("=", "+", "-", "@", "\t", "\r")) or number


@given(TEXTS)
def test_no_text_is_taken_for_an_error(text):
    assert not is_error(escaped(text))


@given(TEXTS)
def test_the_quick_look_finds_what_the_pattern_finds(text):
    assert may_be_escaped(text) == bool(ESCAPED_OR_ERROR.search(text))


@given(TEXTS)
def test_where_nothing_is_escaped_nothing_has_to_be_unescaped(text):
    if not ESCAPED_OR_ERROR.search(text):
        assert unescaped(text) == text
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
    assert escaped(text) == held


@given(TEXTS)
def test_no_message_begins_as_a_formula_not_even_as_a_number(text):
    held = escaped_message(text)
    assert not is_formula(held)
    assert held.removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_each_start_of_a_formula_is_escaped_in_values_and_messages(start):
    text = f"{start}x"
    assert is_formula(text)
    assert escaped(text) == escaped_message(text) == f"'{text}"


@pytest.mark.parametrize(
    ("held", "text"),
    [
        ('="00123"', "00123"),
        (' ="00123" ', "00123"),
        ('="Say ""hi"""', 'Say "hi"'),
        ('=""', ""),
        ('="a"&"b"', '="a"&"b"'),
        ('="a', '="a'),
        ('x="1"', 'x="1"'),
        ('\'="1"', '="1"'),
    ],
)
def test_a_formula_that_is_only_a_text_is_that_text(held, text):
    """Programs write it so that Excel shows a code with its zeros."""
    assert unescaped(held) == text
