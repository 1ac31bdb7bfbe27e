"""Checks the attributes of entities, tags and relationships against their types (Atlas 2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas.refusals import Refused
from importer.sandbox.values import java_text, normal_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from importer.sandbox.atlas.catalogue import Json
    from importer.sandbox.atlas.types import Attribute, Types

UNSET: dict[str, Any] = {
    **dict.fromkeys(("byte", "short", "int", "long", "float", "double", "date"), 0),
    "boolean": False,
}
"""Value type -> what an entity has that was created without the attribute; others have null."""


BITS = {"byte": 7, "short": 15, "int": 31, "long": 63}
"""Value type -> the bits of its numbers, without the sign."""


def normal_attributes(
    types: Types,
    owner: str,
    attributes: Mapping[str, Attribute],
    sent: Json,
    *,
    partial: bool,
    case: str = "invalid",
) -> Json:
    """Return the attributes that are known, as they are stored; None clears one.

    Raises Refused, with `case`, for the first that is wrong. With `partial` a mandatory attribute
    may be left out; null makes an empty text of it.
    """
    normal: Json = {}
    for name, known in attributes.items():
        value = sent.get(name)
        if value is None and not known.optional and not partial:
            raise missing(owner, name, known.owner, case)
        if value is None and not known.optional and name in sent:
            normal[name] = ""
        elif name in sent:
            try:
                normal[name] = stored(types, known.type_name, value)
                if known.is_set and isinstance(value, list):
                    normal[name] = _each_once(normal[name])
            except (KeyError, TypeError, ValueError):
                raise invalid(f"{owner}.{name}", value, known.type_name, case) from None
    return normal


def _within(bits: int | None, value: Any) -> Any:
    if bits and not -(2**bits) <= value < 2**bits:
        raise ValueError(value)
    return value


def _each_once(values: list[Any]) -> list[Any]:
    return [value for place, value in enumerate(values) if value not in values[:place]]


def missing(owner: str, name: str, definer: str, case: str = "invalid") -> Refused:
    """Return the refusal of an entity without a mandatory value."""
    words = f"{owner}.{name}: mandatory attribute value missing in type {definer}"
    return Refused(case, words)


def invalid(where: str, value: Any, type_name: str, case: str = "invalid") -> Refused:
    """Return the refusal of a value that does not fit its type."""
    words = f"{where}={java_text(value)}: invalid value for type {type_name}"
    return Refused(case, words)


def unset(attributes: Mapping[str, Attribute]) -> Json:
    """Return the values of attributes that nobody set."""
    return {
        name: UNSET[known.type_name]
        for name, known in attributes.items()
        if known.type_name in UNSET
    }


def stored(types: Types, type_name: str, value: Any) -> Any:
    """Return a value as it is stored; lists keep order and duplicates, and lose what is null.

    Raises KeyError, TypeError or ValueError.
    """
    if value is None:
        return None
    if type_name.startswith("array<"):
        if not isinstance(value, list):
            raise TypeError(value)
        inner = type_name.removeprefix("array<").removesuffix(">")
        return [stored(types, inner, item) for item in value if item is not None]
    if type_name.startswith("map<"):
        if not isinstance(value, dict):
            raise TypeError(value)
        inner = type_name.removesuffix(">").partition(",")[2].strip()
        return {key: stored(types, inner, item) for key, item in value.items()}
    if type_name in types.definitions["STRUCT"] or type_name in types.definitions["ENTITY"]:
        if not isinstance(value, dict):
            raise TypeError(value)
        return value
    return _within(BITS.get(type_name), normal_value(type_name, value, types.enums))
