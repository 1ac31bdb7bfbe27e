"""Looks up which entities of a batch in doubt exist in the tenant now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from importer.model import Json
from importer.targets.atlan.decode import Decoder, is_archived, name_of, related
from importer.targets.atlan.identity import qualified_name
from importer.targets.atlan.search import any_of, of_type, one_of, search
from importer.targets.atlan.vocabulary import ATTRIBUTES, relation_path, stated_name
from importer.targets.protocol import Change, LiveEntity
from importer.targets.transport import Transport


def look_up(
    transport: Transport, decoder: Decoder, changes: Sequence[Change]
) -> Iterator[tuple[int, LiveEntity]]:
    """Yield (seq, live entity with the key of the change) for each change whose entity exists.

    Raises TargetUnreachable or CredentialsRefused.
    """
    by_type: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_type[change.type].append(change)
    for type_name, same in by_type.items():
        attributes = decoder.requested(type_name)
        for hit in search(transport, [of_type(type_name), any_of(_filters(same))], attributes):
            for change in same:
                if _matches(change, hit):
                    yield change.seq, decoder.live(hit, change.key)


def _filters(changes: Sequence[Change]) -> list[Json]:
    fields: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        field, value = _search_field(change)
        fields[field].append(value)
    return [one_of(field, values) for field, values in fields.items()]


def _search_field(change: Change) -> tuple[str, str]:
    """Return the search field that finds the entity of a change, and the value to look for.

    The server makes the qualifiedName of a glossary object, so that only its name is known.
    """
    if change.id:
        return "__guid", change.id
    name = qualified_name(change)
    return ("qualifiedName", name) if name else ("name.keyword", stated_name(change))


def _matches(change: Change, hit: Json) -> bool:
    """Return whether a hit is the entity of a change; names count only in the same place."""
    field, value = _search_field(change)
    if field == "__guid":
        return bool(hit["guid"] == value)
    if field == "qualifiedName":
        return bool(hit[ATTRIBUTES].get("qualifiedName") == value)
    same_place = all(_same_ends(change, hit, one) for one in ("anchor", "parentCategory"))
    return name_of(hit) == value and not is_archived(hit) and same_place


def _same_ends(change: Change, hit: Json, relation: str) -> bool:
    wanted = {ref.id for ref in change.relations.get(relation_path(relation), ())}
    return wanted == {end["guid"] for end in related(hit, relation)}
