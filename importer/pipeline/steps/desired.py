"""The desired state of an entity: what its row says, with every reference resolved."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence, Set

from importer.mapping import BoundReference, BoundSheet, Entity
from importer.model import Payload
from importer.payload_path import split, value_at
from importer.pipeline.steps.resolve import Resolution
from importer.pipeline.steps.spool import MappedEntity
from importer.plan import Desired
from importer.plan.diff import put
from importer.plan.kept_texts import with_texts
from importer.plan.list_edits import edited, with_edits
from importer.plan.relations import Named
from importer.targets.protocol import LiveEntity
from importer.template import Reference


class DesiredStates:
    """Makes the desired states of a run's entities from what mapping made of them."""

    def __init__(self, resolution: Resolution) -> None:
        self._resolution = resolution
        self._bound = references_by_number(resolution.intake.sheets)
        self._may_keep = any(one.rule.kept_at for one in self._bound.values())
        self._whole: dict[tuple[int, str], frozenset[str]] = {}

    def any_edit(self, mapped: Iterable[MappedEntity]) -> bool:
        """Whether any entity adds to live references or removes from them."""
        numbers = {number for one in mapped for number, _ in one.references}
        return any(self._bound[number].edit for number in numbers)

    def of(self, entity: Entity, mapped: MappedEntity, live: LiveEntity | None) -> Desired:
        """Return what an entity is to be; `live` is what it is now."""
        template = self._resolution.intake.template
        kind = template.kinds[entity.kind]
        payload, clears = mapped.payload, mapped.clears
        if mapped.edits or clears or self._may_keep:
            payload, clears = self._payload(entity, mapped, live)
        return Desired(
            entity.seq,
            kind,
            kind.type or str(payload.get(template.type_path, "")),
            entity.key or entity.labels,
            payload,
            clears,
            list(self.references(mapped, live)),
            entity.delete,
            self._whole_values(entity),
        )

    def _payload(
        self, entity: Entity, mapped: MappedEntity, live: LiveEntity | None
    ) -> tuple[Payload, tuple[str, ...]]:
        """Return the payload with whole lists and kept texts, and the paths to empty."""
        schema = self._resolution.intake.template.kinds[entity.kind].schema
        there = live.payload if live and not live.archived else {}
        payload, emptied = with_edits(mapped.payload, mapped.edits, there)
        asked = [*mapped.clears, *emptied]
        kept = self._kept(mapped)
        payload = with_texts(payload, kept, schema, _without(there, kept.keys() & asked))
        asked = [path for path in asked if path not in kept]
        return payload, _cleared(entity, payload, asked)

    def _whole_values(self, entity: Entity) -> frozenset[str]:
        """Return the paths whose cells hold an object: it is compared and sent as one value."""
        at = entity.sheet.no, entity.kind
        if at not in self._whole:
            columns = entity.bound.rule.columns
            whole = (c.path for c in columns if c.path and c.type in ("json", "map"))
            self._whole[at] = frozenset(whole)
        return self._whole[at]

    def references(
        self, mapped: MappedEntity, live: LiveEntity | None
    ) -> Iterator[tuple[Reference, list[Named]]]:
        """Yield what an entity is to refer to in the end, rule by rule."""
        edits: dict[str, tuple[Reference, dict[str, list[Named]]]] = {}
        for number, texts in mapped.references:
            bound = self._bound[number]
            found = [named for named in map(self._meaning, texts) if named is not None]
            if texts and not found and bound.rule.may_be_missing:
                continue
            if bound.edit:
                edits.setdefault(bound.rule.path, (bound.rule, {}))[1][bound.edit] = found
            else:
                yield bound.rule, found
        for rule, by_sign in edits.values():
            there = self._live_references(rule, live)
            yield rule, edited(there, by_sign.get("+", ()), by_sign.get("-", []))

    def _kept(self, mapped: MappedEntity) -> dict[str, list[str]]:
        """Return the texts that name nothing, by the path that takes them."""
        kept: dict[str, list[str]] = {}
        for number, texts in mapped.references:
            path = self._bound[number].rule.kept_at
            lost = (one for one in texts if one >= 0 and self._meaning(one) is None)
            for one in lost if path else ():
                text = self._resolution.intake.registry.texts[one].text
                kept.setdefault(path, []).append(text)
        return kept

    def _live_references(self, rule: Reference, live: LiveEntity | None) -> list[Named]:
        """Return what is referred to now; what was not looked up goes by its id."""
        known = self._resolution.live
        found = []
        for ref in live.relations.get(rule.path, ()) if live and not live.archived else ():
            if ref.id not in known.names:
                named = rule.to[0], (ref.id,)
                known.names[ref.id], known.ids[named] = named, ref.id
                known.types[ref.id] = ref.type
            found.append(known.names[ref.id])
        return found

    def _meaning(self, number: int) -> Named | None:
        """Return what a text means; below zero it is an entity of the same row."""
        registry = self._resolution.intake.registry
        if number >= 0:
            return self._resolution.resolver.meaning.get(registry.texts[number])
        beside = registry.entities[-number - 1]
        return (beside.kind, beside.key) if beside.key is not None else None


def references_by_number(sheets: Sequence[BoundSheet]) -> dict[int, BoundReference]:
    """Return every reference of the sheets, in all its forms, by the number that binding gave."""
    bound = (one for sheet in sheets for entity in sheet.entities for one in entity.references)
    forms = (form for one in bound for form in (one, one.exact, one.adds, one.drops))
    return {form.no: form for form in forms if form is not None}


def _without(live: Payload, paths: Set[str]) -> Payload:
    """Return a live payload without what a row empties."""
    if not paths:
        return live
    left = copy.deepcopy(live)
    for path in paths:
        put(left, split(path), None)
    return left


def _cleared(entity: Entity, payload: Payload, clears: Sequence[str]) -> tuple[str, ...]:
    """Return the paths to empty, and those that make no sense without them."""
    columns = (c for c in entity.bound.rule.columns if clears and c.path in clears)
    along = (path for column in columns for path in column.takes_along)
    also = (path for path in along if value_at(payload, split(path)) is None)
    return tuple(dict.fromkeys((*clears, *also)))
