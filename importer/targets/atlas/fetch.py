"""Fetches every live or archived entity that a query may mean, owners before what they hold.

Glossary objects are found by name, so a glossary is read whole if any object in it is wanted: its
relations name all that is in it. Other assets are found by qualifiedName or guid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct

from importer.look_alike import look
from importer.model import Json, Key
from importer.targets.atlas.decode import (
    is_archived,
    live_entity,
    name_of,
    qualified_name_of,
    related,
)
from importer.targets.atlas.names import label
from importer.targets.atlas.read import Reader
from importer.targets.atlas.vocabulary import CATEGORY, GLOSSARY, GLOSSARY_TYPES, TERM
from importer.targets.protocol import LiveEntity, Query


class Fetcher(Struct, frozen=True):
    """A single fetch. Raises TargetUnreachable or CredentialsRefused."""

    reader: Reader
    query: Query

    def run(self) -> Iterator[LiveEntity]:
        """Yield every entity the query may mean once, glossaries first, then other assets."""
        named = list(self._named())
        assigned: set[str] = set()
        seen: set[str] = set()
        for live in chain(self._glossaries(named, assigned), self._others(named, assigned)):
            if live.id not in seen:  # found in its place, and by its guid or name
                seen.add(live.id)
                yield live

    def _named(self) -> Iterator[Json]:
        """Yield the entities with the guids and the qualifiedNames of the query."""
        yield from self.reader.whole(sorted(self.query.ids))
        for type_name in sorted({*self.query.keys, *self.query.identities}):
            names = set(self.query.identities.get(type_name, ()))
            if type_name not in GLOSSARY_TYPES:
                names |= {key[1] for key in self.query.keys.get(type_name, ()) if len(key) > 1}
            yield from self.reader.named(type_name, names)

    def _glossaries(self, named: Sequence[Json], assigned: set[str]) -> Iterator[LiveEntity]:
        """Yield the glossaries that are wanted with all in them; note what terms are assigned to.

        A glossary whose name looks like a wanted one comes without what is in it.
        """
        objects = [
            one for one in named if one["typeName"] in GLOSSARY_TYPES and not is_archived(one)
        ]
        types = {one["typeName"] for one in objects} | set(self.query.keys)
        if not types & set(GLOSSARY_TYPES):
            return
        wanted = (key for one in GLOSSARY_TYPES for key in self.query.keys.get(one, ()))
        names = {key[0] for key in wanted if key}
        guids = {_glossary_of(one) for one in objects}
        similar = set(map(look, names))
        for glossary in self._all_glossaries(names, guids):
            name = name_of(glossary)
            if self.query.whole or name in names or glossary["guid"] in guids:
                yield from self._glossary(glossary["guid"], types, assigned)
            elif look(name) in similar:
                yield live_entity(glossary, (name,), self.reader.typedefs)

    def _all_glossaries(self, names: set[str], guids: set[str]) -> list[Json]:
        """Return all glossaries without relations, also what no search shows yet."""
        found = self.reader.named(GLOSSARY, map(label, names), relations=False)
        recent = {one["guid"] for one in found} | guids
        listed = self.reader.guids_of(GLOSSARY)
        entities = self.reader.whole([*listed, *sorted(recent)], relations=False)
        live = [one for one in entities if one["typeName"] == GLOSSARY and not is_archived(one)]
        return sorted(live, key=lambda one: (name_of(one), one["guid"]))

    def _glossary(self, guid: str, types: set[str], assigned: set[str]) -> Iterator[LiveEntity]:
        for glossary in self.reader.alone(guid):
            root = (name_of(glossary),)
            yield live_entity(glossary, root, self.reader.typedefs)
            if CATEGORY in types:
                for key, entity in _paths(self._inside(glossary, "categories"), root):
                    yield live_entity(entity, key, self.reader.typedefs)
            if TERM in types:
                for entity in self._inside(glossary, "terms"):
                    assigned.update(end["guid"] for end in related(entity, "assignedEntities"))
                    yield live_entity(entity, (*root, name_of(entity)), self.reader.typedefs)

    def _inside(self, glossary: Json, relation: str) -> Iterator[Json]:
        guids = sorted(end["guid"] for end in related(glossary, relation))
        return (one for one in self.reader.whole(guids) if not is_archived(one))

    def _others(self, named: Sequence[Json], assigned: set[str]) -> Iterator[LiveEntity]:
        """Yield assets of all other types, and archived glossary objects that the query names.

        A whole fetch adds the assets that have terms.
        """
        for entity in named:
            yield live_entity(entity, _key(entity), self.reader.typedefs)
        if not self.query.whole:
            return
        types = (one for one in sorted(self.query.keys) if one not in GLOSSARY_TYPES)
        listed = chain.from_iterable(map(self.reader.guids_of, types))
        for entity in self.reader.whole([*sorted(assigned), *listed]):
            if not is_archived(entity):
                yield live_entity(entity, _key(entity), self.reader.typedefs)


def _key(entity: Json) -> Key:
    """Return the key of an asset, or of a glossary object found on its own."""
    if entity["typeName"] in GLOSSARY_TYPES:
        return (*(name_of(anchor) for anchor in related(entity, "anchor")), name_of(entity))
    return (entity["typeName"], qualified_name_of(entity) or entity["guid"])


def _glossary_of(entity: Json) -> str:
    """Return the guid of the glossary that a glossary object belongs to, or is."""
    anchors = related(entity, "anchor")
    return str(anchors[0]["guid"] if anchors else entity["guid"])


def _paths(categories: Iterator[Json], root: Key) -> list[tuple[Key, Json]]:
    """Return (key, entity) of each category, parents first; a key is the path from the glossary."""
    known = {entity["guid"]: entity for entity in categories}
    found = [(_path(entity, known, root), entity) for entity in known.values()]
    return sorted(found, key=lambda pair: (len(pair[0]), pair[0]))


def _path(entity: Json, known: dict[str, Json], root: Key) -> Key:
    """Return the key of a category; a cycle of parents ends where it closes."""
    labels = [name_of(entity)]
    seen = {entity["guid"]}
    while (parents := related(entity, "parentCategory")) and parents[0]["guid"] not in seen:
        entity = known.get(parents[0]["guid"], parents[0])
        seen.add(entity["guid"])
        labels.insert(0, name_of(entity))
    return (*root, *labels)
