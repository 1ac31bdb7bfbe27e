"""The types that the sandbox knows from the beginning: those of Apache Atlas 2.1, as far as used.

`ENTITIES` maps a type to its supertype and its own attributes: value type -> names. `!` marks a
mandatory attribute, `!*` one that is unique as well, `^` one that is indexed all the same. Testers
post more (`types/typedefs`).
"""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct

Json = dict[str, Any]

MOST = 2**31 - 1
"""How many values an attribute has that may have any number."""

INTERNAL = "__internal"
"""The supertype of what is deleted for good, whatever is asked (TypeUtil.isInternalType)."""

GLOSSARY, TERM, CATEGORY = "AtlasGlossary", "AtlasGlossaryTerm", "AtlasGlossaryCategory"
RELATION_STATUS = "AtlasGlossaryTermRelationshipStatus"
ASSIGNMENT_STATUS = "AtlasGlossaryTermAssignmentStatus"

ENUMS: dict[str, str] = {
    RELATION_STATUS: "DRAFT ACTIVE DEPRECATED OBSOLETE OTHER",
    ASSIGNMENT_STATUS: "DISCOVERED PROPOSED IMPORTED VALIDATED DEPRECATED OBSOLETE OTHER",
    "quality_level": "Gold Silver Bronze",
}

_GLOSSARY_OBJECT = "qualifiedName!* name! shortDescription longDescription"

ENTITIES: dict[str, tuple[str | None, dict[str, str]]] = {
    INTERNAL: (None, {}),
    "Referenceable": (None, {"string": "qualifiedName!*"}),
    "Asset": ("Referenceable", {"string": "name! owner^ description"}),
    "DataSet": ("Asset", {}),
    "Infrastructure": ("Asset", {}),
    "Process": ("Asset", {"array<DataSet>": "inputs outputs"}),
    GLOSSARY: (
        INTERNAL,
        {
            "string": f"{_GLOSSARY_OBJECT} language usage",
            "map<string,string>": "additionalAttributes",
        },
    ),
    TERM: (
        INTERNAL,
        {
            "string": f"{_GLOSSARY_OBJECT} abbreviation usage",
            "array<string>": "examples",
            "map<string,string>": "additionalAttributes",
        },
    ),
    CATEGORY: (
        INTERNAL,
        {"string": _GLOSSARY_OBJECT, "map<string,string>": "additionalAttributes"},
    ),
    "hive_db": (
        "Asset",
        {"string": "clusterName location", "map<string,string>": "parameters"},
    ),
    "hive_table": (
        "DataSet",
        {
            "string": "comment tableType",
            "date": "createTime",
            "int": "retention",
            "boolean": "temporary",
            "array<string>": "aliases",
        },
    ),
    "hive_column": ("DataSet", {"string": "type comment", "int": "position"}),
    "sample_table": ("DataSet", {"string": "comment", "long": "rowCount"}),
}

TAGS: dict[str, dict[str, str]] = {
    "PII": {},
    "Confidential": {"string": "level", "date": "until"},
    "Public": {},
}

SETS: dict[str, dict[str, str]] = {
    "Stewardship": {
        "string": "steward",
        "array<string>": "reviewers",
        "int": "priority",
        "float": "score",
        "boolean": "approved",
        "date": "reviewedOn",
        "quality_level": "level",
    }
}
"""Business metadata; entities of `SET_TYPES` have it, and texts in it `LONGEST` characters."""

SET_TYPES = f'["{GLOSSARY}", "{TERM}", "{CATEGORY}", "Asset"]'
LONGEST = "50"


class Related(Struct, frozen=True):
    """A relationship: type and attribute at either end, `!` where that holds one entity only.

    `container` is whether the first end holds the second; `owns`: it is deleted with it.
    """

    first: str
    second: str
    attributes: dict[str, str]
    container: bool = False
    owns: bool = False
    propagates: str = "NONE"


_ABOUT = {"string": "description expression steward source", RELATION_STATUS: "status"}


def _between_terms(first: str, second: str) -> Related:
    return Related(f"{TERM}.{first}", f"{TERM}.{second}", _ABOUT)


