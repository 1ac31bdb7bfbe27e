"""Checks the values of an entity and normalises them, as atlas-metastore does on saving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlan.catalogue import ENUMS, PEOPLE, CustomAttribute
from importer.sandbox.atlan.refusals import Refused
from importer.sandbox.values import normal_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from importer.sandbox.atlan.tenant import Tenant
    from importer.sandbox.atlan.types import EntityType


def normal_attributes(known: EntityType, sent: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes as they are stored; None clears one.

    Raises Refused for the first that is mandatory and missing, or does not fit its type.
    """
    for name, owner in known.mandatory.items():
        if _missing(name, sent.get(name)):
            raise Refused("missing_value", known.name, name, owner)
    return {name: _normal(known, name, value) for name, value in sent.items()}


def _missing(name: str, value: Any) -> bool:
    """Return whether a mandatory value is missing; an empty name is refused later, as bad."""
    return value is None or (name == "qualifiedName" and value == "")


def _normal(known: EntityType, name: str, value: Any) -> Any:
    if value is None or (name in PEOPLE and isinstance(value, list)):
        return value  # the rules judge people, not the type
    value_type = known.attributes[name]
    try:
        return normal_value(value_type, value, ENUMS)
    except (TypeError, ValueError):
        raise Refused("bad_value", known.name, name, value, value_type) from None


def normal_tag(tag: Any, guid: str, tags: Mapping[str, str]) -> dict[str, Any]:
    """Return a tag as it is stored; flags that are left out get the server's defaults.

    Raises Refused for a tag whose internal name is not among `tags`.
    """
    name = tag.get("typeName") if isinstance(tag, dict) else None
    if name not in tags:
        raise Refused("unknown_tag", name)
    defaults = {
        "propagate": True,
        "removePropagationsOnEntityDelete": True,
        "restrictPropagationThroughLineage": False,
        "restrictPropagationThroughHierarchy": False,
    }
    flags = {flag: _given(tag, flag, default) for flag, default in defaults.items()}
    return {"typeName": name, "entityGuid": guid, "entityStatus": "ACTIVE", **flags}


def _given(tag: dict[str, Any], flag: str, default: bool) -> bool:
    value = tag.get(flag)
    return default if value is None else bool(value)


def normal_custom_metadata(
    known: EntityType, sent: Any, tenant: Tenant
) -> dict[str, dict[str, Any]]:
    """Return custom metadata as it is stored; an attribute that is None is cleared.

    Attributes that entities of this type do not have are left out.
    Raises Refused for sets of which they have none, and for values that do not fit.
    """
    if not isinstance(sent, dict):
        return {}
    return {name: _normal_set(known, name, values or {}, tenant) for name, values in sent.items()}


def _normal_set(known: EntityType, name: str, values: Any, tenant: Tenant) -> dict[str, Any]:
    attributes = {
        internal: one
        for internal, one in tenant.custom_metadata.get(name, {}).items()
        if any(known.is_a(type_name) for type_name in one.entity_types)
    }
    if not attributes or not isinstance(values, dict):
        raise Refused("bad_custom_metadata", name, known.name)
    return {
        internal: _custom_value(f"{name}.{internal}", attributes[internal], value, tenant)
        for internal, value in values.items()
        if internal in attributes
    }


def _custom_value(where: str, attribute: CustomAttribute, value: Any, tenant: Tenant) -> Any:
    """Return a value of custom metadata; of an enumeration its letter case counts (Atlan docs)."""
    if value is None:
        return None
    try:
        normal = normal_value(attribute.type_name, value, tenant.enums)
    except (TypeError, ValueError):
        normal = None
    options = tenant.enums.get(attribute.type_name.removeprefix("array<").removesuffix(">"))
    inexact = options and not set(value if isinstance(value, list) else [value]) <= set(options)
    if normal is None or inexact or _too_long(normal, attribute.max_length):
        raise Refused("bad_custom_value", where, value, attribute.type_name)
    return normal


def _too_long(value: Any, most: int | None) -> bool:
    items = value if isinstance(value, list) else [value]
    return most is not None and any(len(str(item)) > most for item in items)
