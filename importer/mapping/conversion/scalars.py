"""Converts one cell to one value by the type of its column: text, yes or no, JSON, an action."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any

from importer.finding_codes import FindingCode
from importer.mapping.conversion.numbers import WHOLE
from importer.mapping.conversion.values import Convert, Fault, shown
from importer.model import Cell
from importer.suggest import nearest
from importer.yes_no import yes_or_no

MOST_LEVELS = 100
"""How deep the JSON of a cell may be nested; a request may be 254 levels deep in all (orjson)."""

_TOO_DEEP = f"The JSON is nested too deep to be sent: more than {MOST_LEVELS} levels."


def fold_word(text: str) -> str:
    """Return a word as it is compared: without the blanks around it and without case."""
    return text.strip().casefold()


def _text(cell: Cell) -> Any:
    return cell if isinstance(cell, str) else shown(cell)


def _trimmed(cell: Cell) -> Any:
    return shown(cell).strip()


def _boolean(cell: Cell) -> Any:
    if isinstance(cell, bool):
        return cell
    said = yes_or_no(shown(cell))
    if said is not None:
        return said
    return Fault(FindingCode.NOT_YES_OR_NO, f"`{shown(cell)}` is neither yes nor no.")


def parsed_json(text: str) -> Any:
    """Return the JSON value, or a Fault; `NaN` and the like are Python's and not JSON.

    A number that cannot be sent is a Fault too, and so is what is nested deeper than MOST_LEVELS.
    """
    try:
        value = json.loads(
            text, parse_constant=_no_constant, parse_float=_finite, parse_int=_sendable
        )
    except ValueError as error:
        return Fault(FindingCode.NOT_JSON, f"The text is not JSON: {error}.")
    except RecursionError:
        return Fault(FindingCode.NOT_JSON, _TOO_DEEP)
    may_be_deep = text.count("[") + text.count("{") > MOST_LEVELS
    return Fault(FindingCode.NOT_JSON, _TOO_DEEP) if may_be_deep and _is_deep(value) else value


def _is_deep(value: Any, left: int = MOST_LEVELS) -> bool:
    """Whether objects and lists stand in each other more than `left` times."""
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return left == 0 or any(_is_deep(one, left - 1) for one in inner)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError(f"{digits} is too large")
    return number


def _sendable(digits: str) -> int | float:
    """Return a whole number, beyond 64 bits as the float that is nearest."""
    short = len(digits) <= len(str(WHOLE.start))
    return int(digits) if short and int(digits) in WHOLE else _finite(digits)


def _json(cell: Cell) -> Any:
    return parsed_json(shown(cell))


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
    "boolean": _boolean,
    "json": _json,
    "action": _action,
}
