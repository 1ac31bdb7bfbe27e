"""How one text names another entity: scope and path, labels and quotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.mapping.key_text import labels, readings, show

AT = ("{path}@@@{scope}", "{path}@{scope}", "{path}")
READINGS = [
    ("a", AT, [(None, "a")]),
    ("a@g", AT, [("g", "a"), (None, "a@g")]),
    ("a@@@g", AT, [("g", "a")]),
    ("a > b @ g", AT, [("g", "a > b")]),
    ('"a@b"@g', AT, [("g", "a@b")]),
    ("g:a", ("{scope}:{path}", "{path}"), [("g", "a"), (None, "g:a")]),
    ("g:a:b", ("{scope}:{path}", "{path}"), [("g", "a:b")]),
    ("g.a.b", ("{scope}.{path}",), [("g", "a.b")]),
    ("a", ("{scope}.{path}",), []),
    ("a@g@", AT, [(None, "a@g@")]),
    ("rel:a@g", ("{relation}:{path}@{scope}",), [("g", "a")]),
]


@pytest.mark.parametrize(("text", "forms", "expected"), READINGS)
def test_a_text_is_read_in_each_form_that_fits_in_their_order(text, forms, expected):
    assert list(readings(text, forms))[: len(expected)] == expected


@pytest.mark.parametrize("form", ["{scope}x{path}y", "{a}x{b}x{c}x{d}x{path}y"])
def test_a_long_text_that_fits_nowhere_is_decided_at_once(form):
    assert readings("x" * 30_000, (form,)) == ()


PATHS = [
    ("a", [("a",)]),
    ("a > b", [("a > b",), ("a", "b")]),
    ("a>b", [("a>b",), ("a", "b")]),
    (" a  >  b > c", [(" a  >  b > c",), ("a", "b", "c")]),
    ('"a > b"', [('"a > b"',), ("a > b",)]),
    ('"a > b" > c', [('"a > b" > c',), ("a > b", "c")]),
    ('a > "b > c"', [('a > "b > c"',), ("a", "b > c")]),
    ('5" > 6"', [('5" > 6"',), ('5"', '6"')]),
    ("a >", [("a >",), ("a",)]),
    (" > ", [(" > ",)]),
]


@pytest.mark.parametrize(("text", "expected"), PATHS)
def test_a_text_is_one_label_first_and_then_a_path(text, expected):
    assert list(labels(text, (" > ",))) == expected


LABEL = st.text(alphabet="ab >'", min_size=1, max_size=6).map(str.strip).filter(bool)


@given(st.lists(LABEL, min_size=1, max_size=4))
def test_what_is_shown_is_read_as_the_same_path(key):
    """A label that holds the separator is shown in quotes."""
    shown = show(tuple(key))
    assert tuple(key) in labels(shown, (" > ",))


def test_what_nobody_sees_around_a_step_of_a_path_never_counts():
    text = "\u200bVitals\u00a0> \u2060Heart@\u200bSales"
    [(scope, path), *_] = readings(text, ("{path}@{scope}",))
    assert (scope, labels(path, (" > ",))[-1]) == ("Sales", ("Vitals", "Heart"))
