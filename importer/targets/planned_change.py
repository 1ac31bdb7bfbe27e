"""A change as it is planned and kept: it names what it refers to before that has an id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from msgspec import Struct, field

from importer.model import Action, Key, Payload
from importer.targets.protocol import LiveEntity


class Pointer(Struct, frozen=True):
    """A reference to an entity by kind and key; `id` and `type` only where it is live already."""

    kind: str
    key: Key
    id: str | None = None
    type: str = ""

    @property
    def named(self) -> tuple[str, Key]:
        """Kind and key."""
        return self.kind, self.key


Pointers: TypeAlias = dict[str, list[Pointer]]
"""Payload path -> what is referred to there."""


class FieldDiff(Struct, frozen=True):
    """What a change does to one field, as a plan shows it: values for people, None for blank."""

    heading: str
    old: Any
    new: Any


class PlannedChange(Struct, kw_only=True, omit_defaults=True):
    """What one entity will do to the target.

    `payload`, `clears`, `relations`, `append`, `remove`, `parent` and `id` are those of a
    `Change`, with pointers in place of references. `before` is the before-image, None for a
    create. `fields` maps the payload paths that differ to what a plan shows; `new` maps those whose
    values stand in the payload and had none before to their headings alone, until the change is
    packed. `along` are the before-images of what a delete takes along; `restores` is the id that an
    entity had before it was deleted, where an undo creates it again.
    """

    type: str
    action: Action
    key: Key
    payload: Payload = field(default_factory=dict)
    clears: tuple[str, ...] = ()
    relations: Pointers = field(default_factory=dict)
    append: Pointers = field(default_factory=dict)
    remove: Pointers = field(default_factory=dict)
    id: str | None = None
    before: LiveEntity | None = None
    parent: str | None = None
    new: Mapping[str, str] = field(default_factory=dict)
    fields: dict[str, FieldDiff] = field(default_factory=dict)
    along: tuple[LiveEntity, ...] | None = None
    restores: str | None = None

    def open_pointers(self) -> Iterator[Pointer]:
        """Yield the references whose ids are not known yet."""
        for pointers in (self.relations, self.append, self.remove):
            for some in pointers.values() if pointers else ():
                yield from [pointer for pointer in some if not pointer.id]
