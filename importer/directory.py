"""What the file names in, what the target has of it out: who is wanted, who is live, who is who."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from importer.mapping import BoundSheet
from importer.mapping.entity import RefText
from importer.mapping.forms import labels
from importer.model import Key
from importer.order import Index, Record, Registry
from importer.targets.protocol import Live, Wanted
from importer.template import Template

Named = tuple[str, Key]


@dataclass(slots=True)
class Directory:
    """Everything live that a run looked up, findable by key, by id and by identifying value."""

    template: Template
    index: Index = field(default_factory=Index)
    ids: dict[Named, str] = field(default_factory=dict)
    names: dict[str, Named] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    archived: dict[Named, str] = field(default_factory=dict)
    _identities: dict[tuple[str, str], str] = field(default_factory=dict)
    _own: dict[str, Key] = field(default_factory=dict)

    def add(self, live: Live) -> None:
        """Make a live entity known."""
        kind = self.template.kind_of(live.type)
        if kind is None:
            return
        named = (kind.name, live.key)
        self.types[live.id] = live.type
        if live.archived:
            self.archived.setdefault(named, live.id)
            return
        self.names[live.id] = named
        self.ids.setdefault(named, live.id)
        self.index.add(kind.name, live.key)
        self._own[live.id] = live.identities
        for identity in live.identities:
            self._identities.setdefault((kind.name, identity), live.id)
            self.index.identify(kind.name, identity, live.key)

    def rename(self, renamed: Mapping[str, Named], claimed: Container[Named]) -> None:
        """What live entities, by id, are called from now on.

        An old name means what it meant, unless it is `claimed` by another entity of the file.
        """
        for identity in renamed:
            old = self.names[identity]
            if old in claimed and self.ids.get(old) == identity:
                del self.ids[old]
        for identity, named in renamed.items():
            self.names[identity] = named
            self.ids[named] = identity

    def find(self, record: Record) -> str | None:
        """The id of the live entity that a record means: by id, identifying value, or key.

        An entity found by its key that has another identifying value is another entity.
        """
        if record.id is not None and (record.id in self.names or not record.hint):
            return record.id if record.id in self.names else None
        for identity in record.identities:
            found = self._identities.get((record.kind, identity))
            if found is not None:
                return found
        if record.key is None:
            return None
        by_key = self.ids.get((record.kind, record.key))
        if by_key is None and _stands_alone(self.template, record):
            by_key = self._identities.get((record.kind, record.labels[-1]))
        if by_key is not None and self._another(record, by_key):
            return None
        return by_key or self.archived.get((record.kind, record.key))

    def _another(self, record: Record, identity: str) -> bool:
        live = self._own.get(identity, ())
        return bool(record.identities and live and not set(record.identities) & set(live))


def wanted(template: Template, registry: Registry, sheets: Sequence[BoundSheet]) -> Wanted:
    """What to look up: every key, id and identifying value that the file names."""
    columns = (c for sheet in sheets for bound in sheet.entities for c in bound.columns)
    found = Wanted(paths={column.rule.path for column in columns if column.rule.path})
    for record in registry.records:
        kind = template.kinds[record.kind]
        type_name = kind.type or record.labels[0]
        found.keys.setdefault(type_name, set()).add(_text_key(registry, record))
        if record.id is not None:
            found.ids.add(record.id)
        if _stands_alone(template, record):
            found.identities.setdefault(type_name, set()).add(record.labels[-1])
        if record.identities:
            found.identities.setdefault(type_name, set()).update(record.identities)
    for text in registry.texts:
        for type_name, key in _meant(template, text):
            found.keys.setdefault(type_name, set()).add(key)
    return found


def _stands_alone(template: Template, record: Record) -> bool:
    """Whether one label is a whole key: the target may know it as an identifying value."""
    return record.parent is None and len(template.kinds[record.kind].key) == 1


def _text_key(registry: Registry, record: Record) -> Key:
    """A record's key as far as its texts tell it."""
    parent = record.parent
    if parent is None:
        return record.labels
    if parent in registry.beside:
        return _text_key(registry, registry.records[registry.beside[parent]]) + record.labels
    return _texts(parent) + record.labels


def _texts(text: RefText) -> Key:
    ways = list(_ways(text))
    return ways[0] if ways else ()


def _ways(text: RefText) -> Iterator[Key]:
    separators = text.rule.rule.path_separators
    if text.steps:
        yield _split(text.within + text.steps, separators)
    for scope, path in text.readings:
        yield _split(((scope,) if scope else text.within) + (path,), separators)


def _split(texts: Iterable[str], separators: tuple[str, ...]) -> Key:
    return tuple(label for text in texts for label in labels(text, separators)[-1])


def _meant(template: Template, text: RefText) -> Iterator[tuple[str, Key]]:
    for name in text.rule.rule.to:
        for key in _ways(text):
            kind = template.kinds[name]
            yield kind.type or key[0], (text.within + text.steps if kind.type is None else key)
