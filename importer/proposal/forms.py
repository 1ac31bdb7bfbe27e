"""Which form a cell has: a number, a date, a web address, a sentence, a short text..."""

from __future__ import annotations

import re
from functools import lru_cache

from importer.proposal.data import listed
from importer.proposal.normalize import tokens_of
from importer.proposal.plain import is_wide, plain
from importer.yes_no import yes_or_no

_NUMBER = re.compile(
    r"[-+]?(?:[$€£¥] ?)?"
    r"\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3})*(?:[.,]\d+)?(?: ?%)?|[-+]?\d+(?:[.,]\d+)?"
)
_DATE = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T]\d{1,2}:\d{2}.*)?"
    r"|\d{1,2}[-/.] ?\d{1,2}[-/.] ?(?:\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?"
    r"|\d{1,2}[-. ](?:[^\W\d_]{3,9})\.?[-. ,]+\d{2,4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4}"
)  # fmt: skip
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.\w{2,}")
_NAMED_MAIL = re.compile(r".*\S\s*[<(][^@\s<>]+@[^@\s<>]+[>)]\s*[;,]?.*", re.DOTALL)
_GUID = re.compile(r"\{?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?")
_ZONE = re.compile(
    r"(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[\w/+-]+|UTC|GMT"
)
_QUALIFIED = re.compile(r"urn:.+|[\w-]+(?:/[\w.@ -]+){2,}|[\w-]+(?:\.[\w-]+){2,}|[\w/-]+@[\w-]+")
_CODE = re.compile(r"(?=.*\d)[\w./#-]{1,20}(?: [\w./#-]{1,8})?")
_ACRONYM = re.compile(
    r"(?=.*[A-Z\u00c0-\u00de\u0410-\u042f].*[A-Z\u00c0-\u00de\u0410-\u042f])[^\W\d_.&/-][\w.&/-]{1,7}"
)
ENDS = (".", "。", "!", "?", "…")

FORMS = (
    ("url", _URL), ("mail", _MAIL), ("owner", _NAMED_MAIL), ("guid", _GUID), ("zone", _ZONE),
    ("date", _DATE), ("time", _TIME),
)  # fmt: skip
"""The forms that one pattern tells, in their order."""


@lru_cache(maxsize=50_000)
def form_of(text: str) -> str:
    """Return the form of a cell that is not blank."""
    if plain(text) in listed("blank_words"):
        return "blank"
    if _is_number(text):
        return "integer" if text.lstrip("+-").isdecimal() else "number"
    for form, pattern in FORMS:
        if pattern.fullmatch(text):
            return form
    return _wordy_form(text)


def is_yes_or_no(text: str) -> bool:
    """Return whether a cell is a word for yes or no."""
    word = plain(text)
    return yes_or_no(text) is not None or word in listed("yes") or word in listed("no")


def is_sentence(text: str) -> bool:
    """Return whether a text is a sentence or as long as one."""
    wide = is_wide(text)
    length = 2 * len(text) if wide else len(text)
    words = length // 4 if wide else len(text.split())
    return length > 60 or words >= 9 or (words >= 4 and length > 24 and text.endswith(ENDS))


def _wordy_form(text: str) -> str:
    if len(text) <= 120 and any(map(str.isdigit, text)) and _is_street(text):
        return "street"
    if text.startswith("urn:"):
        return "path"
    if is_sentence(text):
        return "sentence"
    if _ACRONYM.fullmatch(text):
        return "acronym"
    if " " not in text and _QUALIFIED.fullmatch(text) and len(text) > 8:
        return "path"
    return "code" if _CODE.fullmatch(text) else "text"


def _is_number(text: str) -> bool:
    begins = text[0].isdigit() or text[0] in "+-$€£¥"
    return begins and bool(_NUMBER.fullmatch(text)) and text.count(".") != 2


def _is_street(text: str) -> bool:
    """Return whether a text with a number in it has a word for a street."""
    words = tokens_of(text)
    ends = tuple(listed("street_endings"))
    named = any(word in listed("street_words") or word.endswith(ends) for word in words)
    return named and (is_wide(text) or len(words) > 1) and any(len(word) > 2 for word in words)
