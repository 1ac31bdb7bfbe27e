"""Converts one cell to one value by the type of its column: text, number, date, link, JSON."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from typing import Any

from importer.finding_codes import FindingCode
from importer.mapping.values import Convert, Fault, shown
from importer.model import Cell
from importer.suggest import did_you_mean, nearest

_TRUE = frozenset({"yes", "true", "1", "y", "x"})
_FALSE = frozenset({"no", "false", "0", "n"})
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_LINK = re.compile(r"(https?://|ftps?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)


def fold_word(text: str) -> str:
    """Return a word as it is compared: without the blanks around it and without case."""
    return text.strip().casefold()


def _text(cell: Cell) -> Any:
    return cell if isinstance(cell, str) else shown(cell)


def _trimmed(cell: Cell) -> Any:
    return shown(cell).strip()


def _number(cell: Cell) -> Any:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return int(cell) if float(cell).is_integer() else cell
    text = shown(cell).strip()
    if isinstance(cell, str) and _NUMBER.fullmatch(text):
        if text.lstrip("+-").isdigit():
            return int(text)
        number = float(text)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    return Fault(FindingCode.NOT_A_NUMBER, f"`{text}` is not a number.", _plain_number(text))


def _plain_number(text: str) -> str | None:
    """Return the number that may be meant; of two marks, the last is the decimal mark."""
    digits = re.sub(r"[\s'\xa0\u202f\u2019]", "", text)
    comma, stop = digits.rfind(","), digits.rfind(".")
    if comma > stop >= 0 or (stop < 0 and re.fullmatch(r"[^,]*,(\d{1,2}|\d{4,})", digits)):
        digits = digits.replace(".", "").replace(",", ".")
    elif digits.count(".") > 1:
        digits = digits.replace(".", "")
    digits = digits.replace(",", "")
    return digits if digits != text and _NUMBER.fullmatch(digits) else None


def _integer(cell: Cell) -> Any:
    number = _number(cell)
    if isinstance(number, float):
        return Fault(FindingCode.NOT_A_WHOLE_NUMBER, f"`{shown(cell)}` is not a whole number.")
    return number


def _boolean(cell: Cell) -> Any:
    if isinstance(cell, bool):
        return cell
    word = fold_word(shown(cell))
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    return Fault(FindingCode.NOT_YES_OR_NO, f"`{shown(cell)}` is neither yes nor no.")


def moment_of(cell: Cell, formats: Sequence[str]) -> dt.datetime | Fault:
    """Return the moment a date cell states, in UTC where it names no zone."""
    if isinstance(cell, dt.datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=dt.UTC)
    if isinstance(cell, dt.date):
        return dt.datetime(cell.year, cell.month, cell.day, tzinfo=dt.UTC)
    text = shown(cell).strip()
    found = _parsed(text, formats) if isinstance(cell, str) else None
    if found is None:
        forms = ", ".join(formats) or "2026-01-31"
        return Fault(FindingCode.NOT_A_DATE, f"`{text}` is not a date in a known form ({forms}).")
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _parsed(text: str, formats: Sequence[str]) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in formats:
        try:
            return dt.datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def parsed_json(text: str) -> Any:
    """Return the JSON value, or a Fault; `NaN` and the like are Python's and not JSON."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except ValueError as error:
        return Fault(FindingCode.NOT_JSON, f"The text is not JSON: {error}.")


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _json(cell: Cell) -> Any:
    return parsed_json(shown(cell))


def _url(cell: Cell) -> Any:
    text = shown(cell).strip()
    if _LINK.fullmatch(text):
        return text
    bare = re.fullmatch(r"(www\.)?[\w-]+(\.[\w-]+)+(/\S*)?", text)
    joined = re.sub(r"[ \xa0]", "%20", text) if re.match(r"\w+://[^/\s]+/", text) else ""
    suggestion = f"https://{text}" if bare else joined if _LINK.fullmatch(joined) else None
    form = "it begins with https://, ftp:// or mailto: and has no blanks."
    end = did_you_mean(suggestion, form, after=":")
    return Fault(FindingCode.BAD_URL, f"`{text}` is not a link{end}", suggestion)


def _action(cell: Cell) -> Any:
    word = fold_word(shown(cell))
    if word == "delete":
        return word
    near = nearest(word, ["delete"])
    return Fault(FindingCode.NOT_ALLOWED, f"`{shown(cell)}` is no action: blank or delete.", near)


SCALARS: dict[str, Convert] = {
    "text": _text,
    "enum": _text,
    "name": _trimmed,
    "id": _trimmed,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "json": _json,
    "url": _url,
    "action": _action,
}
