"""A change's references in, the parts of an entity that hold them out."""

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
    """`relationshipAttributes` and its like, each only where it holds something.

    Part of it may stand in `attributes`, where a template asks for that. What is to be emptied
    never does: there the server drops a null.
    """
    wanted = _wanted(change)
    cleared: dict[str, Json] = {
        _name(path): [] if _many(path) else None for path in _cleared(change)
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
    """What to set; an update of a category or term must repeat its glossary."""
    if change.id is None:
        added = {
            path: change.relations.get(path, ()) + refs for path, refs in change.append.items()
        }
        return {**change.relations, **added}
    held = change.before.relations if change.before else {}
    if change.type in {CATEGORY, TERM} and ANCHOR in held:
        return {ANCHOR: held[ANCHOR], **change.relations}
    return change.relations


def _cleared(change: Change) -> list[str]:
    return [path for path in change.clears if path.startswith(f"{RELATIONS}.")]


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
    """By qualifiedName where the link's key tells it, as in Atlan's documentation."""
    owner = link.key[:-1]
    if len(owner) == 2 and owner[0] == ref.type:
        return {"typeName": ref.type, "uniqueAttributes": {"qualifiedName": owner[1]}}
    return _ref(ref)
