"""Names in Apache Atlas's REST API v2: paths, types, parts of an entity.

The source is the behaviour of Apache Atlas 2.1.0. Paths begin behind the prefix of the API.
"""

from __future__ import annotations

from importer.targets.protocol import Change

PREFIX = "/api/atlas/v2"
"""Where the API begins, unless the settings of the target say otherwise."""

BULK = "/entity/bulk"
UNIQUE = "/entity/bulk/uniqueAttribute/type/"
ENTITY = "/entity/guid/"
SEARCH = "/search/basic"
TYPEDEFS = "/types/typedefs"
HEADERS = "/types/typedefs/headers"
RELATIONSHIP = "/relationship"

GLOSSARY = "AtlasGlossary"
CATEGORY = "AtlasGlossaryCategory"
TERM = "AtlasGlossaryTerm"
GLOSSARY_TYPES = (GLOSSARY, CATEGORY, TERM)

ATTRIBUTES = "attributes"
RELATIONS = "relationshipAttributes"
TAGS = "classifications"
LABELS = "labels"
CUSTOM_METADATA = "businessAttributes"
FREE = "customAttributes"

KEPT = frozenset({"typeName", ATTRIBUTES, RELATIONS, TAGS, LABELS, CUSTOM_METADATA, FREE})
"""The parts of a payload that Apache Atlas stores."""

ACTIVE = "ACTIVE"
DELETED = "DELETED"

ANCHOR = f"{RELATIONS}.anchor"
PARENT = f"{RELATIONS}.parentCategory"

OTHER_NAMES = {"userDescription": "longDescription", "description": "shortDescription"}
"""Attributes of Atlan's glossary objects -> what Apache Atlas calls them."""


def own_name(type_name: str, attribute: str) -> str:
    """Return what Apache Atlas calls an attribute of a template."""
    return OTHER_NAMES.get(attribute, attribute) if type_name in GLOSSARY_TYPES else attribute


def stated_name(change: Change) -> str:
    """Return the name a change states, else its entity's live name, else the end of its key."""
    before = change.before.payload if change.before else {}
    for payload in (change.payload, before):
        if name := payload.get(ATTRIBUTES, {}).get("name"):
            return str(name)
    return change.key[-1]


def existing_id(change: Change) -> str | None:
    """Return the guid of the entity that a change is about, None for a new one.

    What was deleted is never restored (2.1 ignores `status`): it is made anew.
    """
    anew = change.before is not None and change.before.archived
    return None if anew else change.id
