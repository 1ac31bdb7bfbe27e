"""How Apache Atlas refuses credentials: 401 as a page, 403 as its other errors (tried on 2.1)."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse

from importer.sandbox.answer import answer

if TYPE_CHECKING:
    from starlette.responses import Response

UNAUTHORIZED = 401
PAGE = "<html><head><title>Error 401</title></head><body><h2>HTTP ERROR 401</h2></body></html>"


def password(encoded: str) -> str:
    """Return the password of basic credentials, an empty text where they cannot be read."""
    try:
        decoded = b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return decoded.partition(":")[2]


def refusal(status: int) -> Response:
    """Return the answer to credentials that are not valid (401) or may not do this (403)."""
    if status == UNAUTHORIZED:
        return HTMLResponse(PAGE, UNAUTHORIZED)
    words = "sandbox is not authorized to perform this"
    return answer({"errorCode": "ATLAS-403-00-001", "errorMessage": words}, status)
