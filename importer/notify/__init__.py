"""Tells people and programs how a job went: by mail or chat, by a signed request, by a ping."""

from importer.notify.channels import Channels
from importer.notify.delivery import deliver
from importer.notify.message import MOST_ROWS, BadRow, Event, Message
from importer.notify.ping import ping_end, ping_start

__all__ = [
    "MOST_ROWS",
    "BadRow",
    "Channels",
    "Event",
    "Message",
    "deliver",
    "ping_end",
    "ping_start",
]
