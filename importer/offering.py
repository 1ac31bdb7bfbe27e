"""A template and a target in, what the target has to choose from under each heading out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from importer.mapping.key_text import show
from importer.model import Key
from importer.order import LiveIndex
from importer.targets.protocol import Query, Target
from importer.template import Kind, Reference, Template

MOST = 5_000
"""More names than this are no help in a drop-down."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """A heading under which entities of some kinds are named; `outer` labels stand elsewhere."""

    heading: str
    reference: Reference
    outer: int

    def text(self, key: Key) -> str:
        """What a cell says to mean the entity with this key."""
        separator = next(iter(self.reference.path_separators), " > ")
        return show(key[self.outer :] or key[-1:], separator)


def offered(template: Template, target: Target) -> dict[str, list[str]]:
    """Heading -> the names that the target knows for it, in order.

    Raises TargetUnreachable or CredentialsRefused.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path, names in target.names().items():
        for heading in _headings_at(template, path):
            found[heading].update(names)
    keys = _live_keys(template, target)
    for offer in _offers(template):
        for kind in offer.reference.to:
            found[offer.heading].update(map(offer.text, keys[kind]))
    return {heading: sorted(words) for heading, words in found.items() if 0 < len(words) <= MOST}


def _headings_at(template: Template, path: str) -> Iterator[str]:
    for sheet in template.sheets:
        for heading, column in sheet.columns.items():
            steps = filter(None, (column.path, column.item_path))
            if ".".join(steps) == path:
                yield heading


def _offers(template: Template) -> Iterator[_Offer]:
    """Every heading that names what a row stands in or belongs to; not relations among equals."""
    for sheet in template.sheets:
        for entity in sheet.entities:
            for reference in entity.references:
                equals = reference.many and entity.kind in reference.to
                if reference.by and not reference.via and not equals:
                    outer = len(reference.within) + len(reference.by) - 1
                    yield _Offer(reference.by[-1], reference, outer)


def _live_keys(template: Template, target: Target) -> dict[str, list[Key]]:
    """Kind -> the keys of all that is live of it."""
    kinds = {kind for offer in _offers(template) for kind in offer.reference.to}
    types = _types(template.kinds[kind] for kind in kinds)
    directory = LiveIndex(template)
    for live in target.fetch(Query(keys={name: set() for name in types}, whole=True)):
        directory.add(live)
    found: dict[str, list[Key]] = defaultdict(list)
    for kind, key in directory.names.values():
        found[kind].append(key)
    return found


def _types(kinds: Iterable[Kind]) -> set[str]:
    return {kind.type for kind in kinds if kind.type}
