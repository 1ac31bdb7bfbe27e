"""What a target has to choose from under each heading: the drop-downs of a blank workbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from importer.field_type import FieldType
from importer.mapping import own_columns
from importer.mapping.conversion.lists import quoted
from importer.mapping.key_text import show
from importer.model import Key
from importer.order import LiveIndex
from importer.payload_path import split
from importer.targets.protocol import Query, Target
from importer.template import Column, Kind, Reference, Template
from importer.template.blank import OwnColumn

MOST = 5_000
"""A drop-down with more names than this is of no use."""


class _Choice(Struct, frozen=True):
    """A heading under which entities are named; `outer` labels of their keys stand elsewhere."""

    heading: str
    reference: Reference
    outer: int

    def text(self, key: Key) -> str:
        """Return what a cell must say to mean the entity with this key."""
        separator = next(iter(self.reference.path_separators), " > ")
        text = show(key[self.outer :] or key[-1:], separator)
        return quoted(text, self.reference.separators) if self.reference.many else text


def live_columns(template: Template, target: Target) -> dict[str, list[OwnColumn]]:
    """Return sheet -> a column for each field that the target's users have defined for its kind.

    Raises TargetUnreachable or CredentialsRefused.
    """
    fields, found = target.fields(), {}
    for sheet in template.sheets:
        found[sheet.name] = [
            column
            for kind, field, column in own_columns(sheet, fields)
            if _takes(template.kinds[kind], column.rule.path or "", field, target)
        ]
    return found


def _takes(kind: Kind, path: str, field: FieldType, target: Target) -> bool:
    """Return whether entities of a kind can have a field, as far as its type is known."""
    if not kind.type:
        return True
    above, _, name = path.rpartition(".")
    refused = target.refuses(kind.type, above, split(name)[-1])
    return kind.type not in field.refused_on and not refused


def live_choices(template: Template, target: Target) -> dict[str, list[str]]:
    """Return heading -> the names that the target knows for it, in order.

    Raises TargetUnreachable or CredentialsRefused.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    known = target.names()
    for path in known:
        for heading, column in _columns_at(template, path):
            found[heading].update(_words(column, known[path]))
    keys = _live_keys(template, target)
    for choice in _choices(template):
        for kind in choice.reference.to:
            found[choice.heading].update(map(choice.text, keys[kind]))
    return {heading: sorted(words) for heading, words in found.items() if 0 < len(words) <= MOST}


def _words(column: Column, names: Iterable[str]) -> Iterator[str]:
    """Yield names as a cell of a column must have them."""
    for name in names:
        yield quoted(name, column.separators) if column.type == "list" else name


def _columns_at(template: Template, path: str) -> Iterator[tuple[str, Column]]:
    for sheet in template.sheets:
        for heading, column in sheet.columns.items():
            steps = filter(None, (column.path, column.item_path))
            if ".".join(steps) == path:
                yield heading, column


def _choices(template: Template) -> Iterator[_Choice]:
    """Yield every heading that names a parent or an owner; not relations among one kind."""
    for sheet in template.sheets:
        for entity in sheet.entities:
            for reference in entity.references:
                same_kind = reference.many and entity.kind in reference.to
                if reference.by and not reference.via and not same_kind:
                    outer = len(reference.within) + len(reference.by) - 1
                    yield _Choice(reference.by[-1], reference, outer)


def _live_keys(template: Template, target: Target) -> dict[str, list[Key]]:
    """Return kind -> the keys of all that is live of it."""
    kinds = {kind for choice in _choices(template) for kind in choice.reference.to}
    types = _types(template.kinds[kind] for kind in kinds)
    live_index = LiveIndex(template)
    for live in target.fetch(Query(keys={name: set() for name in types}, whole=True)):
        live_index.add(live)
    found: dict[str, list[Key]] = defaultdict(list)
    for kind, key in live_index.names.values():
        found[kind].append(key)
    return found


def _types(kinds: Iterable[Kind]) -> set[str]:
    return {kind.type for kind in kinds if kind.type}
