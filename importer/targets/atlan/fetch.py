"""What is wanted in, every live or archived entity it may mean out; owners come first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from importer.model import Json, Key
from importer.targets.atlan.decode import (
    Decoder,
    archived,
    name_of,
    qualified_name_of,
    related,
)
from importer.targets.atlan.identity import resource_name
from importer.targets.atlan.search import (
    CHUNK,
    ONLY_ACTIVE,
    chunks,
    of_type,
    one_of,
    search,
    with_any,
    within_glossary,
)
from importer.targets.atlan.vocabulary import (
    ATTRIBUTES,
    CATEGORY,
    GLOSSARY,
    GLOSSARY_TYPES,
    LINK,
    README,
    RESOURCES,
    TERM,
)
from importer.targets.protocol import LiveEntity, Query, Ref
from importer.targets.transport import Transport

RELATION_OF = {LINK: "links", README: "readme"}


@dataclass(slots=True)
class _Resources:
    """The links and readmes wanted, by the key of what they hang on; `lost` were not seen there."""

    wanted: dict[Key, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    lost: dict[str, tuple[Key, Ref]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fetcher:
    """One look at the tenant."""

    transport: Transport
    decoder: Decoder
    wanted: Query
    link_identity: str = "url"
    resources: _Resources = field(default_factory=_Resources)

    def run(self) -> Iterator[LiveEntity]:
        """Look up everything; glossaries first, then other assets."""
        for type_name in RESOURCES:
            for key in self.wanted.keys.get(type_name, ()):
                self.resources.wanted[key[:-1]].add((type_name, key[-1]))
        named = list(self._named())
        seen: set[str] = set()
        for live in chain(self._glossaries(named), self._others(named), self._lost()):
            if live.id not in seen:
                yield live
            if self._asked_for_itself(live):
                seen.add(live.id)

    def _asked_for_itself(self, live: LiveEntity) -> bool:
        """Whether it may turn up twice: at its place, and because the file names it outright."""
        names = self.wanted.identities.get(live.type, set())
        return live.id in self.wanted.ids or not names.isdisjoint(live.identities)

    def _named(self) -> Iterator[Json]:
        """What the ids and the qualifiedNames of glossary objects in the file point at.

        Where all is wanted, assets with terms too: of the many there are, those are people's work.
        """
        names = {
            name
            for type_name in GLOSSARY_TYPES
            for name in self.wanted.identities.get(type_name, ())
        }
        for field_name, values in (("__guid", self.wanted.ids), ("qualifiedName", names)):
            for chunk in chunks(values):
                yield from self._search([one_of(field_name, chunk)], ["name", "anchor"])
        if self.wanted.whole:
            yield from self._search([ONLY_ACTIVE, with_any("__meanings")], ["name", "anchor"])

    def _glossaries(self, named: Sequence[Json]) -> Iterator[LiveEntity]:
        objects = [hit for hit in named if hit["typeName"] in GLOSSARY_TYPES and not archived(hit)]
        types = {hit["typeName"] for hit in objects} | set(self.wanted.keys)
        if not types & set(GLOSSARY_TYPES):
            return
        names = {key[0] for one in GLOSSARY_TYPES for key in self.wanted.keys.get(one, ()) if key}
        guids = {_glossary_of(hit) for hit in objects}
        for hit in self._full(GLOSSARY, [ONLY_ACTIVE]):
            if self.wanted.whole or name_of(hit) in names or hit["guid"] in guids:
                yield from self._glossary(hit, types)

    def _glossary(self, glossary: Json, types: set[str]) -> Iterator[LiveEntity]:
        root = (name_of(glossary),)
        yield from self._with_resources(glossary, root)
        inside = [ONLY_ACTIVE, within_glossary(glossary[ATTRIBUTES]["qualifiedName"])]
        if CATEGORY in types:
            for key, hit in _paths(list(self._full(CATEGORY, inside)), root):
                yield from self._with_resources(hit, key)
        if TERM in types:
            for hit in self._full(TERM, inside):
                yield from self._with_resources(hit, (*root, name_of(hit)))

    def _others(self, named: Sequence[Json]) -> Iterator[LiveEntity]:
        """Assets of all other types, and archived ones that the file names by guid."""
        guids: dict[str, set[str]] = defaultdict(set)
        for hit in named:
            if hit["typeName"] not in GLOSSARY_TYPES or archived(hit):
                guids[hit["typeName"]].add(hit["guid"])
        types = {*guids, *self.wanted.keys, *self.wanted.identities}
        for type_name in sorted(types, key=lambda one: (one in RESOURCES, one)):
            for hit in self._ordinary(type_name, guids[type_name]):
                yield from self._with_resources(hit, self._key(hit))

    def _key(self, hit: Json) -> Key:
        """Of an asset that stands by itself, or of something named without its place."""
        if hit["typeName"] in GLOSSARY_TYPES:
            return (*(name_of(anchor) for anchor in related(hit, "anchor")), name_of(hit))
        if hit["typeName"] in RESOURCES:
            return self._resource_key(hit)
        return (hit["typeName"], qualified_name_of(hit) or hit["guid"])

    def _resource_key(self, hit: Json) -> Key:
        for asset in related(hit, "asset"):
            if asset["typeName"] not in GLOSSARY_TYPES:
                owner = (asset["typeName"], qualified_name_of(asset) or asset["guid"])
                return (*owner, self._identity(hit["typeName"], hit[ATTRIBUTES]))
        return (hit["typeName"], hit["guid"])

    def _ordinary(self, type_name: str, guids: Iterable[str]) -> Iterator[Json]:
        """Each entity once, though it may be wanted by guid and by qualifiedName."""
        seen: set[str] = set()
        whole = self.wanted.whole and type_name in self.wanted.keys
        if whole and type_name not in (*GLOSSARY_TYPES, *RESOURCES):
            for hit in self._full(type_name, [ONLY_ACTIVE]):
                seen.add(hit["guid"])
                yield hit
        wanted = (("__guid", set(guids)), ("qualifiedName", self._qualified_names(type_name)))
        for field_name, values in wanted:
            for chunk in chunks(values):
                for hit in self._full(type_name, [one_of(field_name, chunk)]):
                    if hit["guid"] not in seen:
                        seen.add(hit["guid"])
                        yield hit

    def _qualified_names(self, type_name: str) -> set[str]:
        if type_name in GLOSSARY_TYPES:
            return set()
        names = set(self.wanted.identities.get(type_name, ()))
        if type_name in RESOURCES:
            return names
        return names | {key[1] for key in self.wanted.keys.get(type_name, ()) if len(key) > 1}

    def _with_resources(self, hit: Json, key: Key) -> Iterator[LiveEntity]:
        """An asset, then its links and readme; notes which wanted ones it does not have."""
        owner = self.decoder.live(hit, key)
        yield owner
        missing = set(self.resources.wanted.get(key, ()))
        for type_name, relation in RELATION_OF.items():
            for end in related(hit, relation):
                live = self._resource(end, type_name, owner)
                missing.discard((type_name, live.key[-1]))
                yield live
        for type_name, identity in missing:
            name = resource_name(type_name, owner.id, identity)
            self.resources.lost[name] = ((*key, identity), Ref(owner.type, owner.id))
        if len(self.resources.lost) >= CHUNK:
            yield from self._lost()

    def _resource(self, end: Json, type_name: str, owner: LiveEntity) -> LiveEntity:
        asset = {"typeName": owner.type, "guid": owner.id}
        given = {**(end.get(ATTRIBUTES) or {}), "asset": asset}
        key = (*owner.key, self._identity(type_name, given))
        return self.decoder.live({**end, ATTRIBUTES: given}, key)

    def _identity(self, type_name: str, attributes: Json) -> str:
        if type_name == README:
            return README
        return str(attributes.get("name" if self.link_identity == "name" else "link") or "")

    def _lost(self) -> Iterator[LiveEntity]:
        """Links and readmes of ours that were archived: they can be had back."""
        lost = dict(self.resources.lost)
        self.resources.lost.clear()
        for type_name in RESOURCES:
            for chunk in chunks(lost if type_name in self.wanted.keys else ()):
                for hit in self._full(type_name, [one_of("qualifiedName", chunk)]):
                    key, owner = lost[hit[ATTRIBUTES]["qualifiedName"]]
                    hit[ATTRIBUTES]["asset"] = {"typeName": owner.type, "guid": owner.id}
                    yield self.decoder.live(hit, key)

    def _full(self, type_name: str, filters: Sequence[Json]) -> Iterator[Json]:
        """Entities of one type with all that a template can map."""
        also = [RELATION_OF[one] for one in RESOURCES if one in self.wanted.keys]
        attributes = [*self.decoder.asked_for(type_name), *also]
        return self._search([of_type(type_name), *filters], attributes)

    def _search(self, filters: Sequence[Json], attributes: Sequence[str]) -> Iterator[Json]:
        return search(self.transport, filters, attributes)


def _glossary_of(hit: Json) -> str:
    """The guid of the glossary that an object of one, or the glossary itself, belongs to."""
    anchors = related(hit, "anchor")
    return str(anchors[0]["guid"] if anchors else hit["guid"])


def _paths(categories: Sequence[Json], root: Key) -> list[tuple[Key, Json]]:
    """Each category with its key, the path from the glossary; parents come first."""
    known = {hit["guid"]: hit for hit in categories}
    found = [(_path(hit, known, root), hit) for hit in categories]
    return sorted(found, key=lambda pair: (len(pair[0]), pair[0]))


def _path(hit: Json, known: dict[str, Json], root: Key) -> Key:
    labels = [name_of(hit)]
    seen = {hit["guid"]}
    while (parents := related(hit, "parentCategory")) and parents[0]["guid"] not in seen:
        hit = known.get(parents[0]["guid"], parents[0])
        seen.add(hit["guid"])
        labels.insert(0, name_of(hit))
    return (*root, *labels)
