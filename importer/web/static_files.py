"""Stylesheet, script and picture: kept by the browser for as long as their address names them."""

from __future__ import annotations

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from importer.web.looks import STATIC

FOR_GOOD = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


class Static(StaticFiles):
    """The files of `static/`; an address with a version is never asked for again."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, with how long it may be kept."""
        answer = await super().get_response(path, scope)
        versioned = scope["query_string"].startswith(b"v=")
        answer.headers["Cache-Control"] = FOR_GOOD if versioned else ASK_AGAIN
        return answer
