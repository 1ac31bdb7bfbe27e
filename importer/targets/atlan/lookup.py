"""Changes in, what of their entities is in the tenant now out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from importer.model import Json
from importer.targets.atlan.decode import Decoder, archived, name_of, related
from importer.targets.atlan.identity import qualified_name
from importer.targets.atlan.search import any_of, of_type, one_of, search
from importer.targets.atlan.vocabulary import ATTRIBUTES
from importer.targets.atlan.vocabulary import name_of as stated_name
from importer.targets.protocol import Change, LiveEntity
from importer.targets.transport import Transport


def look_up(
    transport: Transport, decoder: Decoder, changes: Sequence[Change]
) -> Iterator[tuple[int, LiveEntity]]:
    """(seq, entity) of each change whose entity is there, with the key of the change.

    Raises TargetUnreachable or CredentialsRefused.
    """
    by_type: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_type[change.type].append(change)
    for type_name, same in by_type.items():
        attributes = decoder.asked_for(type_name)
        for hit in search(transport, [of_type(type_name), any_of(_filters(same))], attributes):
            for change in same:
                if _means(change, hit):
                    yield change.seq, decoder.live(hit, change.key)


def _filters(changes: Sequence[Change]) -> list[Json]:
    fields: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        field, value = _question(change)
        fields[field].append(value)
    return [one_of(field, values) for field, values in fields.items()]


def _question(change: Change) -> tuple[str, str]:
    """The field that finds a change's entity, and the value to look for."""
    if change.id:
        return "__guid", change.id
    name = qualified_name(change)
    return ("qualifiedName", name) if name else ("name.keyword", stated_name(change))


def _means(change: Change, hit: Json) -> bool:
    field, value = _question(change)
    if field == "__guid":
        return bool(hit["guid"] == value)
    if field == "qualifiedName":
        return bool(hit[ATTRIBUTES].get("qualifiedName") == value)
    same_place = all(_points_there(change, hit, one) for one in ("anchor", "parentCategory"))
    return name_of(hit) == value and not archived(hit) and same_place


def _points_there(change: Change, hit: Json, relation: str) -> bool:
    wanted = {ref.id for ref in change.relations.get(f"relationshipAttributes.{relation}", ())}
    return wanted == {end["guid"] for end in related(hit, relation)}
