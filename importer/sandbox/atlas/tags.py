"""Tags of entities, which Apache Atlas calls classifications: added, changed, taken away (2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas.refusals import Crashed, Refused
from importer.sandbox.atlas.values import normal_attributes, unset
from importer.sandbox.values import java_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from importer.sandbox.atlas.catalogue import Json
    from importer.sandbox.atlas.entities import Entity
    from importer.sandbox.atlas.types import EntityType, Types

FLAGS = {"propagate": True, "removePropagationsOnEntityDelete": False}
"""The flags of a tag, and what they are where they are not sent."""


def new_tags(types: Types, kind: EntityType, guid: str, sent: Iterable[Any]) -> list[Json]:
    """Return tags as they are stored on an entity of `kind`. Raises Refused."""
    return [_new_tag(types, kind, guid, one) for one in sent]


def _new_tag(types: Types, kind: EntityType, guid: str, sent: Any) -> Json:
    name = _name(types, sent)
    allowed = types.definitions["CLASSIFICATION"][name].get("entityTypes") or ()
    if allowed and not any(kind.is_a(one) for one in allowed):
        raise Refused("tag_not_for_type", guid, kind.name, name)
    known = types.attributes("CLASSIFICATION", name)
    values = _values(types, name, sent)
    stored = {**unset(known), **values} if sent.get("attributes") else {}
    return {
        "typeName": name,
        **({"attributes": {**dict.fromkeys(known), **stored}} if known else {}),
        "entityGuid": guid,
        "entityStatus": "ACTIVE",
        **{flag: _given(sent, flag, usual) for flag, usual in FLAGS.items()},
    }


def _name(types: Types, sent: Any) -> str:
    if sent is None:
        raise Crashed("a tag is null")
    name = java_text(sent.get("typeName"))
    if name not in types.definitions["CLASSIFICATION"]:
        raise Refused("unknown_tag", name)
    return name


def _values(types: Types, name: str, sent: Json) -> Json:
    known, given = types.attributes("CLASSIFICATION", name), sent.get("attributes") or {}
    return normal_attributes(types, name, known, given, partial=False, case="invalid_parameters")


def _given(sent: Json, flag: str, usual: Any) -> bool:
    return bool(usual if sent.get(flag) is None else sent[flag])


def add_tags(types: Types, kind: EntityType, entity: Entity, sent: list[Any]) -> None:
    """Add tags to an entity. Raises Refused where it has one of them."""
    held = {tag["typeName"] for tag in entity.tags}
    for tag in new_tags(types, kind, entity.guid, sent):
        if tag["typeName"] in held:
            words = f"entity: {entity.guid}, already associated with classification: "
            raise Refused("invalid_parameters", words + tag["typeName"])
        entity.tags.append(tag)


def update_tags(types: Types, entity: Entity, sent: list[Any]) -> None:
    """Change what is sent of tags that an entity has. Raises Refused for one it has not."""
    for given in sent:
        tag = find_tag(entity, _name(types, given))
        values = _values(types, tag["typeName"], given)
        if values:
            tag["attributes"] = {**tag.get("attributes", {}), **values}
        tag.update({flag: _given(given, flag, tag[flag]) for flag in FLAGS})


def remove_tag(types: Types, entity: Entity, name: str) -> None:
    """Take a tag from an entity. Raises Refused for one it has not."""
    if name not in types.definitions["CLASSIFICATION"]:
        raise Refused("unknown_tag_type", name)
    if not entity.tags:
        raise Refused("no_tags", entity.guid)
    entity.tags.remove(find_tag(entity, name))


def find_tag(entity: Entity, name: str) -> Json:
    """Return a tag of an entity. Raises Refused."""
    for tag in entity.tags:
        if tag["typeName"] == name:
            return tag
    raise Refused("tag_not_there", name)
