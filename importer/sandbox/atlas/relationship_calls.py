"""The calls for single relationships (Atlas 2.1, RelationshipREST; tried on it)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas import entities, relationships, views
from importer.sandbox.atlas.calls import Call
from importer.sandbox.atlas.drafts import reference_to
from importer.sandbox.atlas.headers import short_header
from importer.sandbox.atlas.references import found_by
from importer.sandbox.atlas.refusals import Crashed, Refused
from importer.sandbox.atlas.shapes import RELATIONSHIP
from importer.sandbox.atlas.values import normal_attributes

if TYPE_CHECKING:
    import sqlite3

    from starlette.requests import Request

    from importer.sandbox.atlas.catalogue import Json
    from importer.sandbox.atlas.entities import Entity
    from importer.sandbox.atlas.relationships import Relationship
    from importer.sandbox.atlas.types import EntityType, Types


def _add(db: sqlite3.Connection, known: Types, _: Request, body: Any) -> Json:
    """Relate two entities. Raises Refused where they are related, in this direction."""
    name, definition = _definition(known, body)
    first = _end(db, known, body.get("end1"), definition["endDef1"])
    second = _end(db, known, body.get("end2"), definition["endDef2"])
    _refuse_wrong_types(known, definition, first, second)
    values = _attributes(known, name, body)
    if any(
        one.type_name == name and one.second == second.guid and one.status == entities.ACTIVE
        for one in relationships.of(db, first.guid)
        if one.first == first.guid
    ):
        raise Refused("relationship_exists", name, first.guid, second.guid)
    made = relationships.Relationship(name, first.guid, second.guid, values)
    relationships.write(db, made)
    return views.relationship(db, known, made)


def _definition(known: Types, body: Any) -> tuple[str, Json]:
    name = str(body.get("typeName"))
    if name not in known.definitions["RELATIONSHIP"]:
        raise Refused("unknown_relationship_type", name)
    return name, known.definitions["RELATIONSHIP"][name]


def _end(db: sqlite3.Connection, known: Types, sent: Any, defined: Json) -> Entity:
    if sent is None:
        raise Crashed("no end")
    try:
        return found_by(db, known, reference_to(sent))
    except Refused:
        raise Refused("no_end", defined["type"]) from None


def _refuse_wrong_types(known: Types, definition: Json, first: Entity, second: Entity) -> None:
    """Refuse ends that fit in neither direction; exchanged ones pass, and no entity shows them."""
    expected = [definition["endDef1"]["type"], definition["endDef2"]["type"]]
    kinds = [entities.type_of(known, first), entities.type_of(known, second)]
    if not (_fit(kinds, expected) or _fit(kinds, expected[::-1])):
        raise Refused("wrong_end", definition["name"], second.type_name, first.type_name)


def _fit(kinds: list[EntityType], names: list[str]) -> bool:
    return all(kind.is_a(name) for kind, name in zip(kinds, names, strict=True))


def _attributes(known: Types, name: str, body: Json) -> Json:
    defined = known.attributes("RELATIONSHIP", name)
    sent = body.get("attributes") or {}
    return normal_attributes(known, name, defined, sent, partial=False, case="invalid_relationship")


def _change(db: sqlite3.Connection, known: Types, _: Request, body: Any) -> Json:
    """Set the attributes of a relationship; the server crashes without `propagateTags`."""
    one = _known(db, str(body.get("guid")))
    if body.get("propagateTags") is None:
        raise Crashed("no propagateTags")
    one.attributes = {**one.attributes, **_attributes(known, one.type_name, body)}
    one.updated = entities.now()
    relationships.write(db, one)
    return views.relationship(db, known, one)


def _get(db: sqlite3.Connection, known: Types, request: Request, _: Any) -> Json:
    """Return a relationship, and headers of its ends where the query asks for them."""
    one = _known(db, request.path_params["guid"])
    shown = views.relationship(db, known, one)
    if request.query_params.get("extendedInfo", "false").lower() != "true":
        return {"relationship": shown}
    ends = [entities.known(db, guid) for guid in (one.first, one.second)]
    headers = {end.guid: short_header(db, known, end) for end in ends}
    return {"relationship": shown, "referredEntities": headers}


def _remove(db: sqlite3.Connection, known: Types, request: Request, _: Any) -> None:
    """Remove a relationship: for good where both ends are of internal types."""
    one = _known(db, request.path_params["guid"])
    if one.status == entities.DELETED:
        raise Refused("relationship_gone", one.guid)
    ends = [entities.known(db, guid) for guid in (one.first, one.second)]
    if all(entities.type_of(known, end).internal for end in ends):
        relationships.remove(db, one)
    else:
        relationships.end_it(db, one)


def _known(db: sqlite3.Connection, guid: str) -> Relationship:
    one = relationships.by_guid(db, guid)
    if one is None:
        raise Refused("unknown_relationship", guid)
    return one


RELATIONSHIP_CALLS = [
    Call("POST", "/relationship", _add, RELATIONSHIP),
    Call("PUT", "/relationship", _change, RELATIONSHIP),
    Call("GET", "/relationship/guid/{guid}", _get),
    Call("DELETE", "/relationship/guid/{guid}", _remove),
]
