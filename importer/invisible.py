"""Characters that nobody sees: which they are, and texts without them.

They come along when text is copied from web pages, from PDFs and from other programs. At the end of
a text they mean nothing; inside, some join letters or emoji or turn the direction of writing.
"""

from __future__ import annotations

import re

_DIRECTION = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_NO_WIDTH = (0x180E, *range(0x200B, 0x200E), *range(0x2060, 0x2066), *range(0x206A, 0x2070), 0xFEFF)
_BLANK_LETTERS = (0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0)
_OTHERS = (0x00AD, 0x034F, 0xFFF9, 0xFFFA, 0xFFFB)  # soft hyphen, joiner of graphemes, annotations

INVISIBLE = "".join(map(chr, (*_DIRECTION, *_NO_WIDTH, *_BLANK_LETTERS, *_OTHERS)))
"""The characters that are taken out at the ends of values and everywhere in headings."""

_ONE = re.compile(f"[{INVISIBLE}]")
_END = re.compile(rf"\A[\s{INVISIBLE}]+|[\s{INVISIBLE}]+\Z")


_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029" + "".join(map(chr, _DIRECTION)) + "]"
)
"""What a terminal obeys, breaks a line, or turns the direction of what is read."""


def escaped(text: str) -> str:
    """Return a text for people in which control and bidirectional characters are shown: `\\u202e`.

    Tabs and line feeds stay. A name could else pretend to be another, or write over the line above.
    """
    if text.isascii() and text.isprintable():
        return text
    return _CONTROL.sub(shown, text)


def without_control(text: str) -> str:
    """Return a text in one line without control and bidirectional characters."""
    return _CONTROL.sub("", text.replace("\t", " ").replace("\n", " "))


def shown(found: re.Match[str]) -> str:
    """Return a character as its escape: `\\u202e`."""
    return f"\\u{ord(found.group()):04x}"


def holds_invisible(text: str) -> bool:
    """Return whether any character of a text is invisible; a long text takes no time."""
    return not text.isascii() and any(character in text for character in INVISIBLE)


def visible(text: str) -> str:
    """Return a text without any invisible character."""
    return text if text.isascii() else _ONE.sub("", text)


def without_invisible_ends(text: str) -> str:
    """Return a text without the invisible characters before its first and after its last letter.

    The blanks among them stay.
    """
    return text if text.isascii() else _END.sub(lambda end: visible(end.group()), text)


def trimmed(text: str) -> str:
    """Return a text without the blanks and invisible characters at its ends."""
    return text.strip() if text.isascii() else _END.sub("", text)
