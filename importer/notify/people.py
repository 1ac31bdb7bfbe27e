"""Messages to people through apprise: mail, Slack, Teams and what else it knows, by their address.

The addresses hold secrets. So they are in variables, and apprise's own log is not kept.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from importer.notify.channels import Channels, set_value
from importer.notify.message import Event, Message
from importer.notify.not_delivered import NotDelivered

MISSING = "apprise is not installed: pip install 'importer[notify]'"

TYPES: Mapping[Event, str] = {
    Event.FINISHED: "info",
    Event.RECOVERED: "success",
    Event.HELD: "warning",
    Event.OVERDUE: "warning",
    Event.FAILED: "failure",
}


def send(channels: Channels, variable: str, message: Message) -> None:
    """Send a message to the addresses in a variable. Raises NotDelivered."""
    known = demand_known(set_value(variable))
    from apprise import NotifyFormat, NotifyType

    title, text = channels.masked(message.title), channels.masked(message.text)
    kind = NotifyType(TYPES[message.event])
    if not known.notify(text, title, kind, body_format=NotifyFormat.TEXT):
        raise NotDelivered("it did not arrive at all of its addresses")


def demand_known(addresses: str) -> Any:
    """Return what sends to addresses. Raises NotDelivered where apprise does not know them."""
    try:
        from apprise import Apprise
    except ImportError:
        raise NotDelivered(MISSING) from None
    _silence()
    known = Apprise()
    if not known.add(addresses) or not len(known):
        raise NotDelivered("it holds an address that apprise does not know")
    return known


def _silence() -> None:
    """Let apprise log nothing: it would name addresses."""
    logging.getLogger("apprise").disabled = True
