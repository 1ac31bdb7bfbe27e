"""Pings in the way of healthchecks.io: its start, then its exit status with the three lines.

Whoever waits for them notices a job that does not run at all, which the job cannot tell itself.
"""

from __future__ import annotations

import time
from urllib.parse import urlsplit, urlunsplit

from importer.notify.channels import Channels, set_value
from importer.notify.http import WAITS, Sleep, Waits, post
from importer.notify.not_delivered import NotDelivered

TEXT = {"Content-Type": "text/plain; charset=utf-8"}


def ping_start(channels: Channels, sleep: Sleep = time.sleep) -> str:
    """Say that a pass has begun; return what went wrong with that, nothing where it arrived.

    It is tried once: what is to be done does not wait for it, and the end is told too.
    """
    return _ping(channels, "start", "", sleep, waits=())


def ping_end(channels: Channels, status: int, text: str, sleep: Sleep = time.sleep) -> str:
    """Say how a pass has ended; return what went wrong with that, nothing where it arrived."""
    return _ping(channels, str(status), text, sleep)


def _ping(channels: Channels, what: str, text: str, sleep: Sleep, waits: Waits = WAITS) -> str:
    if not channels.ping:
        return ""
    body = channels.masked(text).encode()
    try:
        address = _below(set_value(channels.ping), what)
        post(address, body, TEXT, allow_http=channels.allow_http, sleep=sleep, waits=waits)
    except NotDelivered as error:
        return f"The ping to {channels.ping} failed: {error}."
    return ""


def _below(address: str, what: str) -> str:
    """Return an address with more at the end of its path; a query stays where it belongs."""
    try:
        parts = urlsplit(address)
    except ValueError:
        raise NotDelivered("it is no address") from None
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{what}"))
