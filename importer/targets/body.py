"""An answer whose body is still to come in, the whole body out; what takes for ever is given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from requests import Response

PIECE = 1 << 16


class TooSlow(TimeoutError):
    """The answer comes in so small pieces that nobody waits for its end."""


def body_of(response: Response, seconds: float, clock: Callable[[], float]) -> bytes:
    """All bytes of the body, if they come within `seconds`; each piece has its own time-out.

    The answer is closed in any case. Raises TooSlow, OSError, or what urllib3 raises for an answer
    that is cut off.
    """
    end = clock() + seconds
    pieces = []
    with response:
        while piece := response.raw.read1(PIECE, decode_content=True):
            pieces.append(piece)
            if clock() > end:
                raise TooSlow(f"it was not whole after {seconds:g} seconds")
    return b"".join(pieces)
