"""Patterns are of RE2's language; what is not is refused with the construct that it is not."""

import pytest

from importer.template.patterns import PatternError, compiled, screen

REFUSED = [
    ("(?!b)a", "`(?!` looks ahead"),
    ("(?=b)a", "`(?=` looks ahead"),
    ("(?<=b)a", "`(?<=` looks behind"),
    (r"(a)\1", r"`\1` refers back to a group"),
    ("(?P<x>a)(?P=x)", "`(?P` refers back to a group"),
    ("(?>a)", "`(?>` is an atomic group"),
    ("a++", "`++` never gives back"),
    (r"a\Z", r"`\Z` is written \z"),
    ("a(b", "missing )"),
    ("((a{100}){100}){100}", "invalid repetition size, `{100}`"),
    ("\ud800", "is not Unicode text"),
]


@pytest.mark.parametrize(("pattern", "words"), REFUSED)
def test_what_is_not_of_the_language_is_named(pattern, words):
    with pytest.raises(PatternError) as caught:
        compiled(pattern)
    assert words in str(caught.value)


def test_a_pattern_that_never_ends_in_another_engine_is_decided_at_once():
    text = "a" * 30_000 + "!"
    assert compiled("((a+)+)").fullmatch(text) is None
    assert not screen("^(a+)+$").is_valid(text)


def test_the_groups_of_a_match_are_those_of_the_text():
    match = compiled("(?P<name>.+?)(?: (m)2)?").fullmatch("Größe m2")
    assert (match.group(1), match.groups(), match.groupdict()) == (
        "Größe", ("Größe", "m"), {"name": "Größe"}
    )  # fmt: skip
    assert compiled("(a)|(b)").fullmatch("b").group(1) is None


def test_a_schema_means_by_its_signs_what_ecmascript_means():
    assert screen(r"^\s$").is_valid("\xa0")
    assert not screen(r"^\d$").is_valid("٣")
    assert not screen("a$").is_valid("a\n")
