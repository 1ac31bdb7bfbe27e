"""The calls that save, read, delete and find entities (Atlas 2.1, EntityREST, DiscoveryREST)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas import entities, views
from importer.sandbox.atlas.calls import Call
from importer.sandbox.atlas.headers import header
from importer.sandbox.atlas.refusals import Refused
from importer.sandbox.atlas.removal import delete
from importer.sandbox.atlas.save import save, save_attributes
from importer.sandbox.atlas.search import search, search_by_query
from importer.sandbox.atlas.shapes import ENTITIES, ONE_ENTITY, SEARCH

if TYPE_CHECKING:
    import sqlite3

    from starlette.requests import Request

    from importer.sandbox.atlas.types import Types


def _save_one(db: sqlite3.Connection, known: Types, _: Request, body: Any) -> Any:
    referred = {"referredEntities": body.get("referredEntities")}
    return save(db, known, {"entities": [body.get("entity")], **referred})


def _save_attribute(db: sqlite3.Connection, known: Types, request: Request, body: Any) -> Any:
    """Set the attribute that the query names, one single value, to what is in the body."""
    entity = entities.known(db, request.path_params["guid"])
    name, kind = request.query_params.get("name", "null"), entities.type_of(known, entity)
    if name not in kind.attributes:
        raise Refused("unknown_attribute", name, entity.type_name)
    if "<" in kind.attributes[name].type_name:
        raise Refused("attribute_alone", name, kind.attributes[name].type_name)
    sent = {"typeName": entity.type_name, "attributes": {name: body}}
    return save_attributes(db, known, entity, sent)


def _get(db: sqlite3.Connection, known: Types, request: Request, _: Any) -> Any:
    return _one(db, known, request, entities.known(db, request.path_params["guid"]))


def _get_by_key(db: sqlite3.Connection, known: Types, request: Request, _: Any) -> Any:
    return _one(db, known, request, _keyed(db, known, request))


def _one(db: sqlite3.Connection, known: Types, request: Request, entity: entities.Entity) -> Any:
    read = _several(db, known, request, [entity])
    return {"referredEntities": read["referredEntities"], "entity": read["entities"][0]}


def _get_header(db: sqlite3.Connection, known: Types, request: Request, _: Any) -> Any:
    return header(db, known, entities.known(db, request.path_params["guid"]))


def _get_many(db: sqlite3.Connection, known: Types, request: Request, _: Any) -> Any:
    guids = request.query_params.getlist("guid")
    if not guids:
        raise Refused("unknown_guid", "{0}")
    return _several(db, known, request, [entities.known(db, guid) for guid in guids])


def _get_many_by_key(db: sqlite3.Connection, known: Types, request: Request, _: Any) -> Any:
    """Answer for `attr_0:qualifiedName`, `attr_1:qualifiedName`...; unknown names are left out."""
    name = _type(known, request)
    values = [
        value
        for key, value in request.query_params.multi_items()
        if re.fullmatch(r"attr_\d+:qualifiedName", key)
    ]
    found = (entities.by_key(db, known, name, value) for value in values)
    there = [entity for entity in found if entity]
    return _several(db, known, request, there) if there else {}


def _several(
    db: sqlite3.Connection, known: Types, request: Request, found: list[entities.Entity]
) -> Any:
    """Return entities with what they own: the terms of a glossary, the columns of a table.

    With `minExtInfo` the owned ones are cut down, also those that are named behind their owner.
    """
    related = not _true(request, "ignoreRelationships")
    owned = views.owned(db, known, found) if related else {}
    minimal = _true(request, "minExtInfo")
    behind = views.named_behind_owner(db, known, found) if related and minimal else set()
    return {
        "referredEntities": {
            guid: _shown(db, known, one, related=True, minimal=minimal)
            for guid, one in owned.items()
        },
        "entities": [
            _shown(db, known, one, related=related, minimal=one.guid in behind) for one in found
        ],
    }


def _shown(
    db: sqlite3.Connection, known: Types, entity: entities.Entity, *, related: bool, minimal: bool
) -> Any:
    if minimal:
        return views.minimal(db, known, entity)
    return views.whole(db, known, entity, related=related)


def _save_by_key(db: sqlite3.Connection, known: Types, request: Request, body: Any) -> Any:
    return save_attributes(db, known, _keyed(db, known, request), body.get("entity"))


def _delete(db: sqlite3.Connection, known: Types, request: Request, _: Any) -> Any:
    found = entities.by_guid(db, request.path_params["guid"])
    return delete(db, known, [found] if found else [])


def _delete_by_key(db: sqlite3.Connection, known: Types, request: Request, _: Any) -> Any:
    found = entities.by_key(db, known, _type(known, request), _key(known, request))
    return delete(db, known, [found] if found else [])


def _delete_many(db: sqlite3.Connection, known: Types, request: Request, _: Any) -> Any:
    guids = request.query_params.getlist("guid")
    if not guids:
        raise Refused("invalid_parameters", "Guid(s) not specified")
    return delete(db, known, [one for guid in guids if (one := entities.by_guid(db, guid))])


def _search_by_query(db: sqlite3.Connection, known: Types, request: Request, _: Any) -> Any:
    return search_by_query(db, known, dict(request.query_params))


def _keyed(db: sqlite3.Connection, known: Types, request: Request) -> entities.Entity:
    type_name, value = _type(known, request), _key(known, request)
    entity = entities.by_key(db, known, type_name, value)
    if entity is None:
        raise Refused("unknown_key", type_name, f"{{qualifiedName={value}}}")
    return entity


def _key(known: Types, request: Request) -> str:
    value = request.query_params.get("attr:qualifiedName")
    if value is None:
        raise Refused("no_key", _type(known, request), "")
    return str(value)


def _type(known: Types, request: Request) -> str:
    name = str(request.path_params["type"])
    if known.entity(name) is None:
        raise Refused("unknown_type", name)
    return name


def _true(request: Request, name: str) -> bool:
    return request.query_params.get(name, "false").lower() == "true"


ENTITY_CALLS = [
    Call("POST", "/entity/bulk", lambda db, known, _, body: save(db, known, body), ENTITIES),
    Call("POST", "/entity", _save_one, ONE_ENTITY),
    Call("GET", "/entity/bulk", _get_many),
    Call("DELETE", "/entity/bulk", _delete_many),
    Call("GET", "/entity/guid/{guid}", _get),
    Call("PUT", "/entity/guid/{guid}", _save_attribute),
    Call("DELETE", "/entity/guid/{guid}", _delete),
    Call("GET", "/entity/guid/{guid}/header", _get_header),
    Call("GET", "/entity/uniqueAttribute/type/{type}", _get_by_key),
    Call("PUT", "/entity/uniqueAttribute/type/{type}", _save_by_key, ONE_ENTITY),
    Call("DELETE", "/entity/uniqueAttribute/type/{type}", _delete_by_key),
    Call("GET", "/entity/bulk/uniqueAttribute/type/{type}", _get_many_by_key),
]
SEARCH_CALLS = [
    Call("POST", "/search/basic", lambda db, known, _, body: search(db, known, body), SEARCH),
    Call("GET", "/search/basic", _search_by_query),
]
