"""The East Asian encodings, told apart by the characters that most texts are made of.

Their characters are two bytes, and the first byte of a common one lies in a small range. A wrong
encoding makes rare characters of the same bytes.
"""

from __future__ import annotations

import re

COMMON = {
    "cp932": (range(0x81, 0x84), range(0x88, 0x98)),
    "gb18030": (range(0xA1, 0xA4), range(0xB0, 0xD8)),
    "big5": (range(0xA1, 0xA2), range(0xA4, 0xC7)),
    "cp949": (range(0xA1, 0xA2), range(0xB0, 0xC9)),
    "euc_jp": (range(0xA1, 0xA6), range(0xB0, 0xD0)),
}
"""Encoding -> first bytes of its punctuation and of its common characters."""

STRICT = frozenset(("gb18030", "cp949", "euc_jp"))
"""Encodings whose common characters have no ASCII sign as their second byte."""

LEAST = 0.8
NON_ASCII = re.compile(r"[^\x00-\x7f]")


def east_asian(sample: bytes) -> list[str]:
    """Return the encodings under which most characters are common ones, the likeliest first."""
    shares = {codec: share_of_common(sample, codec) for codec in COMMON}
    return sorted((codec for codec in COMMON if shares[codec] >= LEAST), key=lambda c: -shares[c])


def share_of_common(sample: bytes, codec: str) -> float:
    """Return the share of characters beyond ASCII that are common, 0 where a byte is none."""
    try:
        found = NON_ASCII.findall(sample.decode(codec))
    except UnicodeDecodeError:
        return 0.0
    raws = [character.encode(codec) for character in found]
    return sum(is_common(raw, codec) for raw in raws) / len(raws) if raws else 0.0


def is_common(raw: bytes, codec: str) -> bool:
    """Return whether a character's bytes are those of a common one."""
    strange = len(raw) != 2 or (codec in STRICT and raw[1] < 0xA1)
    return not strange and any(raw[0] in part for part in COMMON[codec])


def next_after(codec: str, sample: bytes) -> str:
    """Return the East Asian encoding to try if this one is wrong."""
    others = [each for each in (*east_asian(sample), *COMMON) if each != codec]
    return next(each for each in others if each != "gb18030" or codec not in {"gbk", "gb2312"})
