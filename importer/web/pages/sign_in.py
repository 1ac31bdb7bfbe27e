"""Signing in by name and password, or with a one-time link; signing out."""

from __future__ import annotations

import math

from fastapi import APIRouter
from starlette.responses import Response

from importer.people import By, Visitor, accounts, by_password, links, sign_ins
from importer.people.devices import new_device
from importer.people.refused import SignInRefused
from importer.web.caller import caller_of
from importer.web.form import Posted
from importer.web.page import Here, Page, local
from importer.web.security.cookies import device_cookie, drop, keep, session_cookie

router = APIRouter()

USED = "This link was used already, or is too old. `importer serve --link` prints another."
REMEMBERED = 90 * 24 * 3600
"""Seconds for which a browser is known in which somebody has signed in."""
REFUSED = 403
TOO_MANY = 429


@router.get("/sign-in")
def sign_in_form(page: Here, next: str = "/", out: str = "") -> Response:  # noqa: A002 - the name in the address
    """Show the form; who is signed in goes on."""
    if caller_of(page.request.scope):
        return page.go(local(next))
    return form(page, local(next), out=bool(out))


@router.post("/sign-in")
def sign_in(page: Here, sent: Posted) -> Response:
    """Sign somebody in; a refusal says no more than that."""
    store, name, onward = page.site.store, sent.text("name", 200), local(sent.text("next"))
    password, device = sent.secret("password"), page.device
    try:
        visitor = by_password.sign_in(store, name, password, page.address, device)
    except SignInRefused as refused:
        return _refused(page, refused, name, onward)
    return _remembered(page, visitor.name, begin(page, visitor, page.go(onward)))


def _remembered(page: Page, name: str, answer: Response) -> Response:
    """Let the browser say next time that somebody has signed in with it before."""
    person, serving = accounts.person(page.site.store, name), page.site.serving
    if person:
        keep(answer, device_cookie(serving), new_device(person), serving, REMEMBERED)
    return answer


@router.get("/link/{secret}")
def one_time_link(page: Here, secret: str) -> Response:
    """Sign in the account of the system by a link; its address is not kept by the browser."""
    local_only = page.site.serving.local
    visitor = links.take(page.site.store, secret) if local_only else None
    if visitor is None:
        return form(page, "/", REFUSED, wrong=USED)
    return begin(page, visitor, page.go("/"))


@router.post("/sign-out")
def sign_out(page: Here) -> Response:
    """Sign the visitor out in this browser."""
    caller, serving = page.caller, page.site.serving
    if caller.session:
        sign_ins.end(page.site.store, caller.session, caller.visitor)
    by_provider = caller.visitor.by is By.OIDC
    answer = page.go("/sign-in?out=1" if by_provider else "/sign-in", "You are signed out.")
    drop(answer, session_cookie(serving), serving)
    return answer


def begin(page: Page, visitor: Visitor, answer: Response) -> Response:
    """Begin a session: a new secret each time, and the one from before ends."""
    site, before = page.site, caller_of(page.request.scope)
    if before and before.session:
        sign_ins.end(site.store, before.session, before.visitor)
    secret = sign_ins.begin(site.store, visitor, site.limits)
    keep(answer, session_cookie(site.serving), secret, site.serving, int(site.limits.whole))
    return answer


def _refused(page: Page, refused: SignInRefused, name: str, onward: str) -> Response:
    if refused.wait <= 0:
        return form(page, onward, REFUSED, wrong=str(refused), name=name)
    answer = form(page, onward, TOO_MANY, wrong=str(refused), name=name)
    answer.headers["Retry-After"] = str(math.ceil(refused.wait))
    return answer


def form(
    page: Page,
    onward: str,
    status: int = 200,
    *,
    wrong: str = "",
    name: str = "",
    out: bool = False,
) -> Response:
    """Show the ways to sign in; `out` says that somebody has just signed out."""
    site = page.site
    return page.show(
        "sign_in.html",
        status,
        next=onward,
        wrong=wrong,
        name=name,
        out=out,
        provider=site.web.oidc.title if site.web.oidc else "",
        is_local=site.serving.local,
    )
