"""The text of a list cell: its items, and the signs they bear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.mapping.conversion.lists import UnclearSigns, quoted, signed, split

SEPARATORS = (";", "\n")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("a; b", ["a", "b"]),
        ('"a; b"; c', ["a; b", "c"]),
        ('say ""hi""', ['say ""hi""']),
        ('"say ""hi"""', ['say "hi"']),
        (" ;; a\n", ["a"]),
        ("-a; +b", ["-a", "+b"]),
    ],
)
def test_items_are_split_trimmed_and_unquoted(text, items):
    assert split(text, SEPARATORS) == items


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("+a; -b; +c", (["a", "c"], ["b"])),
        ('+"a; b"; -"-c"; -d', (["a; b"], ["-c", "d"])),
        ("a; b", None),
        ('"-a"', None),
        ("E-mail; a+b", None),
        ("", None),
    ],
)
def test_signs_count_where_every_item_has_one(text, signs):
    """A quoted sign belongs to the name."""
    assert signed(text, SEPARATORS) == signs


def test_a_sign_on_some_items_only_is_reported_with_both():
    found = signed("+a; b", SEPARATORS)
    assert isinstance(found, UnclearSigns)
    assert "`+a` has a sign and `b` has none" in found.message


@pytest.mark.parametrize("text", ["- a\n- b", "a; - b", "+a; + b"])
def test_a_sign_and_a_blank_are_reported_with_both_things_they_may_mean(text):
    """`- ann` would else become an owner of that name."""
    found = signed(text, SEPARATORS)
    assert isinstance(found, UnclearSigns)
    assert "begins with a sign and a blank: write `" in found.message


NAMES = st.lists(st.text("ab -+", min_size=1).filter(lambda t: t == t.strip()), min_size=1)


@given(NAMES, st.sampled_from("+-"))
def test_quoted_names_come_back_as_they_are_with_their_sign(names, sign):
    """Whatever a name begins with."""
    text = ";".join(f'{sign}"{name}"' for name in names)
    found = signed(text, SEPARATORS)
    assert found == ((names, []) if sign == "+" else ([], names))


@pytest.mark.parametrize(
    "text", ["a;\u200bb c\u200b", "\ufeffa\n\u00a0b c", '"a"\u200b; "b c" ', "a; \u00ad ;b c"]
)
def test_what_nobody_sees_around_an_item_never_counts(text):
    assert split(text, [";", "\n"]) == ["a", "b c"]


@given(st.text(min_size=1) | st.sampled_from(["+p", "-m", "a;b", ' "q"', " x", '"', "a\nb", "A;"]))
def test_a_quoted_item_is_one_item_without_a_sign(item):
    text = quoted(item, SEPARATORS)
    assert split(text, SEPARATORS) == [item]
    assert signed(text, SEPARATORS) is None


def test_an_item_that_nothing_would_change_stays_bare():
    assert quoted("Yes, really", SEPARATORS) == "Yes, really"
