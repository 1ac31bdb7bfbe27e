"""Type definitions for a server that has none: base types, glossary, assets, tags and extras.

The names of types, attributes and relationships are those that Apache Atlas 2.1's base and
glossary models have, since its own glossary calls and every client count on them. A server
without those models takes these in one `POST types/typedefs`.
"""

import requests

from tests.atlas.configuration import ADMIN


def post_definitions(address):
    """Define the types at the server at `address`, unless it has them."""
    url, timeout = f"{address}/api/atlas/v2/types/typedefs", 300
    headers = requests.get(f"{url}/headers", auth=ADMIN, timeout=timeout).json()
    if not any(each["name"] == "AtlasGlossary" for each in headers):
        answer = requests.post(url, json=definitions(), auth=ADMIN, timeout=timeout)
        answer.raise_for_status()


def definitions():
    """Return the body of `POST types/typedefs`."""
    return {
        "enumDefs": [_enum(name, values) for name, values in ENUMS.items()],
        "structDefs": [],
        "classificationDefs": [_type(name, supers, own) for name, supers, own in TAGS],
        "entityDefs": [_type(name, supers, own) for name, supers, own in ENTITIES],
        "relationshipDefs": [_relationship(*each) for each in RELATIONSHIPS],
        "businessMetadataDefs": [_set(name, own) for name, own in SETS.items()],
    }


ENUMS = {
    "AtlasGlossaryTermRelationshipStatus": "DRAFT ACTIVE DEPRECATED OBSOLETE OTHER",
    "AtlasGlossaryTermAssignmentStatus": "DISCOVERED PROPOSED IMPORTED VALIDATED DEPRECATED "
    "OBSOLETE OTHER",
    "quality_level": "Gold Silver Bronze",
}

DESCRIBED = {
    "string": "shortDescription longDescription",
    "map<string,string>": "additionalAttributes",
}
NAMED = {"unique string": "qualifiedName!", "indexed string": "name!"}

ENTITIES = [
    ("__internal", [], {}),
    ("Referenceable", [], {"unique string": "qualifiedName!"}),
    ("Asset", ["Referenceable"], {"indexed string": "name! owner", "string": "description"}),
    ("DataSet", ["Asset"], {}),
    ("Infrastructure", ["Asset"], {}),
    ("Process", ["Asset"], {"array<DataSet>": "inputs outputs"}),
    ("AtlasGlossary", ["__internal"], {**NAMED, **DESCRIBED, "text": "language usage"}),
    (
        "AtlasGlossaryTerm",
        ["__internal"],
        {**NAMED, **DESCRIBED, "text": "abbreviation usage", "array<string>": "examples"},
    ),
    ("AtlasGlossaryCategory", ["__internal"], {**NAMED, **DESCRIBED}),
    ("hive_db", ["Asset"], {"string": "clusterName location", "map<string,string>": "parameters"}),
    (
        "hive_table",
        ["DataSet"],
        {
            "string": "comment tableType",
            "date": "createTime",
            "int": "retention",
            "boolean": "temporary",
            "array<string>": "aliases",
        },
    ),
    ("hive_column", ["DataSet"], {"string": "type comment", "int": "position"}),
    ("sample_table", ["DataSet"], {"string": "comment", "long": "rowCount"}),
]

TAGS = [
    ("PII", [], {}),
    ("Confidential", [], {"string": "level", "date": "until"}),
    ("Public", [], {}),
]

