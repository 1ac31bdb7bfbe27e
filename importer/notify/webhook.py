"""A signed request: who gets it knows that it comes from us, and that nobody repeats an old one."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac

from importer import __version__
from importer.notify.channels import Channels, set_value
from importer.notify.http import Sleep, post
from importer.notify.message import Message
from importer.notify.not_delivered import NotDelivered

SIGNATURE = "X-Importer-Signature"


def signature(body: bytes, key: str) -> str:
    """Return the signature of a body: `sha256=` and its HMAC-SHA256 in hexadecimal digits."""
    return "sha256=" + hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


def send(channels: Channels, message: Message, now: dt.datetime, sleep: Sleep) -> None:
    """Send a message to the webhook. Raises NotDelivered."""
    import orjson

    body = orjson.dumps(channels.masked_json(message.as_json(now)))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"importer/{__version__}",
        SIGNATURE: signature(body, _key(channels)),
    }
    post(channels.webhook, body, headers, allow_http=channels.allow_http, sleep=sleep)


def _key(channels: Channels) -> str:
    if not channels.webhook_key:
        raise NotDelivered("webhook_key_env names no variable with the key that signs it")
    return set_value(channels.webhook_key)
