"""Encodes the tags and custom metadata of a change, whose payload holds display names."""

from __future__ import annotations

from importer.model import Json
from importer.payload_path import DOT
from importer.targets.atlan.typedefs import TypeDefs
from importer.targets.atlan.vocabulary import CUSTOM_METADATA, TAGS
from importer.targets.protocol import Change

NOT_PROPAGATED = {
    "propagate": False,
    "removePropagationsOnEntityDelete": True,
    "restrictPropagationThroughLineage": False,
    "restrictPropagationThroughHierarchy": False,
}
"""Sent explicitly: atlas-metastore switches on what is left out."""


def tags(change: Change, typedefs: TypeDefs) -> dict[str, Json]:
    """Return all tags of a new entity; for an existing one the tags to add and those to remove.

    The payload of the change lists every tag the entity shall have. Raises UnknownName.
    """
    if TAGS not in change.payload and TAGS not in change.clears:
        return {}
    wanted = change.payload.get(TAGS, [])
    if change.id is None:
        return {TAGS: [_tag(tag, typedefs) for tag in wanted]}
    live = change.before.payload.get(TAGS, []) if change.before else []
    before = {tag["typeName"] for tag in live}
    removed = before - {tag["typeName"] for tag in wanted}
    parts = {
        "addOrUpdateClassifications": [
            _tag(tag, typedefs) for tag in wanted if tag["typeName"] not in before
        ],
        "removeClassifications": [
            {"typeName": typedefs.tags.get(name, name)} for name in sorted(removed)
        ],
    }
    return {name: part for name, part in parts.items() if part}


def _tag(tag: Json, typedefs: TypeDefs) -> Json:
    return {**NOT_PROPAGATED, **tag, "typeName": typedefs.tag_id(tag["typeName"])}


def custom_metadata(change: Change, typedefs: TypeDefs) -> dict[str, Json]:
    """Return attributes to set, null to empty one, `{}` to empty a set. Raises UnknownName."""
    named = change.payload.get(CUSTOM_METADATA, {})
    found: dict[str, Json] = {}
    for path in change.clears:
        if path.startswith(f"{CUSTOM_METADATA}."):
            named_path = path.removeprefix(f"{CUSTOM_METADATA}.").replace(DOT, ".")
            _clear(found, named_path, typedefs)
    for set_name, values in named.items():
        by_id = {typedefs.attribute_id(set_name, name): value for name, value in values.items()}
        found.setdefault(typedefs.metadata_set(set_name).id, {}).update(by_id)
    return {CUSTOM_METADATA: found} if found else {}


def _clear(found: dict[str, Json], path: str, typedefs: TypeDefs) -> None:
    """Add what empties `Set` or `Set.Attribute` to `found`; either name may hold a full stop."""
    if path in typedefs.sets:
        found[typedefs.sets[path].id] = {}
        return
    owners = [name for name in typedefs.sets if path.startswith(f"{name}.")]
    set_name = max(owners, key=len, default=path.partition(".")[0])
    attribute = typedefs.attribute_id(set_name, path.removeprefix(f"{set_name}."))
    found.setdefault(typedefs.metadata_set(set_name).id, {})[attribute] = None
