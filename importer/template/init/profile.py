"""Guesses the type of a column from its cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from importer.model import Cell, CellFault

if TYPE_CHECKING:
    import pandas as pd

DATE_FORMS = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d-%m-%Y")
SEPARATORS = (";", "\n", "|")
MOST_WORDS, LONGEST_WORD, LONGEST_ITEM = 8, 30, 60

_NAMES_A_THING = re.compile(r"\b(id|code|number|no|nr|zip|phone|postcode)\b", re.IGNORECASE)
_BOOLEAN = r"(?i:yes|no|true|false|y|n)"
_INTEGER = r"-?(?:0|[1-9]\d{0,14})"
_NUMBER = r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?"
_URL = r"(?i:https?|ftps?)://\S+"


@dataclass(frozen=True, slots=True)
class Guess:
    """The likely type of a column in a mapping, with its date formats, separators or values.

    `words` are the values of an enum; `filled` counts the cells; `unique`: no two are equal.
    """

    type: str = "text"
    formats: tuple[str, ...] = ()
    separators: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    filled: int = 0
    unique: bool = False


def guess(heading: str, cells: Sequence[Cell]) -> Guess:
    """Return a guess from all cells with a value; a single misfit makes the column text."""
    import pandas as pd

    texts = pd.Series(
        [_plain(cell) for cell in cells if not isinstance(cell, CellFault)], dtype=str
    )
    filled, unique = len(texts), bool(texts.is_unique)
    if not filled:
        return Guess()
    kind = _scalar(heading, texts)
    if kind:
        return Guess(kind, filled=filled, unique=unique)
    formats = _date_form(texts)
    if formats is not None:
        return Guess("date", formats=formats, filled=filled, unique=unique)
    separators = _separators(texts)
    if separators:
        return Guess("list", separators=separators, filled=filled, unique=unique)
    words = _words(texts)
    return Guess("enum" if words else "text", words=words, filled=filled, unique=unique)


def _plain(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell).strip()


def _scalar(heading: str, texts: pd.Series[str]) -> str | None:
    names_a_thing = _NAMES_A_THING.search(heading)
    for kind, pattern in (
        ("boolean", _BOOLEAN),
        ("integer", _INTEGER),
        ("number", _NUMBER),
        ("url", _URL),
    ):
        if texts.str.fullmatch(pattern).all():
            return "text" if kind == "integer" and names_a_thing else kind
    return None


def _date_form(texts: pd.Series[str]) -> tuple[str, ...] | None:
    """Return the date format, none for ISO dates; None where the texts are not dates."""
    import pandas as pd

    if texts.str.fullmatch(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?").all():
        return ()
    for form in DATE_FORMS:
        if pd.to_datetime(texts, format=form, errors="coerce").notna().all():
            return (form,)
    return None


def _separators(texts: pd.Series[str]) -> tuple[str, ...]:
    """Return the first separator that is in a fifth of the cells and gives short items."""
    for separator in SEPARATORS:
        items = texts.str.split(separator, regex=False).explode().str.strip()
        often = texts.str.contains(separator, regex=False).mean() >= 0.2
        if often and items.str.len().max() <= LONGEST_ITEM:
            return (separator,)
    return ()


def _words(texts: pd.Series[str]) -> tuple[str, ...]:
    """Return the distinct texts if they are few, short and often repeated, else none."""
    words = texts.drop_duplicates()
    few = 2 <= len(words) <= MOST_WORDS and len(texts) >= 4 * len(words)
    return tuple(words) if few and words.str.len().max() <= LONGEST_WORD else ()
