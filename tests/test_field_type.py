"""What a field of the target can hold."""

import pytest

from importer.field_type import FieldType, beyond, length

INT = FieldType("integer", bits=32)
LARGE = "is too large: the target's whole numbers end here at 2,147,483,647"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (2**31 - 1, ""),
        (2**31, LARGE),
        (-(2**31), ""),
        (-(2**31) - 1, "is too small: the target's whole numbers end here at -2,147,483,648"),
        ([1, 2**31], LARGE),
        (1e30, ""),
        (True, ""),
        ("9" * 20, ""),
        (None, ""),
    ],
)
def test_a_whole_number_has_no_more_bits_than_its_type(value, words):
    assert INT.too_large(value) == words


def test_a_type_that_says_nothing_holds_anything():
    assert not FieldType().limited
    assert beyond(2**80, 0) == FieldType().too_large(2**80) == FieldType().too_long("x" * 999) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("x" * 5, ""),
        ("x" * 6, "has 6 characters; the target takes 5"),
        (["x", "x" * 1234], "has 1,234 characters; the target takes 5"),
        ("😀😀", ""),
        ("😀😀😀", "has 6 characters; the target takes 5"),
        (123456, ""),
    ],
)
def test_a_text_is_no_longer_than_its_field(value, words):
    assert FieldType(longest=5).too_long(value) == words


def test_signs_beyond_the_first_65536_count_twice():
    assert [length(text) for text in ("", "é", "中", "😀", "a😀b")] == [0, 1, 1, 2, 4]
