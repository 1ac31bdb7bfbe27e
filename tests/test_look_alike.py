"""Names that look alike share a form, and the sign that tells them apart has a name."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from importer.invisible import INVISIBLE
from importer.look_alike import CASES, alike, cases, difference, is_plain, look, looks

PLAIN = "North House"
ODD = [
    ("NORTH HOUSE", "but differs in upper and lower case"),
    ("North\u00a0House", "but has a NO-BREAK SPACE after `North`"),
    ("North  House", "but has more than one blank after `North`"),
    ("NORTH  House", "but has more than one blank after `NORTH`"),
    ("North\nHouse", "but has a line break after `North`"),
    ("North\tHouse", "but has a tab after `North`"),
    ("North \u200bHouse", "but has a ZERO WIDTH SPACE after `North`"),
    ("North Ho\u00aduse", "but has a SOFT HYPHEN after `Ho`"),
    ("North\u200e House", "but has a LEFT-TO-RIGHT MARK after `North`"),
    ("N\u043erth House", "but has a CYRILLIC SMALL LETTER O after `N`"),
    ("\uff2eorth House", "but has a FULLWIDTH LATIN CAPITAL LETTER N at its beginning"),
]
OTHERS = [
    ("Cafe\u0301", "Caf\u00e9", "but has a COMBINING ACUTE ACCENT after `Cafe`"),
    ("Vendor\u2019s", "Vendor's", "but has a RIGHT SINGLE QUOTATION MARK after `Vendor`"),
    ("Pre\u2013paid", "Pre-paid", "but has an EN DASH after `Pre`"),
    ("Stra\u00dfe", "Strasse", "but is spelt with other characters"),
    ("\u0391lpha", "Alpha", "but has a GREEK CAPITAL LETTER ALPHA at its beginning"),
    ("\u0410-101", "A-101", "but has a CYRILLIC CAPITAL LETTER A at its beginning"),
    ("\u0422\u0415\u0421\u0422", "TECT", "but has a CYRILLIC CAPITAL LETTER TE at its beginning"),
    ("\u260e\ufe0f Phone", "\u260e Phone", "but has a VARIATION SELECTOR-16 after `\u260e`"),
]
NAMES = st.text(
    alphabet=[
        *"aA b\u00e9",
        "\u00a0",
        "e\u0301"[1],
        *INVISIBLE[:5],
        "\n",
        *"\u0410\u0391\u03b1\u03bc\u03bb\ufe0f",
    ]
)


@pytest.mark.parametrize(("odd", "words"), ODD)
def test_what_is_hard_to_see_is_named_with_its_place(odd, words):
    assert look(odd) == look(PLAIN)
    assert difference(odd, PLAIN) == words
    assert difference(PLAIN, odd) == words.replace("but has", "which has")


@pytest.mark.parametrize(("odd", "plain", "words"), OTHERS)
def test_so_are_other_forms_of_a_letter_or_sign(odd, plain, words):
    assert look(odd) == look(plain)
    assert difference(odd, plain) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5 \u03bcm", "5 mm"),
        ("5 \u03bc", "5 m"),
        ("\u03b2-carotene", "B-carotene"),
        ("\u03c7\u00b2", "X2"),
        ("\u0431\u0430\u043d\u043a", "bank"),
        ("Cash-flow", "Cash flow"),
        ("Room 1", "Room l"),
        ("a1", "a 1"),
    ],
)
def test_what_anybody_can_see_does_not_look_alike(one, other):
    assert look(one) != look(other)


def test_letter_case_counts_for_nothing_in_any_script():
    assert look("\u0412\u041e\u0414\u0410") == look("\u0432\u043e\u0434\u0430")
    assert look("\u039d\u0395\u0391") == look("\u03bd\u03b5\u03b1") == look("\u039d\u03b5\u03b1")


@pytest.mark.parametrize("name", ["North House", "Caf\u00e9", "\u6771\u4eac"])
def test_a_name_that_anybody_can_type_is_plain(name):
    assert is_plain(name)


@pytest.mark.parametrize("name", [odd for odd, words in ODD if "case" not in words][:8])
def test_a_name_with_something_unseen_is_not(name):
    assert not is_plain(name)


@given(st.sets(NAMES.filter(str.strip), max_size=6))
@example({"A\u0410"})
def test_all_names_at_once_have_the_same_looks_as_one_by_one(names):
    assert looks(names) == {look(name) for name in names}


@given(st.sets(NAMES.filter(str.strip), max_size=6))
def test_a_group_holds_all_that_look_alike(names):
    expected = [{n for n in names if look(n) == form} for form in {look(n) for n in names}]
    groups = list(alike(names))
    assert sorted(map(sorted, groups)) == sorted(sorted(e) for e in expected if len(e) > 1)


@given(NAMES)
def test_the_look_of_a_look_is_itself(name):
    assert look(look(name)) == look(name)


@given(st.sets(NAMES.filter(str.strip), max_size=6))
@example({"Desk 1", "Desk  1"})
@example({"O'Neil", "O'neil"})
@example({"A\u00df", "A\u1e9e"})
def test_names_in_one_case_that_look_alike_are_equal(names):
    if cases(names, CASES):
        assert len({look(name) for name in names}) == len(names)


@pytest.mark.parametrize("case", CASES)
def test_the_case_of_names_is_known_piece_by_piece(case):
    names = [case("north house"), case("desk 12b")]
    assert case in cases(names, CASES)
    assert cases(["nOrTh"], CASES) == []
