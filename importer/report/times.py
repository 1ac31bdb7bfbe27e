"""Times as the reader of a report has them on the clock; the journal keeps them in UTC."""

from __future__ import annotations

import datetime as dt


def local_time(utc: str) -> str:
    """Return an ISO 8601 time in the zone of this machine: `2026-11-29 07:20:14 (UTC+01:00)`.

    A text that is no such time stays.
    """
    try:
        local = dt.datetime.fromisoformat(utc).astimezone()
    except (ValueError, OverflowError, OSError):
        return utc
    offset = f"{local:%z}"
    return f"{local:%Y-%m-%d %H:%M:%S} (UTC{offset[:3]}:{offset[3:5]})"
