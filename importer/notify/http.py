"""One small request to an address that may be a secret: it is in no message of what went wrong."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from importer.notify.not_delivered import NotDelivered

if TYPE_CHECKING:
    from requests import Session

TIMEOUT = (5, 10)
"""Seconds in which a connection, and then an answer, has to come."""

Waits = tuple[float, ...]
WAITS: Waits = (1.0, 4.0)
"""Seconds before a request is sent a second and a third time."""

Sleep = Callable[[float], None]


def post(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allow_http: bool,
    sleep: Sleep = time.sleep,
    waits: Waits = WAITS,
) -> None:
    """Post to an address; again where it does not answer, or fails. Raises NotDelivered."""
    refuse_unencrypted(address, allow_http=allow_http)
    for wait in (*waits, None):
        try:
            _once(address, body, headers)
        except _Failed as failed:
            if wait is None or not failed.again:
                raise NotDelivered(str(failed)) from None
            sleep(wait)
        else:
            return


def refuse_unencrypted(address: str, *, allow_http: bool) -> None:
    """Raise NotDelivered for an address where others could read the message on the way."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        raise NotDelivered("it is no address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise NotDelivered("it is no address that begins with https://")
    if parts.scheme == "http" and not allow_http and not _is_loopback(host):
        raise NotDelivered("its address is not encrypted: write https://, or set allow_http")


class _Failed(Exception):
    """An attempt failed; `again` says that another may not."""

    def __init__(self, words: str, *, again: bool) -> None:
        super().__init__(words)
        self.again = again


def _once(address: str, body: bytes, headers: Mapping[str, str]) -> None:
    from requests import RequestException
    from urllib3.exceptions import HTTPError

    try:
        with _session(address) as session:
            answer = session.post(
                address,
                data=body,
                headers=dict(headers),
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,
            )
            answer.close()
    except (RequestException, HTTPError, OSError, ValueError) as error:
        raise _Failed(f"no answer came ({type(error).__name__})", again=True) from None
    if not 200 <= answer.status_code < 300:
        again = answer.status_code == 429 or answer.status_code >= 500
        raise _Failed(f"it was answered with HTTP {answer.status_code}", again=again)


def _session(address: str) -> Session:
    """Return a session with the environment's proxies and certificates, without its .netrc."""
    from requests import Session
    from requests.utils import get_environ_proxies

    from importer.targets.deadline import Adapter

    session = Session()
    session.trust_env = False
    session.proxies.update(get_environ_proxies(address))
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    session.verify = bundle or True
    # requests would read the whole body of a redirect, which is not followed
    session.get_redirect_target = lambda _response: None  # type: ignore[method-assign, assignment]
    for scheme in ("http://", "https://"):
        session.mount(scheme, Adapter(max_retries=0))
    return session


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
