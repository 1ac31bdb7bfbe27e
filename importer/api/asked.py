"""Keyword arguments as what the pipeline is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from importer.errors import UsageError
from importer.options import Options

Texts: TypeAlias = str | Sequence[str] | None
"""One text or several."""

Answers: TypeAlias = Mapping[str, object] | None
"""What a template asks -> the answer."""

MOST_JOBS = 64


def options(
    *,
    template: object = None,
    sheet: Texts = None,
    prune: Texts = None,
    strict: bool = False,
    set: Answers = None,  # noqa: A002 - the flag's name
    encoding: str = "",
    delimiter: str = "",
    quote: str = "",
    allow_mass_change: bool = False,
    verify: bool = False,
) -> Options:
    """Return what keyword arguments ask for. Raises UsageError."""
    return Options(
        template=str(template) if template is not None else None,
        only=_texts(sheet),
        prune=_texts(prune),
        strict=bool(strict),
        answers=tuple(_answer(str(name), value) for name, value in (set or {}).items()),
        encoding=encoding,
        delimiter=delimiter,
        quote=quote,
        allow_mass_change=bool(allow_mass_change),
        verify=bool(verify),
    )


def _texts(given: Texts) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(map(str, given or ()))


def _answer(name: str, value: object) -> tuple[str, str]:
    text = str(value).strip()
    if not name.strip() or value is None or not text:
        raise UsageError(f"set= has no answer for `{name}`: give a text.")
    return name.strip(), text


def at_least_one(**given: int | None) -> None:
    """Refuse numbers below 1. Raises UsageError."""
    for name, number in given.items():
        if number is not None and (not isinstance(number, int) or number < 1):
            raise UsageError(f"{name}= is {number!r}: give a whole number from 1 on.")


def in_flight(jobs: int) -> None:
    """Refuse a number of requests in flight that cannot be. Raises UsageError."""
    at_least_one(jobs=jobs)
    if jobs > MOST_JOBS:
        raise UsageError(f"jobs= is {jobs}: give a whole number from 1 to {MOST_JOBS}.")
