"""Answers that say what went wrong: a page for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from importer.web.looks import render

TITLES = {
    400: "This cannot be read",
    401: "Please sign in",
    403: "You may not do this",
    404: "There is nothing here",
    405: "This cannot be done here",
    408: "This took too long",
    409: "This cannot be done now",
    413: "This is too large",
    421: "Unknown address",
    422: "Something is not right",
    429: "Too many tries",
    500: "Something went wrong here",
    503: "Not available just now",
}
SENTENCES = {
    400: "The request is not one that this page understands. Go back and try again.",
    401: "Sign in first; then this page opens.",
    403: "Your role does not include this. Ask somebody who is an admin.",
    404: "It may have been removed, or it is somebody else's and not shared with you.",
    405: "Go back to the page you came from, and use its buttons.",
    422: "Go back and check what was filled in.",
    500: "This is a fault of importer, not yours; the log of the server has its details. Nothing "
    "that was sent before is lost. Try again, or go back to the start.",
    503: "The journal cannot be read or written just now. Try again in a moment.",
}
API = "/api/"
NOTHING_MORE = {"state": None, "run": None, "now": None}
"""What is always told to a program, for the errors that have it: see the models of the API."""


def problem(
    scope: Scope,
    status: int,
    words: str = "",
    *,
    headers: Mapping[str, str] | None = None,
    close: bool = False,
    more: Mapping[str, Any] | None = None,
) -> Response:
    """Return the answer to a request that failed; without words, those of its status.

    `more` is what a program is told besides.
    """
    said = (words or SENTENCES.get(status, SENTENCES[400])).encode("utf-8", "replace").decode()
    known = {**(headers or {}), **({"Connection": "close"} if close else {})}
    if scope["path"].startswith(API):
        told = {"status": status, "message": said, **NOTHING_MORE, **(more or {})}
        return JSONResponse({"error": told}, status, known)
    title = TITLES.get(status, TITLES[400])
    text = render("error.html", scope, title=title, words=said, status=status)
    return HTMLResponse(text, status, known)
