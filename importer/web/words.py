"""Words as templates write them: code in messages, days, how long, the letters of a column."""

from __future__ import annotations

import datetime as dt
import re

from markupsafe import Markup, escape

from importer.invisible import escaped
from importer.model import column_letter

_CODE = re.compile(r"`([^`]{1,2000})`")
MINUTE, HOUR = 60, 3600


def coded(text: str) -> Markup:
    """Return a message as HTML: what stands between backquotes is code, the rest is text."""
    parts = _CODE.split(escaped(text))
    shown = (
        Markup("<code>{}</code>").format(one) if at % 2 else escape(one)
        for at, one in enumerate(parts)
    )
    return Markup("").join(shown)


def day(date: str) -> str:
    """Return a date in ISO 8601 as people read it; what is none stays as it is."""
    try:
        at = dt.date.fromisoformat(date[:10])
    except ValueError:
        return date
    return f"{at.day} {at:%b %Y}"


def lasting(seconds: float) -> str:
    """Return how long something takes, roughly, as people say it."""
    if seconds < MINUTE:
        return f"{max(1, round(seconds))} s"
    if seconds < HOUR:
        return f"{round(seconds / MINUTE)} min"
    return f"{seconds / HOUR:.1f} h"


def plain(name: str) -> str:
    """Return a name of ours as words: `sensor_group` is `sensor group`."""
    return name.replace("_", " ")


def letters(column: int) -> str:
    """Return the letters of a column: 3 is C."""
    return column_letter(column)


FILTERS = {"coded": coded, "day": day, "lasting": lasting, "plain": plain, "letters": letters}
"""What templates call them."""
