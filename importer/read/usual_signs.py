"""The signs beyond ASCII that are no letters: where people write them, and where nobody does."""

from __future__ import annotations

import re

LETTER = r"[^\W\d_²³¹¼½¾ªºµ]"
OPENING, CLOSING, INSIDE = "“„‘‚«‹¿¡§•°", "”’»›“‘…°²³®©™%", "’·-"
WEIGHTS = {"…": 1.0, "µ": 1.0, "’": 0.85, "™": 0.8, "—": 1.0}
"""How sure a sign makes a reading where people write it: these are the only one in many files."""

PARTNERS = {"¿": "?", "¡": "!"}
MEASURED = re.compile(r"(?:^|[\W\d])(?:µ[mglsAFVWC]|°[CFK])\b")
DASHED = re.compile(rf"{LETTER}{{2}}—{LETTER}{{2}}|\W?[A-Z]—[A-Z]\W?")
BETWEEN = "–—×±•·…«»€£½¼¾°µ§©®†"
SPACES = " \t\u00a0\u202f"
EDGES = f"\"'()[]{{}}/\\.,;:!?|<>=+-*&_\r\n{SPACES}"


def weight(text: str, at: int) -> float:
    """Return how much the sign at `at` says for a reading, 0 where nobody would write it."""
    return WEIGHTS.get(text[at], 0.5) if is_usual(text, at) else 0.0


def is_usual(text: str, at: int) -> bool:
    """Return whether people write the sign at `at` between the characters around it."""
    sign, before, after = text[at], text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    if sign in SPACES:
        return not (before.isalpha() and after.isalpha())
    if sign in PARTNERS and PARTNERS[sign] not in text:
        return False
    if is_joined(text, at):
        return True
    at_start, at_end = before in EDGES or before in OPENING, after in EDGES or after in CLOSING
    if sign in OPENING and at_start and not after.isspace():
        return True
    if sign in CLOSING and at_end and not before.isspace():
        return True
    return sign in BETWEEN and (at_start or before.isdigit()) and (at_end or after.isdigit())


def is_joined(text: str, at: int) -> bool:
    """Return whether the sign at `at` stands inside a word or begins a unit, as people write it."""
    sign, around = text[at], text[max(0, at - 2) : at + 3]
    if sign == "—":
        return DASHED.fullmatch(around) is not None
    if sign in "µ°":
        return MEASURED.match(text, max(0, at - 1)) is not None
    return sign in INSIDE and text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()
