"""Names in Atlan's API: types, attributes, relations, paths.

The sources are pyatlan 11.6 and the type definitions of the open-source atlas-metastore.
"""

from __future__ import annotations

from importer.targets.protocol import Change

GLOSSARY = "AtlasGlossary"
CATEGORY = "AtlasGlossaryCategory"
TERM = "AtlasGlossaryTerm"
LINK = "Link"
README = "Readme"
DOMAIN = "DataDomain"

GLOSSARY_TYPES = (GLOSSARY, CATEGORY, TERM)
"""Types whose qualifiedName the server makes (atlas-metastore): they are found by their names."""

WITHOUT_DOMAIN = frozenset({*GLOSSARY_TYPES, DOMAIN, "DataProduct"})
"""Types that belong to no domain (atlas-metastore AssetPreProcessor)."""

RESOURCES = (LINK, README)
"""Types of assets that are attached to one other asset."""

BULK = "/api/meta/entity/bulk"
SEARCH = "/api/meta/search/indexsearch"
TYPEDEFS = "/api/meta/types/typedefs/"

ATTRIBUTES = "attributes"
RELATIONS = "relationshipAttributes"
TAGS = "classifications"
CUSTOM_METADATA = "businessAttributes"
FREE = "customAttributes"
DOMAINS = f"{ATTRIBUTES}.domainGUIDs"
"""Where an asset names its domain, by guid."""

UNSEEN = ("starred",)
"""What a payload may hold that no answer shows."""

WRITE_ONLY = (*UNSEEN, FREE)
"""What a payload may hold that no search shows."""

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
SYMMETRIC = frozenset(f"{RELATIONS}.{name}" for name in ("seeAlso", "synonyms", "antonyms"))
"""The payload paths of relations that are the same from both ends."""

MANY = frozenset({"categories", "meanings", "assignedEntities", "terms", *TERM_RELATIONS})
"""Relations whose value is a list even with a single item."""


def attributes_of(type_name: str) -> tuple[str, ...]:
    """Return the attributes a template can map, for entities of this type."""
    if type_name in RESOURCES:
        return RESOURCE_ATTRIBUTES
    return SHARED_ATTRIBUTES + (GLOSSARY_ATTRIBUTES if type_name in GLOSSARY_TYPES else ())


def relations_of(type_name: str) -> tuple[str, ...]:
    """Return the relations a template can map, for entities of this type."""
    if type_name == TERM:
        return ("anchor", "categories", *TERM_RELATIONS)
    if type_name in RESOURCES:
        return ("asset",)
    return {GLOSSARY: (), CATEGORY: ("anchor", "parentCategory", "terms")}.get(
        type_name, ("meanings",)
    )


def relation_path(name: str) -> str:
    """Return the payload path of a relation: `anchor` -> `relationshipAttributes.anchor`."""
    return f"{RELATIONS}.{name}"


def stated_name(change: Change) -> str:
    """Return the name a change states, else its entity's live name, else the end of its key."""
    before = change.before.payload if change.before else {}
    for payload in (change.payload, before):
        name = payload.get(ATTRIBUTES, {}).get("name")
        if name:
            return str(name)
    return change.key[-1]
