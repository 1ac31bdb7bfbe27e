"""A session that asks a web server, and that a redirection leads nowhere else than it may."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from importer.errors import UsageError

if TYPE_CHECKING:
    from requests import Session

REDIRECTS = 5


@contextmanager
def web_session(url: str, *, allow_http: bool) -> Iterator[Session]:
    """Provide a session for an address; each request of it may go where `demand_way` lets it."""
    import requests

    class Guarded(requests.adapters.HTTPAdapter):
        def send(self, request: Any, *args: Any, **how: Any) -> Any:
            demand_way(url, request.url, allow_http=allow_http)
            answer = super().send(request, *args, **how)
            if answer.is_redirect:  # requests would read its body to the end, however long
                answer.raw.close()
            return answer

    with requests.Session() as session:
        session.max_redirects = REDIRECTS
        session.mount("http://", Guarded())
        session.mount("https://", Guarded())
        yield session


def demand_way(url: str, to: str, *, allow_http: bool) -> None:
    """Raise UsageError where an address must not lead to another, or where others can listen.

    What is asked by this machine from within its network is not everybody's: a server outside of it
    could else have files fetched that it cannot see.
    """
    demand_encrypted(to, allow_http=allow_http)
    host, first = (urlsplit(one).hostname or "" for one in (to, url))
    if host != first and _is_inside(host) and not _is_inside(first):
        raise UsageError(
            f"{first} leads on to {host}, which is of this machine or its network: it is not asked."
            " If that is meant, name that address itself as the source."
        )


def demand_encrypted(url: str, *, allow_http: bool) -> None:
    """Raise UsageError for an address that others can listen to."""
    parts = urlsplit(url)
    if parts.scheme == "https" or allow_http or _is_here(parts.hostname or ""):
        return
    raise UsageError(
        f"{parts.scheme}://{parts.hostname} is not encrypted, so that anybody on the way can "
        "change what is imported: use https://, or allow_http = true in the settings."
    )


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_inside(host: str) -> bool:
    """Return whether any address of a host is none of the public ones, as far as it has any."""
    found: list[str] = [host]
    with suppress(ValueError, OSError):  # a proxy may know names that this machine does not
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, None)]
    return any(map(_is_private, found))


def _is_private(address: str) -> bool:
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or found
    return not mapped.is_global
