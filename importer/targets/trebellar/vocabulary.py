"""Names in Trebellar's API: paths, fields, asset types.

The source is Trebellar's OpenAPI (POST /api/v2/assets/bulk) and, for the fields of listed assets,
its Python SDK trebellar-api 1.3.
"""

from __future__ import annotations

ASSETS = "/api/v2/assets"
BULK = "/api/v2/assets/bulk"

ROOT = "ROOT"
"""The type of an asset above the buildings; it is not part of their keys."""

CHILDLESS = frozenset({"DESK", "SENSOR"})
"""Types of assets that have no children, so that a listed asset without `children` is complete."""

PARENT = "parentId"
STATIC = "staticProperties"
OPERATION = "operation"
"""Our name, in a payload, for the fields of the operation (timestamps) beside its asset."""

ASSET_FIELDS = (
    "type",
    "label",
    "location",
    "dynamicProperties",
    "assetTags",
    STATIC,
    "sensorProperties",
)
"""The fields of an asset that a template can map; id, parent and children are not among them."""

CONTAINERS = frozenset({STATIC, "dynamicProperties", "sensorProperties", f"{STATIC}.coordinates"})
"""Objects that are compared and set field by field; any other object is a single value."""

WRITE_ONLY = (OPERATION,)
"""What a payload may hold that no answer shows."""
