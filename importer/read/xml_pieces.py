"""Feeds XML to expat in pieces, and refuses a tag or a comment that has no end.

Before 2.6, expat begins such a one anew with each piece, so that 60 MB of it take minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.pieces import stream_pieces
from importer.read.sheet_facts import DamagedSheetError

if TYPE_CHECKING:
    from typing import IO
    from xml.parsers.expat import XMLParserType

PIECE = 1 << 18
MAX_TAG = 4 << 20
"""Bytes of a tag or a comment; the longest that a spreadsheet program writes has some kB."""


def parse_pieces(parser: XMLParserType, part: IO[bytes]) -> None:
    """Parse a part to its end. Raises DamagedSheetError and ExpatError."""
    fed = 0
    for piece in stream_pieces(part, PIECE):
        parser.Parse(piece)
        fed += len(piece)
        demand_progress(parser, fed)
    parser.Parse(b"", True)


def demand_progress(parser: XMLParserType, fed: int) -> None:
    """Raise DamagedSheetError where too much of what was fed waits for its end."""
    if fed - max(parser.CurrentByteIndex, 0) > MAX_TAG:
        raise DamagedSheetError(f"it has a tag or a comment of over {MAX_TAG:,} bytes")
