"""What a run needs to know of the target: everything that its files name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from importer.field_type import FieldType
from importer.mapping import BoundSheet
from importer.mapping.entity import Entity, RefText
from importer.mapping.key_text import labels
from importer.model import Key
from importer.order import Registry, identities_of
from importer.template import Template

if TYPE_CHECKING:
    from importer.pipeline.steps.intake import Intake
    from importer.targets.planned_change import PlannedChange
    from importer.targets.protocol import LiveEntity, Query


class LiveSource(Protocol):
    """What can be asked of a target before anything is planned; every Target is one.

    With `lists_all`, `fetch` yields everything that the target holds, whatever the query.
    """

    lists_all: bool

    def names(self) -> Mapping[str, frozenset[str]]:
        """Return payload path -> the names that the target knows at it."""
        ...

    def refuses(self, type_name: str, path: str, name: str) -> bool:
        """Return whether no entity of a type may have a name, of those at a payload path."""
        ...

    def fields(self) -> Mapping[str, FieldType]:
        """Return payload path -> the type of a field that the target's users have defined."""
        ...

    def lacks(self, type_name: str, paths: Collection[str]) -> frozenset[str]:
        """Return those payload paths that an entity of this type does not have."""
        ...

    def fetch(self, query: Query) -> Iterator[LiveEntity]:
        """Yield every live (or archived) entity that the query may mean."""
        ...


def query_for(source: LiveSource, intake: Intake) -> Query:
    """Return what to ask a target for what the files name; nothing where it lists all it has."""
    from importer.targets.protocol import Query

    if source.lists_all:
        return Query()
    return build_query(intake.template, intake.registry, intake.sheets)


def build_query(template: Template, registry: Registry, sheets: Sequence[BoundSheet]) -> Query:
    """Return a query for every key, id and identifying value that the files name."""
    from importer.targets.protocol import Query

    columns = (c for sheet in sheets for bound in sheet.entities for c in bound.columns)
    query = Query(paths={column.rule.path for column in columns if column.rule.path})
    leaving: set[str] = set()
    for entity in registry.entities:
        kind = template.kinds[entity.kind]
        type_name = kind.type or entity.labels[0]
        query.keys.setdefault(type_name, set()).add(_text_key(registry, entity))
        if entity.id is not None:
            query.ids.add(entity.id)
        if identities := identities_of(template, entity):
            query.identities.setdefault(type_name, set()).update(identities)
        if entity.delete:
            leaving.add(entity.kind)
    for text in registry.texts:
        for type_name, key in _keys_of(template, text):
            query.keys.setdefault(type_name, set()).add(key)
    query_below(query, template, leaving)
    return query


def query_change(query: Query, change: PlannedChange) -> None:
    """Ask for what a change is about, and for what it removes or replaces."""
    query.keys.setdefault(change.type, set())
    query.paths.update(change.fields)
    befores = [one for one in (change.before, *(change.along or ())) if one]
    refs = chain.from_iterable(refs for one in befores for refs in one.relations.values())
    query.ids.update(ref.id for ref in refs)
    query.ids.update(one.id for one in befores)


def query_below(query: Query, template: Template, kinds: Iterable[str]) -> None:
    """Ask also for what stands in entities of these kinds, and would go or lose its place."""
    kinds = set(kinds)
    query_types(query, template, template.kinds_below(kinds) | template.kinds_in(kinds))


def query_types(query: Query, template: Template, kinds: Iterable[str]) -> None:
    """Ask also for entities of these kinds, in what the query names already."""
    for kind in kinds:
        if type_name := template.kinds[kind].type:
            query.keys.setdefault(type_name, set())


def _text_key(registry: Registry, entity: Entity) -> Key:
    """Return an entity's key as far as its texts determine it."""
    parent = entity.parent
    if parent is None:
        return entity.labels
    if parent in registry.beside:
        return _text_key(registry, registry.entities[registry.beside[parent]]) + entity.labels
    return next(_paths(parent), ()) + entity.labels


def _paths(text: RefText) -> Iterator[Key]:
    """Yield the label paths that a text may mean."""
    separators = text.rule.rule.path_separators
    if text.steps:
        yield _split(text.within + text.steps, separators)
    for scope, path in text.readings:
        yield _split(((scope,) if scope else text.within) + (path,), separators)


def _split(texts: Iterable[str], separators: tuple[str, ...]) -> Key:
    return tuple(label for text in texts for label in labels(text, separators)[-1])


def _keys_of(template: Template, text: RefText) -> Iterator[tuple[str, Key]]:
    """Yield the target's types and the keys that a text may mean."""
    for name in text.rule.rule.to:
        for key in _paths(text):
            kind = template.kinds[name]
            yield kind.type or key[0], (text.within + text.steps if kind.type is None else key)
