"""What Atlan's protocol calls things: types, attributes, relations, paths."""

from __future__ import annotations

from importer.targets.protocol import Change

GLOSSARY = "AtlasGlossary"
CATEGORY = "AtlasGlossaryCategory"
TERM = "AtlasGlossaryTerm"
LINK = "Link"
README = "Readme"

GLOSSARY_TYPES = (GLOSSARY, CATEGORY, TERM)
"""The server makes the qualifiedName of these: their names are no key, they are found by search."""

RESOURCES = (LINK, README)
"""What hangs on one asset and has no place of its own."""

BULK = "/api/meta/entity/bulk"
SEARCH = "/api/meta/search/indexsearch"
TYPEDEFS = "/api/meta/types/typedefs/"

ATTRIBUTES = "attributes"
RELATIONS = "relationshipAttributes"
TAGS = "classifications"
CUSTOM_METADATA = "businessAttributes"
FREE = "customAttributes"

ACTIVE = "ACTIVE"
DELETED = "DELETED"

SHARED_ATTRIBUTES = (
    "name",
    "qualifiedName",
    "displayName",
    "description",
    "userDescription",
    "certificateStatus",
    "certificateStatusMessage",
    "announcementType",
    "announcementTitle",
    "announcementMessage",
    "ownerUsers",
    "ownerGroups",
    "adminUsers",
    "adminGroups",
    "viewerUsers",
    "viewerGroups",
    "assetIcon",
    "domainGUIDs",
)
GLOSSARY_ATTRIBUTES = (
    "shortDescription",
    "longDescription",
    "additionalAttributes",
    "abbreviation",
    "examples",
    "usage",
    "language",
)
RESOURCE_ATTRIBUTES = ("name", "qualifiedName", "link", "description", "icon", "iconType")

TERM_RELATIONS = (
    "seeAlso",
    "synonyms",
    "antonyms",
    "preferredTerms",
    "preferredToTerms",
    "replacedBy",
    "replacementTerms",
    "translatedTerms",
    "translationTerms",
    "validValuesFor",
    "validValues",
    "classifies",
    "isA",
)
MANY = frozenset({"categories", "meanings", "assignedEntities", "terms", *TERM_RELATIONS})
"""Relations whose value is a list even where it has one item."""


def attributes_of(type_name: str) -> tuple[str, ...]:
    """The attributes a template can map, for entities of this type."""
    if type_name in RESOURCES:
        return RESOURCE_ATTRIBUTES
    return SHARED_ATTRIBUTES + (GLOSSARY_ATTRIBUTES if type_name in GLOSSARY_TYPES else ())


def relations_of(type_name: str) -> tuple[str, ...]:
    """The relations a template can map, for entities of this type."""
    if type_name == TERM:
        return ("anchor", "categories", *TERM_RELATIONS)
    if type_name in RESOURCES:
        return ("asset",)
    return {GLOSSARY: (), CATEGORY: ("anchor", "parentCategory")}.get(type_name, ("meanings",))


def relation_path(name: str) -> str:
    """`anchor` -> `relationshipAttributes.anchor`."""
    return f"{RELATIONS}.{name}"


def name_of(change: Change) -> str:
    """The name a change states, else the name its entity has, else the end of its key."""
    held = change.before.payload if change.before else {}
    for payload in (change.payload, held):
        name = payload.get(ATTRIBUTES, {}).get("name")
        if name:
            return str(name)
    return change.key[-1]


UNREADABLE = ("starred", FREE)
"""What a template may say that no search shows."""
