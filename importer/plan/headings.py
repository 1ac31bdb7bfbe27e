"""The headings of a template under which a live value would stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from importer.model import Key, Payload
from importer.payload_path import join, split, value_at
from importer.template import EntityRule, Template


class Headings(Struct):
    """The headings of a template, by kind and path."""

    template: Template
    _columns: dict[str, list[tuple[str, Key]]] = field(default_factory=dict)

    def filled(self, kind: str, payload: Payload) -> Iterator[tuple[str, Key]]:
        """Yield each heading under which the payload has a value, and its path; no wildcards.

        What identifies an entity is left out: the target makes it.
        """
        for heading, path in self.of_kind(kind):
            for one, exact in concrete(heading, path, payload):
                if value_at(payload, exact) is not None:
                    yield one, exact

    def of_kind(self, kind: str) -> list[tuple[str, Key]]:
        """Return each heading of a kind and its path, but for what identifies an entity."""
        if kind not in self._columns:
            self._columns[kind] = list(dict.fromkeys(self._with_paths(kind)))
        return self._columns[kind]

    def of(self, kind: str, path: str) -> str:
        """Return the heading of a value or reference at a path, else the path's last step."""
        for rule in self._rules(kind):
            for reference in rule.references:
                if reference.path == path and reference.by:
                    return reference.by[-1]
        named = (heading for heading, steps in self._with_paths(kind) if join(steps) == path)
        return next(named, path.rpartition(".")[2])

    def _with_paths(self, kind: str) -> Iterator[tuple[str, Key]]:
        own = self.template.kinds[kind].identities
        for rule in self._rules(kind):
            for column in rule.columns:
                if column.path and column.heading and column.path not in own:
                    yield column.heading, split(column.path)

    def _rules(self, kind: str) -> Iterator[EntityRule]:
        for sheet in self.template.sheets:
            yield from (rule for rule in sheet.entities if rule.kind == kind)


def concrete(heading: str, path: Key, payload: Any) -> Iterator[tuple[str, Key]]:
    """Yield a heading and its path; one with a wildcard once for each value in the payload."""
    if "*" not in path:
        yield heading, path
        return
    place = path.index("*")
    for name in value_at(payload, path[:place]) or {}:
        there = (*path[:place], name, *path[place + 1 :])
        yield from concrete(heading.replace("*", name, 1), there, payload)
