"""Mojibake: UTF-8 that was once read in another encoding and saved again, `GrÃ¶ÃŸe` for `Größe`."""

from __future__ import annotations

import re
from functools import cache

REPLACED = "\ufffd"
"""What a program writes in place of a letter that it cannot show."""

LEADS = {
    "cp1252": b"\xc2\xc3\xc4\xc5\xce\xcf\xd0\xd1",
    "mac-roman": b"\xc2\xc3",
    "cp850": b"\xc3\xc4",
    "cp437": b"\xc3\xc4",
    "cp1250": b"\xc3\xc4\xc5",
    "cp1251": b"\xd0\xd1",
}
"""Wrong encoding -> first bytes of two-byte letters that it seldom shows as what people write."""

PUNCTUATION = (b"\xe2\x80", b"\xe2\x82", b"\xe2\x84")
"""The first two bytes of dashes and quotation marks, of the euro and the trade mark."""


def character(codec: str, byte: int) -> str:
    """Return a byte's character; one that has none in Windows is kept as it is."""
    return bytes([byte]).decode(codec, "ignore") or chr(byte)


TABLES = {codec: {character(codec, byte): byte for byte in range(128, 256)} for codec in LEADS}


def starts_and_ends() -> dict[str, set[str]]:
    """Return what may begin a spoilt letter, with the characters that may end it."""
    found: dict[str, set[str]] = {}
    for codec, leads in LEADS.items():
        later = {character(codec, byte) for byte in range(0x80, 0xC0)}
        pairs = ("".join(character(codec, byte) for byte in pair) for pair in PUNCTUATION)
        for lead in (*(character(codec, byte) for byte in leads), *pairs):
            found.setdefault(lead, set()).update(later)
    return found


STRAY = re.compile(r"[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]|^\W*[\u0370-\u04ff]\W*$")


@cache
def spoilt() -> dict[str, re.Pattern[str]]:
    """Return the patterns of spoilt letters by their first sign: ASCII text needs none of them."""
    return {
        lead: re.compile(f"{lead}[{re.escape(''.join(sorted(ends)))}]")
        for lead, ends in starts_and_ends().items()
    }


def may_be_spoilt(text: str) -> bool:
    """Return whether the text may hold a spoilt letter: a look for each first sign is quick."""
    if text.isascii():
        return False
    return any(lead in text and ends.search(text) for lead, ends in spoilt().items())


def bytes_may_be_spoilt(block: bytes) -> bool:
    """Return whether a piece of a UTF-8 text may hold a spoilt or a lost letter."""
    if block.isascii():
        return False
    text = block.decode(errors="ignore")
    return REPLACED in text or may_be_spoilt(text)


def repaired(text: str) -> str | None:
    """Return the text as it was written, None where nothing shows that it was spoilt.

    All of its letters must have been spoilt in the same way: a text that holds a sound one too is
    what somebody meant.
    """
    if not may_be_spoilt(text):
        return None
    readings = (as_written(text, table) for table in TABLES.values())
    found = next((each for each in readings if each and not STRAY.search(each)), None)
    return (repaired(found) or found) if found else None


def as_written(text: str, table: dict[str, int]) -> str | None:
    """Return the bytes of the text, by the table, read as UTF-8; None where they are not."""
    codes = [ord(each) if each.isascii() else table.get(each, -1) for each in text]
    try:
        return bytes(codes).decode() if min(codes) >= 0 else None
    except (UnicodeDecodeError, ValueError):
        return None
