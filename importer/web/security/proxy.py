"""Who a trusted proxy says is asking: believed from its address and with the shared secret only."""

from __future__ import annotations

import hashlib
import hmac
from contextlib import suppress
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

    from importer.web.site import Site


def name_by_proxy(request: HTTPConnection, site: Site) -> str:
    """Return the name that a trusted proxy gives; nothing where none does."""
    names = request.headers.getlist(site.web.proxy_header)
    if len(names) != 1 or not _is_proxy(request, site):
        return ""
    return names[0].strip()


def client_address(request: HTTPConnection, site: Site) -> str:
    """Return where a request came from; behind a trusted proxy, the address that this has seen."""
    lines = request.headers.getlist("x-forwarded-for")
    seen = lines[-1].rpartition(",")[2].strip() if lines else ""
    if seen and _is_proxy(request, site):
        return seen
    return request.client.host if request.client else ""


def _is_proxy(request: HTTPConnection, site: Site) -> bool:
    """Whether a trusted proxy sent a request: its address and the shared secret say so."""
    given, secret = request.headers.getlist(site.web.proxy_secret_header), site.proxy_secret
    if not secret or len(given) != 1 or not is_trusted(request, site):
        return False
    return hmac.compare_digest(given[0].encode(), secret.encode())


def is_trusted(request: HTTPConnection, site: Site) -> bool:
    """Whether a request comes from the address of a trusted proxy."""
    with suppress(ValueError):
        peer = ip_address(request.client.host if request.client else "")
        if isinstance(peer, IPv6Address) and peer.ipv4_mapped:
            peer = peer.ipv4_mapped
        return any(peer in network for network in site.web.proxy_networks)
    return False


def token_for(name: str, site: Site) -> str:
    """Return the token against forgery of a person who is signed in at a proxy: they have no
    session here, so it is made from their name and the shared secret."""
    return hmac.new(site.proxy_secret.encode(), f"csrf {name}".encode(), hashlib.sha256).hexdigest()
