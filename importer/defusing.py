"""Text in, text that no spreadsheet takes for a formula out of a text file; and the way back.

A workbook says which cells are text; a text file cannot. There an apostrophe before such a text
says so, as it does where somebody types into a cell. Each apostrophe added is one taken away.
"""

from __future__ import annotations

import re

STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Text that begins with one of these may be run as a formula."""

_RISKY = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
DEFUSED = re.compile(r"'[=+\-@\t\r]")
"""What a text file that holds defused texts contains somewhere."""


def defused(text: str) -> str:
    """The text as a text file holds it; numbers stay as they are."""
    risky = _RISKY.match(text) and not _NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


def as_meant(text: str) -> str:
    """The inverse of `defused`."""
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text
