"""What is wrong with the channels of a job, as far as that is seen without sending anything."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from importer.notify.channels import Channels, set_value, value_of
from importer.notify.http import refuse_unencrypted
from importer.notify.not_delivered import NotDelivered
from importer.notify.people import demand_known


def wrong_with(channels: Channels) -> Iterator[str]:
    """Yield a sentence for each channel that would not work; no address of a secret is in it."""
    for variable in channels.people:
        try:
            demand_known(set_value(variable))
        except NotDelivered as error:
            yield f"notify {variable}: {error}."
    addresses = {"webhook": channels.webhook, f"ping {channels.ping}": value_of(channels.ping)}
    if channels.ping and not value_of(channels.ping):
        yield f"ping: the variable {channels.ping} is not set."
    if channels.webhook and not value_of(channels.webhook_key):
        yield f"webhook: the variable {channels.webhook_key or 'webhook_key_env'} is not set."
    for what, address in addresses.items():
        if address and (why := _no_way(address, allow_http=channels.allow_http)):
            yield f"{what}: {why}."


def _no_way(address: str, *, allow_http: bool) -> str:
    """Return why an address cannot be posted to, nothing where it may be."""
    try:
        refuse_unencrypted(address, allow_http=allow_http)
        socket.getaddrinfo(urlsplit(address).hostname, None)
    except NotDelivered as error:
        return str(error)
    except (OSError, UnicodeError):
        return "its host is not known"
    return ""
