"""A template and what is live of a kind in, the headings that would say it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importer.model import Key, Payload
from importer.plan.compare import value_at
from importer.template import EntityRule, Template
from importer.template.paths import join, split


def headings(template: Template, kind: str, payload: Payload) -> dict[str, str]:
    """Every path that is filled and has a heading -> that heading, wildcards written out.

    What identifies an entity is left out: the target makes it.
    """
    found: dict[str, str] = {}
    for rule in _rules(template, kind):
        for column in rule.columns:
            if (
                column.path
                and column.heading
                and column.path not in template.kinds[kind].identities
            ):
                for heading, path in concrete(column.heading, split(column.path), payload):
                    if value_at(payload, path) is not None:
                        found.setdefault(join(path), heading)
    return found


def heading_of(template: Template, kind: str, path: str) -> str:
    """The heading of what an entity refers to at a path; the path where there is none."""
    for rule in _rules(template, kind):
        for reference in rule.references:
            if reference.path == path and reference.by:
                return reference.by[-1]
    return path.rpartition(".")[2]


def concrete(heading: str, path: Key, payload: Any) -> Iterator[tuple[str, Key]]:
    """A heading and its path; those with wildcards once for all that is there."""
    if "*" not in path:
        yield heading, path
        return
    place = path.index("*")
    for name in value_at(payload, path[:place]) or {}:
        there = (*path[:place], name, *path[place + 1 :])
        yield from concrete(heading.replace("*", name, 1), there, payload)


def _rules(template: Template, kind: str) -> Iterator[EntityRule]:
    for sheet in template.sheets:
        yield from (rule for rule in sheet.entities if rule.kind == kind)
