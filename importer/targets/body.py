"""Reads the whole body of an HTTP response, up to a limit that is checked after decoding.

A few kilobytes of gzip can stand for gigabytes, and a body need not end at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from requests import Response

PIECE = 1 << 16
MOST_BYTES = 256 << 20
"""The longest body: a list of half a million assets, say."""

MOST_VALUES = 10_000_000
"""The most values in a JSON body: in memory, each of `[[],[],...]` takes thirty times its text."""


class BodyTooLarge(Exception):
    """A body above one of the limits; the text says which."""


def read_body(response: Response) -> bytearray:
    """Return all bytes of the body, decoded; the response is closed in any case.

    Raises BodyTooLarge, OSError, or what urllib3 raises for a response that is cut off.
    """
    body = bytearray()
    with response:
        while piece := response.raw.read1(PIECE, decode_content=True):
            body += piece
            if len(body) > MOST_BYTES:
                raise BodyTooLarge(f"it is longer than {MOST_BYTES >> 20} MB")
    if sum(map(body.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise BodyTooLarge(f"it holds more than {MOST_VALUES:,} values")
    return body
