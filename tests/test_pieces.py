"""Iterables and streams, cut into pieces."""

from io import BytesIO
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from importer.pieces import pieces, stream_pieces

SIZE = st.integers(1, 9)


@given(st.lists(st.integers()), SIZE)
def test_pieces_hold_all_values_in_order_and_only_the_last_is_short(values, size):
    found = list(pieces(values, size))
    assert [value for piece in found for value in piece] == values
    assert all(len(piece) == size for piece in found[:-1])
    assert all(1 <= len(piece) <= size for piece in found)


def test_no_more_is_taken_than_a_piece_needs():
    numbers = count()
    assert next(pieces(numbers, 3)) == [0, 1, 2]
    assert next(numbers) == 3


@given(st.binary(), st.integers(0, 5), SIZE)
def test_the_rest_of_a_stream_comes_in_order(data, start, size):
    stream = BytesIO(data)
    stream.seek(start)
    found = list(stream_pieces(stream, size))
    assert b"".join(found) == data[start:]
    assert all(1 <= len(piece) <= size for piece in found)
