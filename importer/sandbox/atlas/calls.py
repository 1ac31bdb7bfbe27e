"""What a call of the API is: how it is asked, what answers it, which shape its body has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    import sqlite3

    from starlette.requests import Request

    from importer.sandbox.atlas.types import Types

Handler = Callable[["sqlite3.Connection", "Types", "Request", Any], Any]
"""Answers a call with what becomes the JSON of the answer; None is a 204 without any."""


class Call(Struct, frozen=True):
    """A call of the API; a body of another `shape` (importer.sandbox.atlas.shapes) is a crash."""

    method: str
    path: str
    handler: Handler
    shape: Any = None
