"""The shapes of Apache Atlas's answers (AtlasSearchResult, EntityMutationResponse, AtlasTypesDef).

Its JSON leaves out what is null: a search that finds nothing has no `entities`, a save that changed
nothing no `mutatedEntities`.
"""

from __future__ import annotations

from importer.model import Json
from importer.targets.atlas.vocabulary import (
    ATTRIBUTES,
    BULK,
    CUSTOM_METADATA,
    ENTITY,
    FREE,
    HEADERS,
    LABELS,
    RELATIONS,
    RELATIONSHIP,
    SEARCH,
    TAGS,
    TYPEDEFS,
    UNIQUE,
)
from importer.targets.shape import (
    AN_OBJECT,
    Shape,
    WrongShape,
    anything,
    filled_text,
    list_of,
    object_of,
    object_with,
    object_with_any,
    or_null,
    text,
)

END = object_with(
    known=dict.fromkeys(("guid", "typeName", "relationshipGuid"), or_null(text)),
)


def _end_or_ends(value: Json) -> None:
    """Accept what a relation leads to: an object, a list of them, or null."""
    or_null(list_of(END))(value if isinstance(value, list) or value is None else [value])


HEADER = object_with(
    {"guid": filled_text, "typeName": filled_text}, {ATTRIBUTES: or_null(AN_OBJECT)}
)
ENTITY_ITSELF = object_with(
    {
        "guid": filled_text,
        "typeName": filled_text,
        ATTRIBUTES: object_with(known=dict.fromkeys(("name", "qualifiedName"), or_null(text))),
    },
    {
        RELATIONS: or_null(object_of(_end_or_ends)),
        TAGS: or_null(list_of(object_with({"typeName": filled_text}))),
        LABELS: or_null(list_of(text)),
        FREE: or_null(AN_OBJECT),
        CUSTOM_METADATA: or_null(object_of(or_null(AN_OBJECT))),
    },
)
ENTITY_LISTS = {
    "entities": or_null(list_of(ENTITY_ITSELF)),
    "referredEntities": or_null(AN_OBJECT),
}
ENTITIES = object_with_any(ENTITY_LISTS)
NAMED_ENTITIES = object_with_any(ENTITY_LISTS, or_empty=True)
"""What a question by qualifiedNames is answered with: an empty object where none is known."""

MUTATED = {
    "mutatedEntities": or_null(
        object_with(
            known=dict.fromkeys(
                ("CREATE", "UPDATE", "PARTIAL_UPDATE", "DELETE", "PURGE"),
                or_null(list_of(object_with({"guid": filled_text}))),
            )
        )
    ),
    "guidAssignments": or_null(object_of(filled_text)),
}
DEFINITION = object_with(
    {"name": filled_text},
    {
        "superTypes": or_null(list_of(text)),
        "attributeDefs": or_null(
            list_of(object_with({"name": filled_text}, {"options": or_null(AN_OBJECT)}))
        ),
        "elementDefs": or_null(list_of(object_with({"value": anything}))),
        "entityTypes": or_null(list_of(text)),
    },
)
RELATION = object_with(
    {
        "name": filled_text,
        **dict.fromkeys(("endDef1", "endDef2"), object_with({"type": text, "name": text})),
    }
)
KINDS = ("enumDefs", "structDefs", "classificationDefs", "entityDefs", "businessMetadataDefs")
DEFINITIONS = object_with_any(
    {
        **dict.fromkeys(KINDS, or_null(list_of(DEFINITION))),
        "relationshipDefs": or_null(list_of(RELATION)),
    }
)


def _found(value: Json) -> None:
    """Accept the answer to a search, which repeats the question: it has no list if nothing fits."""
    object_with(known={"entities": or_null(list_of(HEADER))})(value)
    if not {"entities", "queryType", "searchParameters"} & value.keys():
        raise WrongShape("one with `entities` or `searchParameters`", value)


SHAPES: dict[tuple[str, str], Shape] = {
    ("GET", TYPEDEFS): DEFINITIONS,
    ("GET", HEADERS): list_of(DEFINITION),
    ("POST", SEARCH): _found,
    ("GET", BULK): ENTITIES,
    ("POST", BULK): object_with_any(MUTATED),
    ("DELETE", BULK): object_with_any(MUTATED, or_empty=True),
    ("POST", RELATIONSHIP): object_with(known={"guid": text}),
}


def shape_of(method: str, path: str) -> Shape:
    """Return the shape of the answer to a call; those about a part of an entity have no body."""
    if path.startswith(UNIQUE):
        return NAMED_ENTITIES
    if path.startswith((ENTITY, f"{RELATIONSHIP}/")):
        return anything
    return SHAPES.get((method, path), AN_OBJECT)
