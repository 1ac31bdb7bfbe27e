"""The time of the clock, as JSON and the journal say it."""

from __future__ import annotations

import datetime as dt


def utc_now() -> str:
    """Return the time as ISO 8601 in UTC, to the second."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
