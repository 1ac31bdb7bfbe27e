"""The JSON shapes of bodies: at any other the real server crashes, before it looks at the values.

It reads a body into objects of its own (Jackson): what it does not know is left out, null may
stand anywhere, and a number or a flag becomes a text where a text belongs.
"""

from __future__ import annotations

from typing import Any

from importer.sandbox.atlas.refusals import Crashed
from importer.sandbox.atlas.types import CATEGORIES

TEXT = (str, int, float)
FLAG = (bool, str)
NUMBER = (int, float, str)

TAG = {"typeName": TEXT, "attributes": dict, "propagate": FLAG}
TAGS = [TAG]
LABELS = [TEXT]
ENTITY = {
    "typeName": TEXT,
    "guid": TEXT,
    "attributes": dict,
    "relationshipAttributes": dict,
    "businessAttributes": dict,
    "customAttributes": dict,
    "classifications": TAGS,
    "labels": LABELS,
    "status": TEXT,
}
ENTITIES = {"entities": [ENTITY], "referredEntities": dict}
ONE_ENTITY = {"entity": ENTITY, "referredEntities": dict}
TAGGED = {"classification": TAG, "entityGuids": [TEXT]}
RELATIONSHIP = {
    "typeName": TEXT,
    "guid": TEXT,
    "end1": dict,
    "end2": dict,
    "attributes": dict,
    "propagateTags": TEXT,
}
SEARCH = {"typeName": TEXT, "limit": NUMBER, "offset": NUMBER, "attributes": [TEXT]}

_ATTRIBUTE = {"name": TEXT, "typeName": TEXT, "cardinality": TEXT, "options": dict}
_END = {"type": TEXT, "name": TEXT, "cardinality": TEXT}
_DEFINITION = {
    "name": TEXT,
    "attributeDefs": [_ATTRIBUTE],
    "elementDefs": [{"value": TEXT}],
    "superTypes": [TEXT],
    "entityTypes": [TEXT],
    "endDef1": _END,
    "endDef2": _END,
}


DEFINITIONS = {name: [_DEFINITION] for name in CATEGORIES.values()}


def check(body: Any, shape: Any, *, required: bool = False) -> None:
    """Raise Crashed for a body of another shape, or for none where one is required."""
    if body is None and required and shape is not None:
        raise Crashed("no body")
    if shape is not None:
        _check(body, shape)


def _check(value: Any, shape: Any) -> None:
    if value is None:
        return
    _check_kind(value, type(shape) if isinstance(shape, list | dict) else shape)
    if isinstance(shape, list):
        for item in value:
            _check(item, shape[0])
    elif isinstance(shape, dict):
        for name, inner in shape.items():
            _check(value.get(name), inner)


def _check_kind(value: Any, kind: Any) -> None:
    if not isinstance(value, kind):
        raise Crashed(f"{type(value).__name__} is no {kind}")
