"""Who asks: by the token of a program, by what a trusted proxy says, or by the session's cookie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.people import By, Visitor, accounts, sign_ins, tokens
from importer.web.answers import API
from importer.web.caller import Caller
from importer.web.security.cookies import session_of
from importer.web.security.proxy import name_by_proxy, token_for

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

    from importer.web.site import Site

BEARER = "bearer"


def who_asks(request: HTTPConnection, site: Site) -> Caller | None:
    """Return who asks, None where nobody is signed in.

    A program that shows a token is who that says, or nobody: its other credentials do not count.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == BEARER and request.scope["path"].startswith(API):
        found = tokens.visitor_of(site.store, token.strip())
        return Caller(found) if found else None
    name = name_by_proxy(request, site)
    return _by_proxy(name, site) if name else _by_session(request, site)


def _by_proxy(name: str, site: Site) -> Caller | None:
    known = accounts.person(site.store, name)
    if known is None:
        return None
    visitor = Visitor(known.name, known.role, By.PROXY)
    return Caller(visitor, token_for(known.name, site))


def _by_session(request: HTTPConnection, site: Site) -> Caller | None:
    secret = session_of(request, site.serving)
    signed_in = sign_ins.find(site.store, secret, site.limits) if secret else None
    return Caller(signed_in.visitor, signed_in.csrf, secret) if signed_in else None
