"""Reads a value as one of its type, as Apache Atlas and what was made from it do on saving."""

from __future__ import annotations

import datetime as dt
import math
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MANY_WORDS = ("true", "false")
DATE_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"
"""The only text that a date may be: `yyyy-MM-dd'T'HH:mm:ss.SSS'Z'` (AtlasBaseTypeDef)."""
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def normal_value(value_type: str, value: Any, enums: Mapping[str, tuple[str, ...]]) -> Any:
    """Return `value` as a value of that type; a list as a set, each value once.

    Raises TypeError or ValueError if it is none.
    """
    if value_type.startswith("array<"):
        if not isinstance(value, list) or None in value:
            raise TypeError(value)
        inner = value_type.removeprefix("array<").removesuffix(">")
        return list(dict.fromkeys(normal_value(inner, item, enums) for item in value))
    if value_type in enums:
        return _enum(enums[value_type], value)
    return _READERS[value_type](value)


def _enum(options: tuple[str, ...], value: Any) -> str:
    """Return the option as it is defined; letter case does not count (atlas-metastore, tried)."""
    by_folded_name = {option.lower(): option for option in options}
    if str(value).lower() not in by_folded_name:
        raise ValueError(value)
    return by_folded_name[str(value).lower()]


def java_text(value: Any) -> str:
    """Return a text; any other value becomes text as Java prints it, as in atlas-metastore."""
    pieces: list[str] = []
    waiting = [(False, value)]
    while waiting:  # a recursion would end at some hundred levels
        is_text, item = waiting.pop()
        if is_text:
            pieces.append(item)
        elif isinstance(item, list | dict):
            waiting += reversed(_parts(item))
        else:
            pieces.append(_scalar_text(item))
    return "".join(pieces)


def _parts(value: list[Any] | dict[str, Any]) -> list[tuple[bool, Any]]:
    """Return the parts of a list or an object: (True, text as it stands) or (False, value)."""
    if isinstance(value, list):
        items = [[(False, item)] for item in value]
    else:
        items = [[(True, f"{key}="), (False, item)] for key, item in value.items()]
    between: list[tuple[bool, Any]] = [(True, ", ")]
    joined = [part for place, item in enumerate(items) for part in (between[:place] + item)]
    first, last = "[]" if isinstance(value, list) else "{}"
    return [(True, first), *joined, (True, last)]


def _scalar_text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return str(value)


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError(value)
    return int(value)


def _double(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError(value)
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(value)
    return number


def _float(value: Any) -> float:
    """Return a number in single precision, in the fewest digits that mean it: 33.333332 (tried)."""
    number = _single(_double(value))
    shorter = (float(f"{number:.{digits}g}") for digits in range(1, 9))
    return next((one for one in shorter if _single(one) == number), number)


def _single(number: float) -> float:
    """Return the number of 32 bits that is nearest. Raises ValueError beyond them."""
    try:
        [single] = struct.unpack("<f", struct.pack("<f", number))
    except OverflowError:
        raise ValueError(number) from None
    return float(single)


def _boolean(value: Any) -> bool:
    if isinstance(value, str) and value.lower() in MANY_WORDS:
        return value.lower() == "true"
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _date(value: Any) -> int:
    """Return milliseconds since 1970, from such a number or a text in DATE_FORM."""
    if isinstance(value, str) and not value.lstrip("-").isdigit():
        moment = dt.datetime.strptime(value, DATE_FORM).replace(tzinfo=dt.UTC)
        return (moment - EPOCH) // dt.timedelta(milliseconds=1)
    return _integer(value)


def _map(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return {str(key): java_text(item) for key, item in value.items()}


_READERS: dict[str, Callable[[Any], Any]] = {
    "string": java_text,
    "byte": _integer,
    "short": _integer,
    "int": _integer,
    "long": _integer,
    "float": _float,
    "double": _double,
    "boolean": _boolean,
    "date": _date,
    "map<string,string>": _map,
}
