"""What is kept comes back as it was, from memory and from a file."""

import copy
import datetime as dt
import errno

import pytest

from importer import piece_file
from importer.errors import UsageError
from importer.export.kept import Kept
from importer.export.rows import Rows
from importer.targets.protocol import LiveEntity, Ref

THINGS = [
    {"Desk": "D1", "Seats": 1, "Bookable": True, "Share": 0.5, "Since": dt.date(2026, 1, 2)},
    {},
    LiveEntity("DESK", ("B", "D1"), "1", {"x": [None]}, {"parentId": (Ref("FLOOR", "f"),)}),
]


@pytest.fixture(params=[1, 8 << 20], ids=["file", "memory"])
def things(request, monkeypatch):
    monkeypatch.setattr(piece_file, "IN_MEMORY", request.param)
    some = Kept()
    for number, thing in enumerate(THINGS):
        some.add(thing)
        assert some[number] == thing
    return some


def test_things_come_back_in_their_order_and_by_number(things):
    assert list(things) == list(things) == THINGS
    assert (things[-1], things[:2], len(things)) == (THINGS[-1], THINGS[:2], 3)
    assert not Kept()


def test_a_copy_of_them_is_a_list(things):
    assert copy.deepcopy(things) == THINGS


def test_rows_know_all_their_headings_in_the_order_of_the_cells():
    rows = Rows()
    for row in ({"A": 1, "B": 2}, {"C": 3, "A": 4}):
        rows.add(row)
    assert list(rows.headings) == ["A", "B", "C"]


def test_where_the_disk_is_full_the_words_say_so(things, monkeypatch):
    def write(_packed):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(things._pieces._file, "write", write)
    with pytest.raises(UsageError, match="no room among the temporary files: No space left"):
        things.add(1)
    assert list(things) == THINGS
