"""Hints on numbers with something beside them: the sign of a currency, a per cent sign."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import reduce

from importer.mapping.conversion.numbers import LONGEST, NumberForms, plain_number
from importer.template import Column

_FORMS = NumberForms(Column())


def unit_hint(text: str, declared: Sequence[str]) -> str:
    """Return how to declare the sign of a currency, or what a percentage may mean, if it is one."""
    if len(text) > LONGEST or not re.search(r"\d", text):
        return ""
    if text.endswith("%") and "%" not in declared:
        return _percent_hint(text[:-1].strip())
    word = _word_with_sign(text)
    if not reduce(lambda rest, known: rest.replace(known, ""), declared, word):
        return ""
    signs = ", ".join(f'"{known}"' for known in (*declared, word))
    return f": declare `currency = [{signs}]` for the column"


def _word_with_sign(text: str) -> str:
    """Return the sign of a currency with what is written together with it: `US$`."""
    words = re.split(r"[\s\d.,+()-]+", text)
    signed = (word for word in words if any(unicodedata.category(sign) == "Sc" for sign in word))
    return next(signed, "")


def _percent_hint(number: str) -> str:
    found = set(_FORMS.readings(number).values())
    if len(found) != 1:
        return ""
    whole = found.pop()
    number, part = plain_number(whole), plain_number(whole / 100)
    return f': write {number} or {part}, or declare `currency = ["%"]`, which leaves the sign out'
