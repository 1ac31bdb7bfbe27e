"""Reads the whole body of an HTTP response, with a limit on the total time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from requests import Response

PIECE = 1 << 16


class BodyTimeout(TimeoutError):
    """The error of a body that was still incomplete when its time was up."""


def read_body(response: Response, seconds: float, clock: Callable[[], float]) -> bytes:
    """Return all bytes of the body, if they arrive within `seconds`; each read can time out too.

    The response is closed in any case. Raises BodyTimeout, OSError, or what urllib3 raises for a
    response that is cut off.
    """
    end = clock() + seconds
    pieces = []
    with response:
        while piece := response.raw.read1(PIECE, decode_content=True):
            pieces.append(piece)
            if clock() > end:
                raise BodyTimeout(f"it was not whole after {seconds:g} seconds")
    return b"".join(pieces)
