"""Pings in the way of healthchecks.io: its start, then its exit status with the three lines.

Whoever waits for them notices a job that does not run at all, which the job cannot tell itself.
"""

from __future__ import annotations

import time

from importer.notify.channels import Channels, set_value
from importer.notify.http import Sleep, post
from importer.notify.not_delivered import NotDelivered

TEXT = {"Content-Type": "text/plain; charset=utf-8"}


def ping_start(channels: Channels, sleep: Sleep = time.sleep) -> str:
    """Say that a pass has begun; return what went wrong with that, nothing where it arrived."""
    return _ping(channels, "start", "", sleep)


def ping_end(channels: Channels, status: int, text: str, sleep: Sleep = time.sleep) -> str:
    """Say how a pass has ended; return what went wrong with that, nothing where it arrived."""
    return _ping(channels, str(status), text, sleep)


def _ping(channels: Channels, what: str, text: str, sleep: Sleep) -> str:
    if not channels.ping:
        return ""
    body = channels.masked(text).encode()
    try:
        address = set_value(channels.ping).rstrip("/")
        post(f"{address}/{what}", body, TEXT, allow_http=channels.allow_http, sleep=sleep)
    except NotDelivered as error:
        return f"The ping to {channels.ping} failed: {error}."
    return ""
