"""Cookies: sent to this host only, out of reach of scripts and, but for one, of other sites."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from importer.web.site import Serving


def session_cookie(serving: Serving) -> str:
    """Return the cookie's name; without TLS with the port, since cookies do not know ports."""
    return "__Host-session" if serving.tls else f"session-{serving.port}"


def session_of(request: HTTPConnection, serving: Serving) -> str:
    """Return the secret of the session that a request names, nothing where it names none."""
    return request.cookies.get(session_cookie(serving), "")


def device_cookie(serving: Serving) -> str:
    """Return the name of the cookie of a browser in which somebody has signed in before."""
    return "__Host-device" if serving.tls else f"device-{serving.port}"


def keep(
    answer: Response,
    name: str,
    value: str,
    serving: Serving,
    seconds: int | None,
    *,
    other_sites: bool = False,
) -> None:
    """Give the browser a cookie; without seconds, until it is closed.

    With `other_sites` it is sent, too, where a link of another site is followed.
    """
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        secure=serving.tls,
        httponly=True,
        samesite="lax" if other_sites else "strict",
    )


def drop(answer: Response, name: str, serving: Serving) -> None:
    """Let the browser forget a cookie."""
    answer.delete_cookie(name, path="/", secure=serving.tls, httponly=True, samesite="strict")
