"""The calls for tags, labels and business metadata of an entity (Atlas 2.1, EntityREST)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas import entities, metadata
from importer.sandbox.atlas.calls import Call
from importer.sandbox.atlas.headers import all_tags
from importer.sandbox.atlas.labels import checked_labels
from importer.sandbox.atlas.refusals import Refused
from importer.sandbox.atlas.shapes import LABELS, TAGGED, TAGS
from importer.sandbox.atlas.tags import add_tags, find_tag, remove_tag, update_tags

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from starlette.requests import Request

    from importer.sandbox.atlas.calls import Handler
    from importer.sandbox.atlas.types import Types

    Change = Callable[[Types, "entities.Entity", Request, Any], None]


def _changing(change: Change) -> Handler:
    """Return a call that applies `change` to the entity in its path; answered with 204."""

    def handler(db: sqlite3.Connection, known: Types, request: Request, body: Any) -> None:
        entity = entities.known(db, request.path_params["guid"])
        change(known, entity, request, body)
        entity.updated = entities.now()
        entities.write(db, entity)

    return handler


def _add_tags(known: Types, entity: entities.Entity, _: Request, body: Any) -> None:
    add_tags(known, entities.type_of(known, entity), entity, _tags(body))


def _update_tags(known: Types, entity: entities.Entity, _: Request, body: Any) -> None:
    update_tags(known, entity, _tags(body))


def _remove_tag(known: Types, entity: entities.Entity, request: Request, _: Any) -> None:
    remove_tag(known, entity, request.path_params["name"])


def _tags(body: list[Any]) -> list[Any]:
    if not body:
        raise Refused("invalid_parameters", "classifications(s) not specified")
    return body


def _get_tags(db: sqlite3.Connection, known: Types, request: Request, _: Any) -> Any:
    found = all_tags(db, known, entities.known(db, request.path_params["guid"]))
    return {
        "list": found,
        "startIndex": 0,
        "pageSize": len(found),
        "totalCount": len(found),
        "sortType": "NONE",
    }


def _get_tag(db: sqlite3.Connection, _: Types, request: Request, __: Any) -> Any:
    entity, name = entities.known(db, request.path_params["guid"]), request.path_params["name"]
    if all(tag["typeName"] != name for tag in entity.tags):
        raise Refused("unknown_tag", name)
    return find_tag(entity, name)


def _tag_many(db: sqlite3.Connection, known: Types, _: Request, body: Any) -> None:
    """Add one tag to several entities."""
    if not body.get("classification"):
        raise Refused("invalid_parameters", "no classification")
    if not body.get("entityGuids"):
        raise Refused("invalid_parameters", "empty guid list")
    for guid in body["entityGuids"]:
        entity = entities.known(db, str(guid))
        add_tags(known, entities.type_of(known, entity), entity, [body["classification"]])
        entities.write(db, entity)


def _set_labels(_: Types, entity: entities.Entity, __: Request, body: Any) -> None:
    entity.labels = checked_labels(_labels(body))


def _add_labels(_: Types, entity: entities.Entity, __: Request, body: Any) -> None:
    entity.labels = checked_labels([*entity.labels, *_some_labels(body)])


def _remove_labels(_: Types, entity: entities.Entity, __: Request, body: Any) -> None:
    gone = set(checked_labels(_some_labels(body)))
    entity.labels = [label for label in entity.labels if label not in gone]


def _labels(body: Any) -> list[Any]:
    return body or []


def _some_labels(body: Any) -> list[Any]:
    labels = _labels(body)
    if not labels:
        raise Refused("invalid_parameters", "labels is null/empty")
    return labels


def _set_metadata(known: Types, entity: entities.Entity, request: Request, body: Any) -> None:
    """Merge business metadata into what is there, or overwrite all of it (`isOverwrite`)."""
    sent = _sets(request, body)
    overwrite = request.query_params.get("isOverwrite", "false").lower() == "true"
    kind = entities.type_of(known, entity)
    before = {} if overwrite else entity.custom_metadata
    entity.custom_metadata = metadata.merged(known, kind, before, sent)


def _remove_metadata(_: Types, entity: entities.Entity, request: Request, body: Any) -> None:
    sent = _sets(request, body)
    entity.custom_metadata = metadata.without(entity.custom_metadata, sent)


def _sets(request: Request, body: Any) -> Any:
    name = request.path_params.get("set")
    return {name: body} if name else body


ENTITY = "/entity/guid/{guid}"
METADATA = f"{ENTITY}/businessmetadata"

EXTRA_CALLS = [
    Call("GET", f"{ENTITY}/classifications", _get_tags),
    Call("POST", f"{ENTITY}/classifications", _changing(_add_tags), TAGS),
    Call("PUT", f"{ENTITY}/classifications", _changing(_update_tags), TAGS),
    Call("GET", f"{ENTITY}/classification/{{name}}", _get_tag),
    Call("DELETE", f"{ENTITY}/classification/{{name}}", _changing(_remove_tag)),
    Call("POST", "/entity/bulk/classification", _tag_many, TAGGED),
    Call("POST", f"{ENTITY}/labels", _changing(_set_labels), LABELS),
    Call("PUT", f"{ENTITY}/labels", _changing(_add_labels), LABELS),
    Call("DELETE", f"{ENTITY}/labels", _changing(_remove_labels), LABELS),
    Call("POST", METADATA, _changing(_set_metadata), dict),
    Call("POST", f"{METADATA}/{{set}}", _changing(_set_metadata), dict),
    Call("DELETE", METADATA, _changing(_remove_metadata), dict),
    Call("DELETE", f"{METADATA}/{{set}}", _changing(_remove_metadata), dict),
]
