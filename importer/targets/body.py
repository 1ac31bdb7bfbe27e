"""Reads the whole body of an HTTP response, up to a limit that is checked after decoding.

A few kilobytes of gzip can stand for gigabytes, and a body need not end at all. A list that may be
long goes into a file, whole, before anything of it is looked at: half a list is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from tempfile import TemporaryFile, gettempdir
from typing import IO, TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from requests import Response

PIECE = 1 << 16
MOST_BYTES = 256 << 20
"""The longest body that is decoded in memory; no call but that of a list answers as much."""

MOST_VALUES = 10_000_000
"""The most values in a JSON body: in memory, each of `[[],[],...]` takes thirty times its text."""

LONG = 16 << 20
"""A list that is longer is decoded piece by piece, in memory that does not grow with it."""

LONGEST_LIST = 4 << 30
"""The longest list: seven million assets, say. Something ends it, and a disk has room for it."""


class BodyTooLarge(Exception):
    """A body above one of the limits; the text says which."""


class NotJson(Exception):
    """A long body that is not JSON."""


class LongList(Struct, frozen=True):
    """How a list is read that may be long: `take` makes of its text what is wanted.

    It is called where the text is above LONG; more than `most` bytes are not read. It raises
    NotJson, WrongShape or BodyTooLarge.
    """

    take: Callable[[IO[bytes]], Any]
    most: int = LONGEST_LIST


def read_body(response: Response) -> bytearray:
    """Return all bytes of the body, decoded; the response is closed in any case.

    Raises BodyTooLarge, OSError, or what urllib3 raises for a response that is cut off.
    """
    body = bytearray()
    with response:
        for piece in _pieces(response, MOST_BYTES):
            body += piece
    return _of_few_values(body)


def read_list(response: Response, most: int) -> bytearray | IO[bytes]:
    """Return all bytes of the body as `read_body` does, in a file where they are above LONG."""
    body = bytearray()
    with response:
        _demand_length(response, most)
        pieces = _pieces(response, most)
        for piece in pieces:
            body += piece
            if len(body) > LONG:
                return _filed(body, pieces)
    return _of_few_values(body)


def _pieces(response: Response, most: int) -> Iterator[bytes]:
    left = most
    while piece := response.raw.read1(PIECE, decode_content=True):
        left -= len(piece)
        if left < 0:
            raise _too_long(most)
        yield piece


def _demand_length(response: Response, most: int) -> None:
    """Raise BodyTooLarge where the server says beforehand that the body is longer than `most`."""
    stated = response.headers.get("Content-Length", "")
    if "Content-Encoding" not in response.headers and stated.isdecimal() and int(stated) > most:
        raise _too_long(most)


def _too_long(most: int) -> BodyTooLarge:
    return BodyTooLarge(f"it is longer than {most >> 20} MB")


def _of_few_values(body: bytearray) -> bytearray:
    if sum(map(body.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise BodyTooLarge(f"it holds more than {MOST_VALUES:,} values")
    return body


def _filed(body: bytearray, pieces: Iterator[bytes]) -> IO[bytes]:
    """Return a file without a name that holds `body` and all that follows it."""
    file = TemporaryFile()  # noqa: SIM115 - it is the caller's
    try:
        _write(file, body)
        for piece in pieces:
            _write(file, piece)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def _write(file: IO[bytes], text: bytes | bytearray) -> None:
    try:
        file.write(text)
    except OSError as error:  # not of the connection: asked for again, it would not help
        raise BodyTooLarge(f"it has no room in {gettempdir()} ({error.strerror})") from None
