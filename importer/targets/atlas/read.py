"""Reads entities: by type from the search index, whole ones from the store by guid or by name.

Only the search index lags behind what was saved; it is asked for nothing but guids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from msgspec import Struct

from importer.errors import TargetUnreachable
from importer.model import Json
from importer.pieces import pieces
from importer.targets.atlas.typedefs import TypeDefs
from importer.targets.atlas.vocabulary import BULK, SEARCH, UNIQUE
from importer.targets.transport import Transport

PAGE = 1000

REPEATS = 2
"""How often the first page may come again: once, where somebody has just added an entity."""

AT_ONCE = 100
"""How many guids a request names: its URL stays below 5,000 characters."""

LONGEST_NAMES = 4000
"""How many characters of qualifiedNames a request names, percent-encoded."""


class Reader(Struct, frozen=True):
    """Reads entities of one server. Raises TargetUnreachable or CredentialsRefused.

    A server refuses questions about a type that it does not have: they are not asked.
    """

    transport: Transport
    typedefs: TypeDefs

    def guids_of(self, type_name: str) -> Iterator[str]:
        """Yield the guid of every entity of exactly this type, each once.

        The pages of a search are counted: what others add meanwhile may show an entity again on a
        later page, and what they delete may move one past it.
        """
        seen: set[str] = set()
        first: list[str] = []
        start = again = 0
        known = type_name in self.typedefs.entities
        while known and (page := self._page(type_name, start)):
            first = first or page
            again = again + 1 if start and page == first else 0
            start += len(page)
            if again == REPEATS:
                raise TargetUnreachable(
                    f"The target's search begins anew after {start:,} entities (it does not heed "
                    "`offset`), so what the target holds cannot be read to its end."
                )
            yield from (guid for guid in dict.fromkeys(page) if guid not in seen)
            seen.update(page)

    def whole(self, guids: Iterable[str], *, relations: bool = True) -> Iterator[Json]:
        """Yield the entities with these guids that exist, deleted ones too."""
        for some in pieces(dict.fromkeys(guids), AT_ONCE):
            yield from self._by_guid(some, _scope(relations=relations))

    def alone(self, guid: str) -> Iterator[Json]:
        """Yield an entity, if it exists, without all that it is made of, as a glossary of terms.

        Asked for several, a server would cut one short that is a part of another.
        """
        yield from self._by_guid([guid], [("minExtInfo", "true"), ("ignoreRelationships", "false")])

    def named(
        self, type_name: str, names: Iterable[str], *, relations: bool = True
    ) -> Iterator[Json]:
        """Yield the entities of a type with these qualifiedNames that exist."""
        asked = sorted(set(names)) if type_name in self.typedefs.entities else []
        for some in _short_enough(asked):
            query = [(f"attr_{n}:qualifiedName", name) for n, name in enumerate(some)]
            query += _scope(relations=relations)
            path = UNIQUE + quote(type_name, safe="")
            found = self.transport.read("GET", path, query=query, absent=True)
            yield from (found or {}).get("entities") or ()

    def _page(self, type_name: str, start: int) -> list[str]:
        body = {
            "typeName": type_name,
            "includeSubTypes": False,
            "excludeDeletedEntities": True,
            "limit": PAGE,
            "offset": start,
        }
        found = self.transport.read("POST", SEARCH, body=body)
        return [entity["guid"] for entity in found.get("entities") or ()]

    def _by_guid(self, guids: Sequence[str], scope: Sequence[tuple[str, str]]) -> list[Json]:
        query = [*(("guid", guid) for guid in guids), *scope]
        found = self.transport.read("GET", BULK, query=query, absent=True)
        if found is not None:
            return list(found.get("entities") or ())
        if len(guids) == 1:
            return []
        # one guid that is unknown makes it refuse the whole request
        middle = len(guids) // 2
        halves = guids[:middle], guids[middle:]
        return [one for half in halves for one in self._by_guid(half, scope)]


def _scope(*, relations: bool) -> list[tuple[str, str]]:
    ignored = "false" if relations else "true"
    return [("minExtInfo", "false"), ("ignoreRelationships", ignored)]


def _short_enough(names: Iterable[str]) -> Iterator[list[str]]:
    """Yield the names in lists, each of which fits into a URL."""
    some: list[str] = []
    length = 0
    for name in names:
        size = len(quote(name)) + len("&attr_00:qualifiedName=")
        if some and length + size > LONGEST_NAMES:
            yield some
            some, length = [], 0
        some.append(name)
        length += size
    if some:
        yield some
