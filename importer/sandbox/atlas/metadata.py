"""Business metadata of entities: set, merged, taken away (Atlas 2.1, tried on it)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas.definitions import applicable_types
from importer.sandbox.atlas.refusals import Crashed, Refused
from importer.sandbox.atlas.values import UNSET, invalid, stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importer.sandbox.atlas.catalogue import Json
    from importer.sandbox.atlas.types import EntityType, Types


def of_new(types: Types, kind: EntityType, sent: Json) -> Json:
    """Return the business metadata of a new entity, which is hardly checked.

    Unknown sets are left out, texts may be too long and options unknown. Raises Crashed, Refused.
    """
    found = {}
    for name, values in sent.items():
        if not isinstance(values, dict):
            raise Crashed(f"{name} is no JSON object")
        known = {one["name"]: one["typeName"] for one in _for_type(types, kind, name)}
        given = {one: value for one, value in values.items() if one in known}
        kept = {one: _kept(types, known[one], value) for one, value in given.items()}
        found[name] = {one: value for one, value in kept.items() if value is not None}
    return {name: values for name, values in found.items() if values}


def merged(types: Types, kind: EntityType, before: Json, sent: Any) -> Json:
    """Return business metadata with `sent` merged in. Raises Crashed, Refused.

    Null clears; of a number, a flag or a date that was there it makes nought.
    """
    if not isinstance(sent, dict) or not sent:
        raise Refused("invalid_parameters", "businessAttributes is null/empty")
    found = {name: dict(values) for name, values in before.items()}
    for name, values in sent.items():
        known = {one["name"]: one for one in _for_type(types, kind, name)}
        if not known:
            raise Refused(
                "invalid", f"{name}: invalid business-metadata for entity type {kind.name}"
            )
        if not isinstance(values, dict):
            raise Crashed(f"{name} is no JSON object")
        where = f"{kind.name}.{name}"
        held = found.setdefault(name, {})
        for attribute in values.keys() & known.keys():
            value = _value(types, where, known[attribute], values[attribute])
            if value is None and attribute in held:
                value = UNSET.get(known[attribute]["typeName"])
            held[attribute] = value
    return _without_nothing(found)


def without(before: Json, sent: Any) -> Json:
    """Return business metadata without the attributes named; an empty set names all of it."""
    if not isinstance(sent, dict) or not sent:
        raise Refused("invalid_parameters", "businessAttributes is null/empty")
    found = {name: dict(values) for name, values in before.items()}
    for name, gone in sent.items():
        for attribute in list(found.get(name, {})):
            if not gone or attribute in gone:
                del found[name][attribute]
    return _without_nothing(found)


def _for_type(types: Types, kind: EntityType, name: str) -> Iterator[Json]:
    """Yield the attributes of a set that entities of `kind` have."""
    definition = types.definitions["BUSINESS_METADATA"].get(name, {})
    for attribute in definition.get("attributeDefs") or ():
        if any(kind.is_a(one) for one in applicable_types(attribute)):
            yield attribute


def _value(types: Types, where: str, definition: Json, value: Any) -> Any:
    """Return a value as it is kept. Raises Crashed, Refused."""
    place, type_name = f"{where}.{definition['name']}", definition["typeName"]
    try:
        normal = stored(types, type_name, value)
    except (KeyError, TypeError, ValueError):
        raise invalid(place, value, type_name) from None
    most = str((definition.get("options") or {}).get("maxStrLength") or "")
    items = normal if isinstance(normal, list) else [normal]
    if most.isdigit() and any(len(one) > int(most) for one in items if isinstance(one, str)):
        raise Refused("invalid", f"{place}:  Business attribute-value exceeds maximum length limit")
    return None if value is None else _kept(types, type_name, value)


def _kept(types: Types, type_name: str, value: Any) -> Any:
    """Return a value as it is kept: an option as it was sent. Raises Crashed for a date as text."""
    if isinstance(value, str) and type_name in types.enums:
        return value
    if isinstance(value, str) and type_name == "date":
        raise Crashed("a date is text")
    try:
        return stored(types, type_name, value)
    except (KeyError, TypeError, ValueError):
        raise Crashed("a value is of another type") from None


def _without_nothing(found: Json) -> Json:
    kept = {
        name: {one: value for one, value in values.items() if value is not None}
        for name, values in found.items()
    }
    return {name: values for name, values in kept.items() if values}
