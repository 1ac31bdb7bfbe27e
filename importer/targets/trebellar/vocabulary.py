"""What Trebellar's protocol calls things."""

from __future__ import annotations

ASSETS = "/api/v2/assets"
BULK = "/api/v2/assets/bulk"

ROOT = "ROOT"
"""What may stand above the buildings; it is no part of their keys."""

CHILDLESS = frozenset({"DESK", "SENSOR"})

PARENT = "parentId"
STATIC = "staticProperties"
OPERATION = "operation"
"""Ours, in a payload: what belongs to the operation, not to the asset."""

HELD = (
    "type",
    "label",
    "location",
    "dynamicProperties",
    "assetTags",
    STATIC,
    "sensorProperties",
)
"""The fields of an asset itself; its id and its place in the tree are not among them."""

CONTAINERS = frozenset({STATIC, "dynamicProperties", "sensorProperties", f"{STATIC}.coordinates"})
"""Objects whose fields are set one by one; any other object is one value."""

UNREADABLE = ("operation",)
"""What a template may say that no answer shows: it belongs to the operation, not to the asset."""
