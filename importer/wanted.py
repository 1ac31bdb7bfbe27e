"""What the file names in, what to look up in the target out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from importer.mapping import BoundSheet
from importer.mapping.entity import Entity, RefText
from importer.mapping.key_text import labels
from importer.model import Key
from importer.order import Registry, identities_of
from importer.template import Template

if TYPE_CHECKING:
    from importer.targets.protocol import Query


def wanted(template: Template, registry: Registry, sheets: Sequence[BoundSheet]) -> Query:
    """What to look up: every key, id and identifying value that the file names."""
    from importer.targets.protocol import Query

    columns = (c for sheet in sheets for bound in sheet.entities for c in bound.columns)
    found = Query(paths={column.rule.path for column in columns if column.rule.path})
    leaving: set[str] = set()
    for entity in registry.entities:
        kind = template.kinds[entity.kind]
        type_name = kind.type or entity.labels[0]
        found.keys.setdefault(type_name, set()).add(_text_key(registry, entity))
        if entity.id is not None:
            found.ids.add(entity.id)
        if identities := identities_of(template, entity):
            found.identities.setdefault(type_name, set()).update(identities)
        if entity.delete:
            leaving.add(entity.kind)
    for text in registry.texts:
        for type_name, key in _meant(template, text):
            found.keys.setdefault(type_name, set()).add(key)
    want_below(found, template, leaving)
    return found


def want_below(found: Query, template: Template, kinds: Iterable[str]) -> None:
    """Have a look, too, at what stands in entities of these kinds: it would go with them."""
    for kind in template.kinds_below(kinds):
        if type_name := template.kinds[kind].type:
            found.keys.setdefault(type_name, set())


def _text_key(registry: Registry, entity: Entity) -> Key:
    """An entity's key as far as its texts tell it."""
    parent = entity.parent
    if parent is None:
        return entity.labels
    if parent in registry.beside:
        return _text_key(registry, registry.entities[registry.beside[parent]]) + entity.labels
    return _texts(parent) + entity.labels


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
