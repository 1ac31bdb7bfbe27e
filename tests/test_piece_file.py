"""Pieces of bytes come back from a file without a name."""

import gc
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from importer import piece_file
from importer.piece_file import PieceFile


@pytest.mark.parametrize("in_memory", [1 << 20, 1], ids=["in memory", "in a file"])
def test_pieces_come_back_in_any_order(monkeypatch, in_memory):
    monkeypatch.setattr(piece_file, "IN_MEMORY", in_memory)
    kept = PieceFile()
    first, second = kept.add(b"one"), kept.add(b"")
    assert kept.read(first) == b"one"
    third = kept.add(b"three" * 100)
    assert [kept.read(one) for one in (third, second, first)] == [b"three" * 100, b"", b"one"]
    assert list(kept) == [b"one", b"", b"three" * 100]


def test_the_file_is_closed_with_the_last_who_asks(monkeypatch):
    monkeypatch.setattr(piece_file, "IN_MEMORY", 1)
    kept = PieceFile()
    kept.add(b"one")
    file = kept._file
    del kept
    gc.collect()
    assert file.closed


def test_several_threads_read_each_their_own_pieces(monkeypatch):
    monkeypatch.setattr(piece_file, "IN_MEMORY", 1)
    before = sys.getswitchinterval()
    kept, written = PieceFile(), [str(number).encode() * 2000 for number in range(400)]
    for piece in written:
        kept.add(piece)
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            seen = list(pool.map(lambda _: list(kept), range(8)))
    finally:
        sys.setswitchinterval(before)
    assert seen == [written] * 8


@pytest.mark.parametrize("in_memory", [1 << 20, 1], ids=["in memory", "in a file"])
def test_another_process_may_have_a_copy(monkeypatch, in_memory):
    monkeypatch.setattr(piece_file, "IN_MEMORY", in_memory)
    kept = PieceFile([b"one", b"two"])
    assert list(pickle.loads(pickle.dumps(kept))) == [b"one", b"two"]
