"""Checks assets and operations against the schemas of Trebellar's OpenAPI.

Required fields, JSON types and enums are those of POST /api/v2/assets/bulk, with the type OTHER and
the status `inactive`, which only trebellar-api 1.3 knows. As there, no property
may be null, and unknown keys are not an error: they are dropped. Ids, hierarchy and uniqueness are
checked in `assets`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]


class Refused(Exception):
    """An error of the API; nothing of the request is saved.

    `status` is 400, or 404 for an unknown id.
    """

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool | str)


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_list_of(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(check(item) for item in value)


_is_texts = _is_list_of(_is_text)
_is_point = _is_list_of(_is_number)
_is_line = _is_list_of(_is_point)
_is_lines = _is_list_of(_is_line)


def _is_status(value: Any) -> bool:
    return value in STATUSES


def _is_coordinates(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_number(value.get(key)) for key in ("lat", "lon"))


def _is_photo(value: Any) -> bool:
    return isinstance(value, dict) and all(
        _is_text(value[key]) for key in ("name", "url", "dataUri") if key in value
    )


def _is_location(value: Any) -> bool:
    """Return whether the coordinates have exactly one of three depths; an empty list has all."""
    if not isinstance(value, dict) or value.get("type") not in ("Point", "Line", "Polygon"):
        return False
    depths = (_is_point, _is_line, _is_lines)
    return sum(check(value.get("coordinates")) for check in depths) == 1


STATUSES = (
    "active",
    "inactive",
    "mothball",
    "reserve",
    "pending_exit",
    "pending_new",
    "new",
    "closed",
)

_COUNTED: dict[str, Callable[[Any], bool]] = {
    "externalId": _is_text,
    "seats": _is_number,
    "capacity": _is_number,
    "headcount": _is_number,
}

STATIC_PROPERTIES: dict[str, dict[str, Callable[[Any], bool]]] = {
    "STRUCTURE": _COUNTED
    | {
        "address": _is_text,
        "coordinates": _is_coordinates,
        "holidays": _is_texts,
        "rentableSqft": _is_number,
        "businessHoursStart": _is_text,
        "businessHoursEnd": _is_text,
        "businessDays": _is_texts,
        "locationGroup": _is_text,
        "photos": _is_list_of(_is_photo),
        "status": _is_status,
        "timezone": _is_text,
    },
    "FLOOR": _COUNTED | {"image": _is_object, "scale": _is_object},
    "SPACE": _COUNTED
    | {
        "spaceType": _is_text,
        "bookable": _is_flag,
        "photos": _is_list_of(_is_photo),
        "description": _is_text,
    },
    "DESK": _COUNTED | {"bookable": _is_flag},
}
"""Properties of the types that have fixed ones; the other types take any object."""

DEEPEST = 10
"""Levels of nested assets; the hierarchy has six."""

FREE_TYPES = ("SENSOR_GROUP", "SENSOR", "OTHER")
TYPES = (*STATIC_PROPERTIES, *FREE_TYPES)

_PARTS: dict[str, Callable[[Any], bool]] = {
    "id": _is_text,
    "label": _is_text,
    "parentId": _is_text,
    "location": _is_location,
    "dynamicProperties": _is_object,
    "assetTags": _is_texts,
    "staticProperties": _is_object,
    "children": _is_list_of(_is_object),
}

_OPERATIONS: dict[str, tuple[dict[str, Callable[[Any], bool]], tuple[str, ...]]] = {
    "add": (
        {"asset": _is_object, "timestampMs": _is_number, "timestampMsDelete": _is_number},
        ("asset",),
    ),
    "update": ({"asset": _is_object, "timestampMs": _is_number}, ("asset",)),
    "move": ({"id": _is_text, "newParentId": _is_text}, ("id", "newParentId")),
    "delete": ({"id": _is_text}, ("id",)),
    "get": ({"id": _is_text, "embedChildren": lambda value: isinstance(value, bool)}, ("id",)),
}
"""Operation -> its fields with their checks, and the names of those that are required."""


def checked_operation(operation: Any) -> Json:
    """Return the operation with its known fields only. Raises Refused for what does not fit."""
    kind = operation.get("type") if isinstance(operation, dict) else None
    if not isinstance(kind, str) or kind not in _OPERATIONS:
        raise Refused(f"an operation has the type {kind!r}")
    fields, required = _OPERATIONS[kind]
    return {"type": kind, **_checked(operation, fields, required, kind)}


def checked_asset(asset: Any, depth: int = 1) -> Json:
    """Return the asset with its known fields only. Raises Refused for what does not fit."""
    if depth > DEEPEST:
        raise Refused("assets are nested too deep")
    kind = asset.get("type") if isinstance(asset, dict) else None
    if not isinstance(kind, str) or kind not in TYPES:
        raise Refused(f"an asset has the type {kind!r}")
    checked = {"type": kind, **_checked(asset, _PARTS, ("label", "staticProperties"), kind)}
    checked["staticProperties"] = _static_properties(kind, checked["staticProperties"])
    if kind == "SENSOR":
        checked["sensorProperties"] = _sensor_properties(asset.get("sensorProperties"))
    if "children" in checked:
        checked["children"] = [checked_asset(child, depth + 1) for child in checked["children"]]
    return checked


def _static_properties(kind: str, properties: Json) -> Json:
    if kind in FREE_TYPES:
        return _checked(properties, {"externalId": _is_text}, (), kind) | properties
    required = ("timezone",) if kind == "STRUCTURE" else ()
    return _checked(properties, STATIC_PROPERTIES[kind], required, kind)


def _sensor_properties(properties: Any) -> Json:
    if not isinstance(properties, dict):
        raise Refused("SENSOR.sensorProperties is missing")
    return _checked(properties, {"sensorId": _is_text, "name": _is_text}, ("sensorId",), "SENSOR")


def _checked(
    given: Json,
    fields: dict[str, Callable[[Any], bool]],
    required: tuple[str, ...],
    where: str,
) -> Json:
    for field in required:
        if field not in given:
            raise Refused(f"{where}.{field} is missing")
    for field, check in fields.items():
        if field in given and not check(given[field]):
            raise Refused(f"{where}.{field} does not take {given[field]!r}")
    return {field: given[field] for field in fields if field in given}