RELATIONSHIPS: dict[str, Related] = {
    "AtlasGlossaryTermAnchor": Related(f"{GLOSSARY}.terms", f"{TERM}.anchor!", {}, True, True),
    "AtlasGlossaryCategoryAnchor": Related(
        f"{GLOSSARY}.categories", f"{CATEGORY}.anchor!", {}, True, True
    ),
    "AtlasGlossaryCategoryHierarchyLink": Related(
        f"{CATEGORY}.childrenCategories", f"{CATEGORY}.parentCategory!", {}, True
    ),
    "AtlasGlossaryTermCategorization": Related(
        f"{CATEGORY}.terms",
        f"{TERM}.categories",
        {"string": "description", RELATION_STATUS: "status"},
        True,
    ),
    "AtlasGlossarySemanticAssignment": Related(
        f"{TERM}.assignedEntities",
        "Referenceable.meanings",
        {
            "string": "description expression createdBy steward source",
            ASSIGNMENT_STATUS: "status",
            "int": "confidence",
        },
        propagates="ONE_TO_TWO",
    ),
    "AtlasGlossaryRelatedTerm": _between_terms("seeAlso", "seeAlso"),
    "AtlasGlossarySynonym": _between_terms("synonyms", "synonyms"),
    "AtlasGlossaryAntonym": _between_terms("antonyms", "antonyms"),
    "AtlasGlossaryPreferredTerm": _between_terms("preferredTerms", "preferredToTerms"),
    "AtlasGlossaryReplacementTerm": _between_terms("replacedBy", "replacementTerms"),
    "AtlasGlossaryTranslation": _between_terms("translatedTerms", "translationTerms"),
    "AtlasGlossaryIsARelationship": _between_terms("classifies", "isA"),
    "AtlasGlossaryValidValue": _between_terms("validValuesFor", "validValues"),
    "dataset_process_inputs": Related("Process.inputs", "DataSet.inputToProcesses", {}, True),
    "process_dataset_outputs": Related("Process.outputs", "DataSet.outputFromProcesses", {}, True),
    "hive_table_db": Related("hive_table.db!", "hive_db.tables", {}, True),
    "hive_table_columns": Related("hive_table.columns", "hive_column.table!", {}, True, True),
}


@cache
def definitions() -> dict[str, tuple[Json, ...]]:
    """Return category -> its built-in definitions, as `types/typedefs` shows them."""
    return {
        "ENUM": tuple(_enum(name, values.split()) for name, values in ENUMS.items()),
        "CLASSIFICATION": tuple(_tag(name, known) for name, known in TAGS.items()),
        "ENTITY": tuple(_entity(name, *known) for name, known in ENTITIES.items()),
        "RELATIONSHIP": tuple(_relationship(name, one) for name, one in RELATIONSHIPS.items()),
        "BUSINESS_METADATA": tuple(_set(name, known) for name, known in SETS.items()),
    }


def definition(category: str, name: str, **rest: Any) -> Json:
    """Return a definition with what the server adds to it."""
    return {
        "category": category,
        "guid": str(uuid5(NAMESPACE_URL, f"{category}:{name}")),
        "createdBy": "sandbox",
        "updatedBy": "sandbox",
        "version": 1,
        "typeVersion": "1.0",
        "name": name,
        "description": name,
        **rest,
    }


def _enum(name: str, values: list[str]) -> Json:
    elements = [{"value": value, "ordinal": place} for place, value in enumerate(values)]
    return definition("ENUM", name, elementDefs=elements)


def _tag(name: str, attributes: dict[str, str]) -> Json:
    defined = _attributes(attributes)
    return definition("CLASSIFICATION", name, attributeDefs=defined, superTypes=[], entityTypes=[])


def _set(name: str, attributes: dict[str, str]) -> Json:
    defined = _attributes(attributes)
    for one in defined:
        text = {"maxStrLength": LONGEST} if "string" in one["typeName"] else {}
        one["options"] = {"applicableEntityTypes": SET_TYPES, **text}
    return definition("BUSINESS_METADATA", name, attributeDefs=defined)


def _entity(name: str, above: str | None, attributes: dict[str, str]) -> Json:
    return definition(
        "ENTITY", name, superTypes=[above] if above else [], attributeDefs=_attributes(attributes)
    )


def _attributes(names: dict[str, str]) -> list[Json]:
    return [
        _attribute(name, value_type)
        for value_type, words in names.items()
        for name in words.split()
    ]


def _attribute(marked: str, value_type: str) -> Json:
    many = value_type == "array<DataSet>"
    return {
        "name": marked.rstrip("!*^"),
        "typeName": value_type,
        "isOptional": "!" not in marked,
        "cardinality": "SET" if many else "SINGLE",
        "valuesMinCount": int("!" in marked),
        "valuesMaxCount": MOST if many else 1,
        "isUnique": "*" in marked,
        "isIndexable": "!" in marked or "^" in marked,
        "includeInNotification": False,
        "searchWeight": -1,
    }


def _relationship(name: str, known: Related) -> Json:
    kind = "COMPOSITION" if known.owns else "AGGREGATION" if known.container else "ASSOCIATION"
    return definition(
        "RELATIONSHIP",
        name,
        relationshipCategory=kind,
        propagateTags=known.propagates,
        endDef1=_end(known.first, container=known.container),
        endDef2=_end(known.second, container=False),
        attributeDefs=_attributes(known.attributes),
    )


def _end(place: str, *, container: bool) -> Json:
    owner, name = place.rsplit(".", 1)
    return {
        "type": owner,
        "name": name.rstrip("!"),
        "isContainer": container,
        "cardinality": "SINGLE" if name.endswith("!") else "SET",
        "isLegacyAttribute": owner == "Process",
    }
