"""The shapes of Atlan's answers (atlas-metastore: AtlasSearchResult, EntityMutationResponse...).

Its JSON leaves out what is null: a search that finds nothing has no `entities`, a save that changed
nothing no `mutatedEntities`, and a deletion of what was gone before is `{}`.
"""

from __future__ import annotations

from importer.model import Json
from importer.targets.atlan.vocabulary import (
    ATTRIBUTES,
    BULK,
    FREE,
    GLOSSARY_TYPES,
    RELATIONS,
    RESOURCES,
    SEARCH,
    TAGS,
    TYPEDEFS,
    relations_of,
)
from importer.targets.shape import (
    AN_OBJECT,
    Shape,
    WrongShape,
    filled_text,
    list_of,
    number,
    object_with,
    object_with_any,
    or_null,
    text,
)


def _end_or_ends(value: Json) -> None:
    """Accept what a relation leads to: an object, a list of them, or null."""
    ENDS(value if isinstance(value, list) or value is None else [value])


END = object_with(
    known={
        "guid": or_null(text),
        ATTRIBUTES: or_null(AN_OBJECT),
        "uniqueAttributes": or_null(AN_OBJECT),
    }
)
ENDS = or_null(list_of(END))
RELATED = {
    name: _end_or_ends
    for type_name in (*GLOSSARY_TYPES, *RESOURCES, "Asset")
    for name in ("links", "readme", *relations_of(type_name))
}
VALUES = object_with(
    known={
        **dict.fromkeys(("name", "qualifiedName", "description"), or_null(text)),
        **RELATED,
    }
)
ENTITY = object_with(
    {"guid": filled_text, "typeName": filled_text, ATTRIBUTES: VALUES},
    {
        RELATIONS: or_null(object_with(known=RELATED)),
        TAGS: or_null(list_of(object_with({"typeName": filled_text}))),
        "labels": or_null(list_of(text)),
        FREE: or_null(AN_OBJECT),
    },
)
HEADERS = or_null(list_of(object_with({"guid": filled_text})))
MUTATED = {
    "mutatedEntities": or_null(
        object_with(
            known=dict.fromkeys(("CREATE", "UPDATE", "PARTIAL_UPDATE", "DELETE", "PURGE"), HEADERS)
        )
    ),
    "partialUpdatedEntities": HEADERS,
    "guidAssignments": or_null(AN_OBJECT),
}

DEFINITION = object_with(
    {"name": filled_text},
    {
        **dict.fromkeys(("superTypes", "entityTypes"), or_null(list_of(text))),
        "elementDefs": or_null(list_of(object_with({"value": text}))),
        "attributeDefs": or_null(
            list_of(object_with({"name": filled_text}, {"options": or_null(AN_OBJECT)}))
        ),
    },
)
DEFINITIONS = (
    "enumDefs",
    "structDefs",
    "classificationDefs",
    "entityDefs",
    "relationshipDefs",
    "businessMetadataDefs",
)


def _hits(value: Json) -> None:
    """Accept the answer to a search; without `entities`, it must at least say how many there are.

    That number may be above 0: the search index still counts what was purged a moment ago.
    """
    FOUND(value)
    if value.get("entities") is None and "approximateCount" not in value:
        raise WrongShape("one with `entities` or `approximateCount`", value)


FOUND = object_with(known={"entities": or_null(list_of(ENTITY)), "approximateCount": number})

SHAPES: dict[tuple[str, str], Shape] = {
    ("POST", SEARCH): _hits,
    ("GET", BULK): object_with_any(
        {"entities": or_null(list_of(ENTITY)), "referredEntities": or_null(AN_OBJECT)}
    ),
    ("GET", TYPEDEFS): object_with_any(dict.fromkeys(DEFINITIONS, or_null(list_of(DEFINITION)))),
    ("POST", BULK): object_with_any(MUTATED),
    ("DELETE", BULK): object_with_any(MUTATED, or_empty=True),
}


def shape_of(method: str, path: str) -> Shape:
    """Return the shape of the answer to a call; of one that is not listed, any object."""
    return SHAPES.get((method, path), AN_OBJECT)
