"""The calls about type definitions (Atlas 2.1, TypesREST)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas.calls import Call
from importer.sandbox.atlas.shapes import DEFINITIONS
from importer.sandbox.atlas.type_views import headers, listed, one_of
from importer.sandbox.atlas.typedefs import define, redefine, remove, remove_one

if TYPE_CHECKING:
    import sqlite3

    from starlette.requests import Request

    from importer.sandbox.atlas.types import Types


def _get_all(_: sqlite3.Connection, known: Types, request: Request, __: Any) -> Any:
    return listed(known, request.query_params.get("type"), request.query_params.get("name"))


def _get_headers(_: sqlite3.Connection, known: Types, request: Request, __: Any) -> Any:
    return headers(known, request.query_params.get("type"))


def _get_one(_: sqlite3.Connection, known: Types, request: Request, __: Any) -> Any:
    return one_of(known, request.path_params["name"], request.path_params.get("category"))


def _remove_one(db: sqlite3.Connection, _: Types, request: Request, __: Any) -> None:
    remove_one(db, request.path_params["name"])


ALL, BY_NAME = "/types/typedefs", "/types/typedef/name/{name}"

TYPE_CALLS = [
    Call("GET", ALL, _get_all),
    Call("POST", ALL, lambda db, _, __, body: define(db, body), DEFINITIONS),
    Call("PUT", ALL, lambda db, _, __, body: redefine(db, body), DEFINITIONS),
    Call("DELETE", ALL, lambda db, _, __, body: remove(db, body), DEFINITIONS),
    Call("GET", f"{ALL}/headers", _get_headers),
    Call("GET", BY_NAME, _get_one),
    Call("DELETE", BY_NAME, _remove_one),
    Call("GET", "/types/{category}def/name/{name}", _get_one),
]
