"""Finds what a server cannot store before it is sent.

2.1 crashes on some of it, which leaves a batch in doubt, and refuses some after the rest is saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from importer.field_type import beyond
from importer.model import Json
from importer.targets.atlas.typedefs import TypeDefs
from importer.targets.atlas.vocabulary import ATTRIBUTES, CUSTOM_METADATA, own_name
from importer.targets.protocol import Change, Refused


def has_whole_numbers(change: Change) -> bool:
    """Return whether an attribute of a change is a whole number, or a list of them."""
    values = change.payload.get(ATTRIBUTES, {}).values()
    return any(isinstance(one, int) for value in values for one in _each(value))


def unstorable(changes: Iterable[Change], typedefs: TypeDefs) -> Refused | None:
    """Return why a batch is not sent: one of its values is more than its attribute can hold."""
    for change in changes:
        if words := next(_unstorable(change, typedefs), ""):
            return Refused(words, 0, culprit=change.seq)
    return None


def _unstorable(change: Change, typedefs: TypeDefs) -> Iterator[str]:
    bits = typedefs.type(change.type).bits
    for name, value in change.payload.get(ATTRIBUTES, {}).items():
        for one in _each(value):
            if why := beyond(one, bits.get(own_name(change.type, name), 0)):
                yield f"{name}: {one} {why}"
    for set_name, values in change.payload.get(CUSTOM_METADATA, {}).items():
        for name, value in values.items():
            field = typedefs.sets.get(set_name, {}).get(name)
            if field and (why := field.too_large(value) or field.too_long(value)):
                yield f"{set_name}::{name} {why}"


def _each(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]
