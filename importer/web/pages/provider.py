"""Signing in at a provider of OpenID Connect, and out there; only where `[web.oidc]` is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from importer.errors import UsageError
from importer.people import Visitor, by_provider
from importer.people.refused import NotLetIn
from importer.web.errors import LOG
from importer.web.looks import render
from importer.web.oidc.attempt import SECONDS, Attempt, name_of_cookie
from importer.web.oidc.claims import name_in, role_in
from importer.web.oidc.provider import Provider, ProviderFails, provider
from importer.web.page import Here, Page, local
from importer.web.pages.sign_in import begin, form
from importer.web.security.cookies import drop, keep

if TYPE_CHECKING:
    from importer.oidc_settings import OidcSettings
    from importer.web.oidc.signing_in import Client

router = APIRouter()

BACK = "/sign-in/back"
REFUSED, FAILS = 403, 503
OTHER = "This is not the end of a sign-in that was begun in this browser. Sign in again."
DECLINED = "You were not signed in there. Try again, or sign in with a password."


@router.get("/sign-in/provider")
def go_to_provider(page: Here, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """Send the browser to the provider; it keeps what the answer must fit."""
    attempt = Attempt.begun(local(next))
    try:
        answer = RedirectResponse(_client(page).address(attempt), 303)
    except ProviderFails as error:
        return _failed(page, attempt, error)
    cookie, serving = name_of_cookie(page.site.serving), page.site.serving
    keep(answer, cookie, attempt.packed(), serving, SECONDS, other_sites=True)
    return answer


@router.get(BACK)
def come_back(
    page: Here, state: str = "", code: str = "", iss: str = "", error: str = ""
) -> Response:
    """Sign in who comes back from the provider."""
    attempt = Attempt.unpacked(page.request.cookies.get(name_of_cookie(page.site.serving), ""))
    if attempt is None or not attempt.has_state(state):
        answer = form(page, "/", REFUSED, wrong=OTHER)
    elif error or not code:
        answer = form(page, local(attempt.onward), REFUSED, wrong=DECLINED)
    else:
        answer = _signed_in(page, attempt, code, iss)
    drop(answer, name_of_cookie(page.site.serving), page.site.serving)
    return answer


@router.get("/sign-out/provider")
def sign_out_there(page: Here) -> Response:
    """Send the browser to where one signs out at the provider, too."""
    settings = _settings(page)
    try:
        there = _provider(settings).sign_out(settings.client_id, page.url_of("/sign-in"))
    except ProviderFails as error:
        return _failed(page, Attempt(""), error)
    if not there:
        return page.go("/sign-in", f"You stay signed in at {settings.title}: close the browser.")
    return RedirectResponse(there, 303)


def _signed_in(page: Page, attempt: Attempt, code: str, iss: str) -> Response:
    onward = local(attempt.onward)
    try:
        _demand_ours(page, iss)
        visitor = _visitor(page, attempt, code)
    except ProviderFails as error:
        return _failed(page, attempt, error)
    except (NotLetIn, UsageError) as error:
        return form(page, onward, REFUSED, wrong=str(error))
    # a page of ours goes on: the session's cookie is not sent where another site has led here
    return begin(
        page, visitor, HTMLResponse(render("again.html", page.request.scope, address=onward))
    )


def _visitor(page: Page, attempt: Attempt, code: str) -> Visitor:
    """Return who comes back. Raises ProviderFails, NotLetIn, UsageError."""
    settings, claims = _settings(page), _client(page).claims(attempt, code)
    role = role_in(claims, settings) if settings.role_claim else None
    return by_provider.sign_in(
        page.site.store, name_in(claims, settings), role, by_claim=bool(settings.role_claim)
    )


def _failed(page: Page, attempt: Attempt, error: ProviderFails) -> Response:
    LOG.error("sign-in at a provider: %s", error.why)
    return form(page, local(attempt.onward), FAILS, wrong=str(error))


def _demand_ours(page: Page, iss: str) -> None:
    """Raise NotLetIn where an answer is of another provider, as far as it says so."""
    settings = _settings(page)
    if iss != settings.issuer and (iss or _provider(settings).names_itself):
        raise NotLetIn(OTHER)


def _client(page: Page) -> Client:
    from importer.web.oidc.signing_in import Client

    settings = _settings(page)
    return Client(settings, _provider(settings), page.url_of(BACK))


def _provider(settings: OidcSettings) -> Provider:
    return provider(settings.issuer, settings.described_at)


def _settings(page: Page) -> OidcSettings:
    """Return the provider's settings. Raises a 404 where there is none."""
    if page.site.web.oidc is None:
        raise HTTPException(404)
    return page.site.web.oidc
