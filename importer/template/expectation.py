"""What a schema may expect of a value beyond what the target demands (`x-expects`)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

KEYWORD = "x-expects"
"""The keyword of a schema that names an expectation."""


class Expectation(StrEnum):
    """What a value should be; one that is something else is sent, with a warning."""

    TIME_ZONE = "time zone"
    TIME_OF_DAY = "time of day"
    WEEKDAY = "weekday"
    DAY = "day"
    WHOLE_NUMBER = "whole number"
    YES_OR_NO = "yes or no"
    ACCOUNT = "account"
    TAG = "tag"


def expected(schema: Any) -> Iterator[str]:
    """Yield what a schema expects, in any of its parts."""
    if isinstance(schema, dict):
        if KEYWORD in schema:
            yield str(schema[KEYWORD])
        schema = list(schema.values())
    for part in schema if isinstance(schema, list) else ():
        yield from expected(part)
