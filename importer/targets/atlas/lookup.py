"""Looks up by qualifiedName which entities of a batch exist now, and which names are taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from importer.model import Json
from importer.targets.atlas.decode import (
    is_archived,
    live_entity,
    name_of,
    qualified_name_of,
    related,
)
from importer.targets.atlas.names import is_renamed, place_of, qualified_name
from importer.targets.atlas.read import Reader
from importer.targets.atlas.vocabulary import (
    ATTRIBUTES,
    CATEGORY,
    existing_id,
    stated_name,
)
from importer.targets.protocol import Change, LiveEntity, Refused


def fitting_names(reader: Reader, changes: Sequence[Change]) -> dict[int, str]:
    """Return seq -> qualifiedName of the glossary objects that are new, renamed or moved.

    Raises TargetUnreachable or CredentialsRefused.
    """
    renamed = [change for change in changes if is_renamed(change)]
    places = {change.seq: place.id for change in renamed if (place := place_of(change))}
    found = reader.whole(sorted(set(places.values())), relations=False)
    names = {entity["guid"]: qualified_name_of(entity) for entity in found}
    return {
        change.seq: qualified_name(change, names.get(places.get(change.seq, ""), ""))
        for change in renamed
    }


def taken(reader: Reader, changes: Sequence[Change], names: Mapping[int, str]) -> Refused | None:
    """Return why a batch is not sent: the server would change another entity with such a name.

    `names` are the qualifiedNames by seq. An object of that name in the same place is the one the
    change is about. Raises TargetUnreachable or CredentialsRefused.
    """
    wanted = {(one.type, names[one.seq]): one for one in changes if one.seq in names}
    for change in changes:
        if change.seq in names and wanted[change.type, names[change.seq]] is not change:
            return _refused(change, names[change.seq], "of another row")
    for type_name, some in _by_type(wanted).items():
        for entity in reader.named(type_name, some):
            asked = wanted.get((type_name, qualified_name_of(entity)))
            if asked and not is_archived(entity) and not _is(asked, entity):
                return _refused(asked, names[asked.seq], f"of {name_of(entity)} ({entity['guid']})")
    return None


def look_up(reader: Reader, changes: Sequence[Change]) -> Iterator[tuple[int, LiveEntity]]:
    """Yield (seq, live entity with the key of the change) for each change whose entity exists.

    Raises TargetUnreachable or CredentialsRefused.
    """
    by_id: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_id[existing_id(change) or ""].append(change)
    yield from _new(reader, by_id.pop("", []))
    for entity in reader.whole(sorted(by_id)):
        for change in by_id.get(entity["guid"], ()):
            yield change.seq, live_entity(entity, change.key, reader.typedefs)


def _new(reader: Reader, changes: Sequence[Change]) -> Iterator[tuple[int, LiveEntity]]:
    """Yield what exists of new entities, by the qualifiedNames that they are sent with."""
    names = {change.seq: _stated_qualified_name(change) for change in changes}
    names |= fitting_names(reader, changes)
    wanted = {(one.type, names[one.seq]): one for one in changes if names[one.seq]}
    for type_name, some in _by_type(wanted).items():
        for entity in reader.named(type_name, some):
            asked = wanted.get((type_name, qualified_name_of(entity)))
            if asked and not is_archived(entity) and _is(asked, entity):
                yield asked.seq, live_entity(entity, asked.key, reader.typedefs)


def _by_type(wanted: Mapping[tuple[str, str], Change]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for type_name, name in wanted:
        found[type_name].append(name)
    return found


def _is(change: Change, entity: Json) -> bool:
    """Return whether an entity with the qualifiedName of a change is the entity of the change.

    A glossary object must also have its name and stand in its place.
    """
    if existing_id(change):
        return bool(entity["guid"] == existing_id(change))
    if not is_renamed(change):
        return True
    ends = related(entity, "parentCategory") if change.type == CATEGORY else []
    ends = ends or related(entity, "anchor")
    place = place_of(change)
    same_place = [end["guid"] for end in ends] == ([place.id] if place else [])
    return same_place and name_of(entity) == stated_name(change)


def _stated_qualified_name(change: Change) -> str:
    return str(change.payload.get(ATTRIBUTES, {}).get("qualifiedName") or "")


def _refused(change: Change, name: str, whose: str) -> Refused:
    words = (
        f"Its qualifiedName would be `{name}`, which is that {whose} already, so that the target "
        "would change that one. Give one of them another name."
    )
    return Refused(words, 0, culprit=change.seq)
