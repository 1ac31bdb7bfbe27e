"""The qualifiedNames of glossary objects, made as the glossary REST of Apache Atlas makes them.

The entity REST stores a qualifiedName as it is sent and finds an entity by it, so that two objects
must never have one: the signs with a meaning of their own are encoded within a name.
"""

from __future__ import annotations

from importer.targets.atlas.vocabulary import (
    ANCHOR,
    ATTRIBUTES,
    CATEGORY,
    GLOSSARY,
    GLOSSARY_TYPES,
    PARENT,
    existing_id,
    stated_name,
)
from importer.targets.protocol import Change, Ref

SIGNS = {"%": "%25", "@": "%40", ".": "%2E"}


def label(name: str) -> str:
    """Return a name as a part of a qualifiedName: `e.g.` -> `e%2Eg%2E`."""
    return "".join(SIGNS.get(sign, sign) for sign in name)


def place_of(change: Change) -> Ref | None:
    """Return what a glossary object stands in: its parent category, else its glossary.

    None for a glossary, and where it is not known.
    """
    before = change.before.relations if change.before else {}
    for path in (PARENT, ANCHOR) if change.type == CATEGORY else (ANCHOR,):
        if path in change.clears:
            continue
        if refs := change.relations.get(path) or before.get(path):
            return refs[0]
    return None


def is_renamed(change: Change) -> bool:
    """Return whether a change gives a glossary object another qualifiedName: it is new, or moves.

    An object that keeps its name and its place also keeps a qualifiedName that others made.
    """
    if change.type not in GLOSSARY_TYPES:
        return False
    moves = {PARENT, ANCHOR} & {*change.relations, *change.clears}
    return (
        existing_id(change) is None or bool(moves) or "name" in change.payload.get(ATTRIBUTES, {})
    )


def qualified_name(change: Change, above: str) -> str:
    """Return the qualifiedName that fits a glossary object; `above` is that of its place."""
    own = label(stated_name(change))
    if change.type == GLOSSARY:
        return own
    place = place_of(change)
    return f"{own}.{above}" if place and place.type == CATEGORY else f"{own}@{above}"
