"""The words for yes and no, in many languages: yes_no.json beside this module."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path


def yes_or_no(text: str) -> bool | None:
    """Return what a text says, without case and the blanks around it; None where neither."""
    return _words().get(_plain(text))


@cache
def _words() -> dict[str, bool]:
    known = json.loads(Path(__file__).with_name("yes_no.json").read_text("utf-8"))
    return {
        _plain(word): said == "yes"
        for said, by_language in known.items()
        for words in by_language.values()
        for word in words
    }


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
