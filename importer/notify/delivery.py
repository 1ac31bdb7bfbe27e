"""Delivers a message by every channel of a job; what fails is said, and never raised."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Collection, Iterator

from msgspec import Struct

from importer.notify import people, webhook
from importer.notify.channels import Channels
from importer.notify.http import Sleep
from importer.notify.message import Message
from importer.notify.not_delivered import NotDelivered

LOG = logging.getLogger("importer.notify")


class Delivery(Struct, frozen=True):
    """By how many channels a message has arrived, and a sentence for each (`missed`) it has not."""

    arrived: int
    failures: tuple[str, ...]
    missed: tuple[str, ...] = ()

    @property
    def lost(self) -> bool:
        """Whether nobody got it who should have."""
        return not self.arrived and bool(self.failures)


def deliver(
    channels: Channels,
    message: Message,
    now: dt.datetime | None = None,
    sleep: Sleep = time.sleep,
    only: Collection[str] | None = None,
) -> Delivery:
    """Send a message to everybody who is to be told, or by some channels only."""
    at = now or dt.datetime.now(dt.UTC)
    arrived, failures, missed = 0, [], []
    for name, send in _sendings(channels, message, at, sleep):
        if only is not None and name not in only:
            continue
        if reason := _sent(send):
            missed.append(name)
            failures.append(f"The message to {name} failed: {reason}.")
            LOG.warning(failures[-1], extra={"job": message.job})
        else:
            arrived += 1
    return Delivery(arrived, tuple(failures), tuple(missed))


def _sendings(
    channels: Channels, message: Message, now: dt.datetime, sleep: Sleep
) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield what each channel is called, and what sends the message by it."""
    for variable in channels.people:
        yield variable, lambda variable=variable: people.send(channels, variable, message)  # type: ignore[misc]
    if channels.webhook:
        yield "the webhook", lambda: webhook.send(channels, message, now, sleep)


def _sent(send: Callable[[], None]) -> str:
    """Send; return why that failed, nothing where it did not."""
    try:
        send()
    except NotDelivered as error:
        return str(error)
    except Exception as error:  # the code of another package: a message never fails a pass
        return f"an unexpected {type(error).__name__}"
    return ""
