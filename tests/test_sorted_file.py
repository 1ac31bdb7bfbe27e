"""Entries come out once and in order, whatever order and portions they came in."""

from contextlib import contextmanager
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from importer.sorted_file import SortedFile


class Entry(Struct, frozen=True, array_like=True):
    place: int
    text: str


def place(entry):
    return entry.place


PORTIONS = st.lists(st.lists(st.builds(Entry, st.integers(0, 99), st.text(max_size=3))))


@contextmanager
def small_pieces(piece, late):
    """Let pieces hold so few entries, and so few be sorted at once."""
    with patch("importer.sorted_file.PIECE", piece), patch("importer.sorted_file.LATE", late):
        yield


def sorted_file(portions):
    file = SortedFile(Entry, place)
    for portion in portions:
        file.add(portion)
    return file


@given(PORTIONS, st.integers(1, 4), st.integers(1, 8))
def test_nothing_is_lost_and_what_is_there_twice_is_refused(portions, piece, late):
    entries = [entry for portion in portions for entry in portion]
    with small_pieces(piece, late):
        file = sorted_file(portions)
        if len({entry.place for entry in entries}) == len(entries):
            assert list(file) == list(file) == sorted(entries, key=place)
        else:
            with pytest.raises(ValueError, match="is there twice"):
                list(file)


@given(st.permutations([Entry(n, str(n)) for n in range(20)]), st.integers(1, 4), st.integers(1, 8))
def test_what_comes_late_comes_out_in_order(entries, piece, late):
    with small_pieces(piece, late):
        file = sorted_file([one] for one in entries)
        assert [one.place for one in file] == list(range(20))


def test_more_can_be_added_after_some_were_read():
    file = sorted_file([[Entry(2, "b")]])
    assert [one.text for one in file] == ["b"]
    file.add([Entry(1, "a"), Entry(3, "c")])
    assert [one.text for one in file] == ["a", "b", "c"]
