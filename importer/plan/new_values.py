"""What is stated of something new, by the shape of its payload: many rows have the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from importer.cache import Cache
from importer.model import Key, Payload
from importer.payload_path import join
from importer.template.schema_fields import SchemaField, SchemaFields

Shape: TypeAlias = "tuple[tuple[str, Shape | bool], ...]"
"""The names of a payload; each with the shape of its object, or with whether it has a value."""

MOST = 1_000
"""How many shapes are remembered: blank cells make many of them."""


class NewValues(NamedTuple):
    """The payload paths that a plan shows, and the fields that are never sent."""

    paths: tuple[str, ...]
    unsent: tuple[SchemaField, ...]


class ByShape:
    """The values of new entities of one kind; objects at the paths of `whole` are one value."""

    def __init__(self, fields: SchemaFields, whole: frozenset[str]) -> None:
        self._fields = fields
        self._whole = whole
        self._of_shape = Cache[Shape, NewValues](self._values, MOST)

    def of(self, payload: Payload) -> NewValues:
        """Return what a payload states."""
        return self._of_shape[_shape(payload)]

    def _values(self, shape: Shape) -> NewValues:
        found = [(self._fields[steps], is_there) for steps, is_there in self._leaves(shape, ())]
        paths = (one.path for one, is_there in found if is_there and not one.never_sent)
        return NewValues(tuple(paths), tuple(one for one, _ in found if one.never_sent))

    def _leaves(self, shape: Shape, above: Key) -> Iterator[tuple[Key, bool]]:
        """Yield the steps to every value, and whether it is more than null."""
        for name, inner in shape:
            steps = (*above, name)
            if isinstance(inner, bool) or (self._whole and join(steps) in self._whole):
                yield steps, inner is not False
            else:
                yield from self._leaves(inner, steps)


def _shape(payload: Payload) -> Shape:
    return tuple(
        [
            (name, _shape(value) if type(value) is dict else value is not None)
            for name, value in payload.items()
        ]
    )
