"""The shapes of Trebellar's answers (OpenAPI of POST /api/v2/assets/bulk; trebellar-api 1.3)."""

from __future__ import annotations

from importer.model import Json
from importer.targets.shape import (
    AN_OBJECT,
    Shape,
    anything,
    filled_text,
    list_of,
    object_with,
    or_null,
    text,
    yes_or_no,
)
from importer.targets.trebellar.vocabulary import ASSETS, BULK, PARENT, STATIC


def _listed(value: Json) -> None:
    """Accept an asset as a list shows it, with all that is nested in it."""
    LISTED(value)


LISTED = object_with(
    {"id": filled_text},
    {
        "type": or_null(text),
        "label": or_null(text),
        PARENT: or_null(text),
        STATIC: or_null(AN_OBJECT),
        "children": or_null(list_of(_listed)),
    },
)


def _asset(value: Json) -> None:
    """Accept an asset as it is answered on its own: it names its type."""
    object_with({"id": filled_text, "type": filled_text})(value)
    _listed(value)


SHAPES: dict[tuple[str, str], Shape] = {
    ("GET", ASSETS): object_with({"data": list_of(_listed)}),
    ("POST", BULK): object_with({"success": yes_or_no}, {"operations": or_null(list_of(anything))}),
}


def shape_of(method: str, path: str) -> Shape:
    """Return the shape of the answer to a call; any other path is that of a single asset."""
    return SHAPES.get((method, path), _asset)
