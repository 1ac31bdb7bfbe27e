"""A change's tags and custom metadata by their shown names in, the parts of an entity out."""

from __future__ import annotations

from importer.model import Json
from importer.targets.atlan.typedefs import Dictionary
from importer.targets.atlan.vocabulary import CUSTOM_METADATA, TAGS
from importer.targets.protocol import Change
from importer.template.paths import DOT

NOT_PROPAGATED = {
    "propagate": False,
    "removePropagationsOnEntityDelete": True,
    "restrictPropagationThroughLineage": False,
    "restrictPropagationThroughHierarchy": False,
}
"""Said outright: what is left out is switched on by the server."""


def tags(change: Change, dictionary: Dictionary) -> dict[str, Json]:
    """A new entity's tags; of an existing one what to add and what to take away.

    The change names all tags the entity shall have. Raises UnknownName.
    """
    if TAGS not in change.payload and TAGS not in change.clears:
        return {}
    wanted = change.payload.get(TAGS, [])
    if change.id is None:
        return {TAGS: [_tag(tag, dictionary) for tag in wanted]}
    held = {tag["typeName"] for tag in _held(change)}
    gone = held - {tag["typeName"] for tag in wanted}
    parts = {
        "addOrUpdateClassifications": [
            _tag(tag, dictionary) for tag in wanted if tag["typeName"] not in held
        ],
        "removeClassifications": [
            {"typeName": dictionary.tags.get(name, name)} for name in sorted(gone)
        ],
    }
    return {name: part for name, part in parts.items() if part}


def _held(change: Change) -> list[Json]:
    return list(change.before.payload.get(TAGS, [])) if change.before else []


def _tag(tag: Json, dictionary: Dictionary) -> Json:
    return {**NOT_PROPAGATED, **tag, "typeName": dictionary.tag_id(tag["typeName"])}


def custom_metadata(change: Change, dictionary: Dictionary) -> dict[str, Json]:
    """Attributes to set, null for those to empty, `{}` for a set to empty. Raises UnknownName."""
    named = change.payload.get(CUSTOM_METADATA, {})
    found: dict[str, Json] = {}
    for path in change.clears:
        if path.startswith(f"{CUSTOM_METADATA}."):
            named_path = path.removeprefix(f"{CUSTOM_METADATA}.").replace(DOT, ".")
            _clear(found, named_path, dictionary)
    for shown_set, values in named.items():
        ids = {dictionary.attribute_id(shown_set, shown): value for shown, value in values.items()}
        found.setdefault(dictionary.set_of(shown_set).id, {}).update(ids)
    return {CUSTOM_METADATA: found} if found else {}


def _clear(found: dict[str, Json], path: str, dictionary: Dictionary) -> None:
    """`Set` or `Set.Attribute`; either name may hold a dot."""
    if path in dictionary.sets:
        found[dictionary.sets[path].id] = {}
        return
    owners = [shown for shown in dictionary.sets if path.startswith(f"{shown}.")]
    shown_set = max(owners, key=len, default=path.partition(".")[0])
    attribute = dictionary.attribute_id(shown_set, path.removeprefix(f"{shown_set}."))
    found.setdefault(dictionary.set_of(shown_set).id, {})[attribute] = None