SETS = {
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
"""Business metadata; entities of `SET_TYPES` have it."""

SET_TYPES = '["AtlasGlossary", "AtlasGlossaryTerm", "AtlasGlossaryCategory", "Asset"]'

_TERM = "AtlasGlossaryTerm"
_CATEGORY = "AtlasGlossaryCategory"
_STATUS = {"AtlasGlossaryTermRelationshipStatus": "status"}
_NOTES = {"string": "description expression steward source", **_STATUS}


def _between_terms(name, first, second):
    return (name, "ASSOCIATION", (_TERM, first, "SET"), (_TERM, second, "SET"), _NOTES)


RELATIONSHIPS = [
    (
        "AtlasGlossaryTermAnchor",
        "COMPOSITION",
        ("AtlasGlossary", "terms", "SET"),
        (_TERM, "anchor", "SINGLE"),
        {},
    ),
    (
        "AtlasGlossaryCategoryAnchor",
        "COMPOSITION",
        ("AtlasGlossary", "categories", "SET"),
        (_CATEGORY, "anchor", "SINGLE"),
        {},
    ),
    (
        "AtlasGlossaryCategoryHierarchyLink",
        "AGGREGATION",
        (_CATEGORY, "childrenCategories", "SET"),
        (_CATEGORY, "parentCategory", "SINGLE"),
        {},
    ),
    (
        "AtlasGlossaryTermCategorization",
        "AGGREGATION",
        (_CATEGORY, "terms", "SET"),
        (_TERM, "categories", "SET"),
        {"string": "description", **_STATUS},
    ),
    (
        "AtlasGlossarySemanticAssignment",
        "ASSOCIATION",
        (_TERM, "assignedEntities", "SET"),
        ("Referenceable", "meanings", "SET"),
        {
            "string": "description expression createdBy steward source",
            "int": "confidence",
            "AtlasGlossaryTermAssignmentStatus": "status",
        },
    ),
    _between_terms("AtlasGlossaryRelatedTerm", "seeAlso", "seeAlso"),
    _between_terms("AtlasGlossarySynonym", "synonyms", "synonyms"),
    _between_terms("AtlasGlossaryAntonym", "antonyms", "antonyms"),
    _between_terms("AtlasGlossaryPreferredTerm", "preferredTerms", "preferredToTerms"),
    _between_terms("AtlasGlossaryReplacementTerm", "replacedBy", "replacementTerms"),
    _between_terms("AtlasGlossaryTranslation", "translatedTerms", "translationTerms"),
    _between_terms("AtlasGlossaryIsARelationship", "classifies", "isA"),
    _between_terms("AtlasGlossaryValidValue", "validValuesFor", "validValues"),
    (
        "dataset_process_inputs",
        "AGGREGATION",
        ("Process", "inputs", "SET"),
        ("DataSet", "inputToProcesses", "SET"),
        {},
    ),
    (
        "process_dataset_outputs",
        "AGGREGATION",
        ("Process", "outputs", "SET"),
        ("DataSet", "outputFromProcesses", "SET"),
        {},
    ),
    (
        "hive_table_db",
        "AGGREGATION",
        ("hive_table", "db", "SINGLE"),
        ("hive_db", "tables", "SET"),
        {},
    ),
    (
        "hive_table_columns",
        "COMPOSITION",
        ("hive_table", "columns", "SET"),
        ("hive_column", "table", "SINGLE"),
        {},
    ),
]


def _enum(name, values):
    elements = [{"value": value, "ordinal": n} for n, value in enumerate(values.split())]
    return {"name": name, "typeVersion": "1.0", "elementDefs": elements}


def _type(name, supers, own):
    return {
        "name": name,
        "superTypes": supers,
        "typeVersion": "1.0",
        "attributeDefs": _attributes(own),
    }


def _attributes(own):
    return [_attribute(kind, name) for kind, names in own.items() for name in names.split()]


def _attribute(kind, name):
    first, _, rest = kind.partition(" ")
    return {
        "name": name.rstrip("!"),
        "typeName": rest or {"text": "string"}.get(first, first),
        "cardinality": "SET" if first == "array<DataSet>" else "SINGLE",
        "isIndexable": first in {"unique", "indexed"},
        "isUnique": first == "unique",
        "isOptional": not name.endswith("!"),
    }


def _relationship(name, category, first, second, own):
    ends = [_end(*first, category), _end(*second, "ASSOCIATION")]
    return {
        "name": name,
        "typeVersion": "1.0",
        "relationshipCategory": category,
        "propagateTags": "ONE_TO_TWO" if name == "AtlasGlossarySemanticAssignment" else "NONE",
        "endDef1": ends[0],
        "endDef2": ends[1],
        "attributeDefs": _attributes(own),
    }


def _end(kind, name, cardinality, category):
    return {
        "type": kind,
        "name": name,
        "cardinality": cardinality,
        "isContainer": category != "ASSOCIATION",
        "isLegacyAttribute": kind == "Process",
    }


def _set(name, own):
    attributes = _attributes(own)
    for each in attributes:
        each["options"] = {"applicableEntityTypes": SET_TYPES}
        if each["typeName"] in {"string", "array<string>"}:
            each["options"]["maxStrLength"] = "50"
    return {"name": name, "typeVersion": "1.0", "attributeDefs": attributes}
