"""Encodes the references of a change as the relationship parts of an entity."""

from __future__ import annotations

from importer.model import Json
from importer.targets.atlan.vocabulary import (
    ATTRIBUTES,
    CATEGORY,
    LINK,
    MANY,
    RELATIONS,
    TERM,
    relation_path,
)
from importer.targets.protocol import Change, Ref, Relations

ANCHOR = relation_path("anchor")


def relations(change: Change, link_asset: str, references_in: str) -> dict[str, Json]:
    """Return `relationshipAttributes` and its like, each only if it is not empty.

    `references_in` names the part that holds the references, `attributes` or
    `relationshipAttributes`. Those to empty are always in `relationshipAttributes`: atlas-metastore
    drops a null in `attributes` (AtlasEntity.compactAttributes).
    """
    wanted = _wanted(change)
    cleared: dict[str, Json] = {
        _name(path): [] if _many(path) else None
        for path in change.clears
        if path.startswith(f"{RELATIONS}.")
    }
    values = {_name(path): _value(path, refs) for path, refs in wanted.items()}
    parts: dict[str, Json] = {ATTRIBUTES: {}, RELATIONS: {**cleared}}
    parts[references_in].update(values)
    if change.type == LINK and link_asset == "list" and "asset" in values:
        parts[references_in].pop("asset")
        parts[ATTRIBUTES]["asset"] = [_as_documented(wanted[relation_path("asset")][0], change)]
    if change.id:
        parts["appendRelationshipAttributes"] = _lists(change.append)
        parts["removeRelationshipAttributes"] = _lists(change.remove)
    return {name: part for name, part in parts.items() if part}


def _wanted(change: Change) -> Relations:
    """Return the references to set.

    An update of a category or term must repeat its glossary (Atlan developer docs, bulk update).
    """
    if change.id is None:
        added = {
            path: change.relations.get(path, ()) + refs for path, refs in change.append.items()
        }
        return {**change.relations, **added}
    before = change.before.relations if change.before else {}
    if change.type in {CATEGORY, TERM} and ANCHOR in before:
        return {ANCHOR: before[ANCHOR], **change.relations}
    return change.relations


def _name(path: str) -> str:
    return path.removeprefix(f"{RELATIONS}.")


def _many(path: str) -> bool:
    return _name(path) in MANY


def _value(path: str, refs: tuple[Ref, ...]) -> Json:
    if _many(path) or len(refs) > 1:
        return [_ref(ref) for ref in refs]
    return _ref(refs[0]) if refs else None


def _lists(relations: Relations) -> dict[str, Json]:
    return {_name(path): [_ref(ref) for ref in refs] for path, refs in relations.items() if refs}


def _ref(ref: Ref) -> Json:
    return {"typeName": ref.type, "guid": ref.id}


def _as_documented(ref: Ref, link: Change) -> Json:
    """Return the reference by qualifiedName if the link's key holds it, as Atlan's docs show it."""
    owner = link.key[:-1]
    if len(owner) == 2 and owner[0] == ref.type:
        return {"typeName": ref.type, "uniqueAttributes": {"qualifiedName": owner[1]}}
    return _ref(ref)
