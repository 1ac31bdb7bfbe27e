"""Signing in by name and password, or with a one-time link; signing out."""

from __future__ import annotations

import math

from fastapi import APIRouter
from starlette.responses import Response

from importer.people import Visitor, by_password, links, sign_ins
from importer.people.refused import SignInRefused
from importer.web.caller import caller_of
from importer.web.form import Posted
from importer.web.page import Here, Page, local
from importer.web.security.cookies import drop, keep, session_cookie

router = APIRouter()

USED = "This link was used already, or is too old. `importer serve --link` prints another."
REFUSED = 403
TOO_MANY = 429


@router.get("/sign-in")
def sign_in_form(page: Here, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """Show the form; who is signed in goes on."""
    if caller_of(page.request.scope):
        return page.go(local(next))
    return _form(page, local(next))


@router.post("/sign-in")
def sign_in(page: Here, form: Posted) -> Response:
    """Sign somebody in; a refusal says no more than that."""
    name, onward = form.text("name", 200), local(form.text("next"))
    try:
        visitor = by_password.sign_in(page.site.store, name, form.secret("password"), page.address)
    except SignInRefused as refused:
        return _refused(page, refused, name, onward)
    return _signed_in(page, visitor, onward)


@router.get("/link/{secret}")
def one_time_link(page: Here, secret: str) -> Response:
    """Sign in the account of the system by a link; its address is not kept by the browser."""
    local_only = page.site.serving.local
    visitor = links.take(page.site.store, secret) if local_only else None
    if visitor is None:
        return _form(page, "/", REFUSED, wrong=USED)
    return _signed_in(page, visitor, "/")


@router.post("/sign-out")
def sign_out(page: Here) -> Response:
    """Sign the visitor out in this browser."""
    caller, serving = page.caller, page.site.serving
    if caller.session:
        sign_ins.end(page.site.store, caller.session, caller.visitor)
    answer = page.go("/sign-in", "You are signed out.")
    drop(answer, session_cookie(serving), serving)
    return answer


def _signed_in(page: Page, visitor: Visitor, onward: str) -> Response:
    """Begin a session: a new secret each time, and the one from before ends."""
    site, before = page.site, caller_of(page.request.scope)
    if before and before.session:
        sign_ins.end(site.store, before.session, before.visitor)
    secret = sign_ins.begin(site.store, visitor, site.limits)
    answer = page.go(onward)
    keep(answer, session_cookie(site.serving), secret, site.serving, int(site.limits.whole))
    return answer


def _refused(page: Page, refused: SignInRefused, name: str, onward: str) -> Response:
    if refused.wait <= 0:
        return _form(page, onward, REFUSED, wrong=str(refused), name=name)
    answer = _form(page, onward, TOO_MANY, wrong=str(refused), name=name)
    answer.headers["Retry-After"] = str(math.ceil(refused.wait))
    return answer


def _form(
    page: Page, onward: str, status: int = 200, *, wrong: str = "", name: str = ""
) -> Response:
    is_local = page.site.serving.local
    return page.show("sign_in.html", status, next=onward, wrong=wrong, name=name, is_local=is_local)
