"""Fetches every live or archived entity that a query may mean, owners before what they hold.

Glossary objects are found by name, so a glossary is read whole if any object in it is wanted; other
assets are found by qualifiedName or guid.
"""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct, field

from importer.errors import TargetUnreachable
from importer.look_alike import look
from importer.model import Json, Key
from importer.pieces import pieces
from importer.targets.atlan.decode import (
    Decoder,
    is_archived,
    name_of,
    qualified_name_of,
    related,
)
from importer.targets.atlan.identity import resource_name
from importer.targets.atlan.search import (
    CHUNK,
    ONLY_ACTIVE,
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

CATEGORIES = 100
"""How many categories are asked for at once: each comes with all its terms."""

RELATION_OF = {LINK: "links", README: "readme"}
"""Type of resource -> the relation of an asset that lists its resources."""


class _Resources(Struct):
    """The links and readmes to fetch.

    `wanted` holds (type, identity) by the key of the asset they belong to. `lost` are those that
    the asset does not list, by qualifiedName: the key, and the asset.
    """

    wanted: dict[Key, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    lost: dict[str, tuple[Key, Ref]] = field(default_factory=dict)


class Fetcher(Struct, frozen=True):
    """A single fetch from a tenant; `run` may be called once."""

    transport: Transport
    decoder: Decoder
    query: Query
    link_identity: str = "url"
    resources: _Resources = field(default_factory=_Resources)

    def run(self) -> Iterator[LiveEntity]:
        """Yield every entity the query may mean once, glossaries first, then other assets.

        Raises TargetUnreachable or CredentialsRefused.
        """
        for type_name in RESOURCES:
            for key in self.query.keys.get(type_name, ()):
                self.resources.wanted[key[:-1]].add((type_name, key[-1]))
        named = list(self._named_hits())
        seen: set[str] = set()
        for live in chain(self._glossaries(named), self._others(named), self._lost()):
            if live.id not in seen:  # found in its place, and by its id or name; or just moved
                seen.add(live.id)
                yield live

    def _named_hits(self) -> Iterator[Json]:
        """Yield the entities with the ids, and the glossary objects with the names, of the query.

        A whole fetch adds the assets that have terms: of the many assets of a tenant, these show
        that people worked on them.
        """
        names = {
            name
            for type_name in GLOSSARY_TYPES
            for name in self.query.identities.get(type_name, ())
        }
        for field_name, values in (("__guid", self.query.ids), ("qualifiedName", names)):
            for chunk in pieces(sorted(values), CHUNK):
                yield from self._search([one_of(field_name, chunk)], ["name", "anchor"])
        if self.query.whole:
            yield from self._search([ONLY_ACTIVE, with_any("__meanings")], ["name", "anchor"])

    def _glossaries(self, named: Sequence[Json]) -> Iterator[LiveEntity]:
        objects = [
            hit for hit in named if hit["typeName"] in GLOSSARY_TYPES and not is_archived(hit)
        ]
        types = {hit["typeName"] for hit in objects} | set(self.query.keys)
        if not types & set(GLOSSARY_TYPES):
            return
        wanted = (key for one in GLOSSARY_TYPES for key in self.query.keys.get(one, ()))
        names = {key[0] for key in wanted if key}
        guids = {_glossary_of(hit) for hit in objects}
        similar = set(map(look, names))
        for hit in self._full(GLOSSARY, [ONLY_ACTIVE]):
            if self.query.whole or name_of(hit) in names or hit["guid"] in guids:
                yield from self._glossary(hit, types)
            elif look(name_of(hit)) in similar:
                yield self.decoder.live(hit, (name_of(hit),))

    def _glossary(self, glossary: Json, types: set[str]) -> Iterator[LiveEntity]:
        root = (name_of(glossary),)
        yield from self._with_resources(glossary, root)
        inside = [ONLY_ACTIVE, within_glossary(_place_of(glossary))]
        if CATEGORY in types:
            for key, hit in _paths(self._full(CATEGORY, inside, page=CATEGORIES), root):
                yield from self._with_resources(hit, key)
        if TERM in types:
            for hit in self._full(TERM, inside):
                yield from self._with_resources(hit, (*root, name_of(hit)))

    def _others(self, named: Sequence[Json]) -> Iterator[LiveEntity]:
        """Yield assets of all other types, and archived objects that the query names by guid."""
        guids: dict[str, set[str]] = defaultdict(set)
        for hit in named:
            if hit["typeName"] not in GLOSSARY_TYPES or is_archived(hit):
                guids[hit["typeName"]].add(hit["guid"])
        types = {*guids, *self.query.keys, *self.query.identities}
        for type_name in sorted(types, key=lambda one: (one in RESOURCES, one)):
            for hit in self._ordinary(type_name, guids[type_name]):
                yield from self._with_resources(hit, self._key(hit))

    def _key(self, hit: Json) -> Key:
        """Return the key of an asset, or of a glossary object or resource found on its own."""
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
        """Yield each entity of a type once, even if guid and qualifiedName both ask for it."""
        seen: set[str] = set()
        whole = self.query.whole and type_name in self.query.keys
        if whole and type_name not in (*GLOSSARY_TYPES, *RESOURCES):
            for hit in self._full(type_name, [ONLY_ACTIVE]):
                seen.add(hit["guid"])
                yield hit
        wanted = (("__guid", set(guids)), ("qualifiedName", self._qualified_names(type_name)))
        for field_name, values in wanted:
            for chunk in pieces(sorted(values), CHUNK):
                for hit in self._full(type_name, [one_of(field_name, chunk)]):
                    if hit["guid"] not in seen:
                        seen.add(hit["guid"])
                        yield hit

    def _qualified_names(self, type_name: str) -> set[str]:
        if type_name in GLOSSARY_TYPES:
            return set()
        names = set(self.query.identities.get(type_name, ()))
        if type_name in RESOURCES:
            return names
        return names | {key[1] for key in self.query.keys.get(type_name, ()) if len(key) > 1}

    def _with_resources(self, hit: Json, key: Key) -> Iterator[LiveEntity]:
        """Yield an asset, then its links and readme; note as lost those it does not list."""
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
        """Yield the archived ones among the lost links and readmes: they can be restored."""
        lost = dict(self.resources.lost)
        self.resources.lost.clear()
        for type_name in RESOURCES:
            for chunk in pieces(sorted(lost if type_name in self.query.keys else ()), CHUNK):
                for hit in self._full(type_name, [one_of("qualifiedName", chunk)]):
                    if qualified_name_of(hit) not in lost:
                        continue  # it is none of those asked for
                    key, owner = lost[qualified_name_of(hit)]
                    hit[ATTRIBUTES]["asset"] = {"typeName": owner.type, "guid": owner.id}
                    yield self.decoder.live(hit, key)

    def _full(
        self, type_name: str, filters: Sequence[Json], page: int | None = None
    ) -> Iterator[Json]:
        """Search for entities of a type with everything that a template can map."""
        resources = [RELATION_OF[one] for one in RESOURCES if one in self.query.keys]
        attributes = [*self.decoder.requested(type_name), *resources]
        return self._search([of_type(type_name), *filters], attributes, page)

    def _search(
        self, filters: Sequence[Json], attributes: Sequence[str], page: int | None = None
    ) -> Iterator[Json]:
        return search(self.transport, filters, attributes, page)


def _place_of(glossary: Json) -> str:
    """Return the qualifiedName of a glossary. Raises TargetUnreachable for one without it.

    Without it everything in the glossary would seem to be missing.
    """
    if name := qualified_name_of(glossary):
        return name
    raise TargetUnreachable(
        f"The target names no qualifiedName of the glossary {name_of(glossary)} "
        f"({glossary['guid']}), so what is in it cannot be read."
    )


def _glossary_of(hit: Json) -> str:
    """Return the guid of the glossary that a glossary object belongs to, or is."""
    anchors = related(hit, "anchor")
    return str(anchors[0]["guid"] if anchors else hit["guid"])


def _paths(categories: Iterable[Json], root: Key) -> Iterator[tuple[Key, Json]]:
    """Yield (key, hit) of each category, parents first; a key is the path from the glossary.

    They wait for the last one packed, since each of them lists all its terms.
    """
    known: dict[str, Json] = {}
    packed: dict[str, bytes] = {}
    for hit in categories:
        known[hit["guid"]] = _without_terms(hit)
        packed[hit["guid"]] = marshal.dumps(hit)
    found = [(_path(hit, known, root), guid) for guid, hit in known.items()]
    for key, guid in sorted(found, key=lambda pair: (len(pair[0]), pair[0])):
        yield key, marshal.loads(packed.pop(guid))  # noqa: S302 - our own


def _without_terms(category: Json) -> Json:
    """Return what a category says beside its terms."""
    attributes = category.get(ATTRIBUTES) or {}
    return {**category, ATTRIBUTES: {k: v for k, v in attributes.items() if k != "terms"}}


def _path(hit: Json, known: dict[str, Json], root: Key) -> Key:
    """Return the key of a category; a cycle of parents ends where it closes."""
    labels = [name_of(hit)]
    seen = {hit["guid"]}
    while (parents := related(hit, "parentCategory")) and parents[0]["guid"] not in seen:
        hit = known.get(parents[0]["guid"], parents[0])
        seen.add(hit["guid"])
        labels.insert(0, name_of(hit))
    return (*root, *labels)
