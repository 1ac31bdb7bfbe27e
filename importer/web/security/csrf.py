"""A post counts only with the token that our own pages have: no other page can know it."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator

from fastapi import HTTPException
from starlette.requests import Request

from importer.people import access
from importer.web.caller import caller_of
from importer.web.form import form
from importer.web.security.body_limit import FILES, UPLOADS, kind_of
from importer.web.security.hosts import SAFE

FIELD, HEADER = "csrf", "X-CSRF-Token"
MISSING = (
    "The form was too old or not from this page, so nothing was done. Go back, load the page "
    "again and repeat it."
)


async def demand_token(request: Request) -> AsyncIterator[None]:
    """Refuse what would change something without the token of who asks; close its files after.

    A program with a token of its own needs none. Where nobody is signed in there is none yet:
    the check of where the post came from stands in for it.
    """
    try:
        await _demand(request)
        yield
    finally:
        await request.close()


async def _demand(request: Request) -> None:
    caller = caller_of(request.scope)
    if request.method in SAFE or caller is None or caller.is_program:
        return
    if request.scope["path"] in UPLOADS:
        access.demand_upload(caller.visitor)  # before much is read of somebody who may send little
    given = request.headers.get(HEADER) or await _in_form(request)
    if not secrets.compare_digest(given.encode(), caller.csrf.encode()):
        raise HTTPException(403, MISSING)


async def _in_form(request: Request) -> str:
    if kind_of(request.headers) not in {"application/x-www-form-urlencoded", FILES}:
        return ""
    return (await form(request)).text(FIELD)
