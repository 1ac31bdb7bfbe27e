"""The type that a target's own definitions give a field, and what the field can hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct


class FieldType(Struct, frozen=True):
    """The type that a target's own definitions give a field of custom metadata.

    `type` is a column's: text, integer, number, boolean, or date (then in milliseconds since 1970).
    With `many` the field is a list. `options` are the only values allowed, where there are any.
    Entities of the target's types `refused_on` do not have the field. A `single` number is stored
    in single precision: seven digits of it, no more. A whole number has no more than `bits`, and a
    text is no longer than `longest`, where these are not 0.
    """

    type: str = "text"
    many: bool = False
    options: tuple[str, ...] = ()
    refused_on: frozenset[str] = frozenset()
    single: bool = False
    bits: int = 0
    longest: int = 0

    @property
    def limited(self) -> bool:
        """Whether it holds only some of the values of its type."""
        return bool(self.bits or self.longest)

    def too_large(self, value: Any) -> str:
        """Return why a number, or one of a list, is not stored; blank where none is too large."""
        return next((words for one in _each(value) if (words := beyond(one, self.bits))), "")

    def too_long(self, value: Any) -> str:
        """Return why a text, or one of a list, is not stored; blank where none is too long."""
        lengths = (length(one) for one in _each(value) if self.longest and isinstance(one, str))
        most = max(lengths, default=0)
        seen = f"has {most:,} characters; the target takes {self.longest:,}"
        return seen if most > self.longest else ""


def beyond(value: Any, bits: int) -> str:
    """Return why a whole number does not fit into so many bits; blank where it does."""
    if not bits or isinstance(value, bool) or not isinstance(value, int):
        return ""
    first, end = -(2 ** (bits - 1)), 2 ** (bits - 1)
    if first <= value < end:
        return ""
    what, limit = ("small", first) if value < 0 else ("large", end - 1)
    return f"is too {what}: the target's whole numbers end here at {limit:,}"


def length(text: str) -> int:
    """Return how long a text is for a server in Java: a sign beyond the first 65,536 counts two."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def _each(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        yield from value
    else:
        yield value
