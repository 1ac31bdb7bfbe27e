"""Mapped items of the journal and the live state in, planned items out: order and plan at work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from importer.finding_codes import FindingCode
from importer.intake import Intake
from importer.journal import Item, Items, Journal, key_text
from importer.journal.serialize import pack, unpack
from importer.mapping import BoundReference, BoundSheet, Entity, RefText
from importer.mapping.key_text import show
from importer.model import Action, Finding, Payload, Severity, Status
from importer.order import Levels, LiveIndex, Registry, Resolver
from importer.plan import Desired, Edges, Guard, Planned, Planner
from importer.plan.diff import value_at
from importer.plan.guard import scope_of
from importer.plan.list_edits import joined, merged
from importer.plan.relations import Named
from importer.targets.protocol import LiveEntity
from importer.template import Kind, Reference
from importer.template.paths import split


class JournalSink:
    """Writes what the intake yields into a run's journal."""

    def __init__(self, journal: Journal, run: str) -> None:
        self._journal = journal
        self._run = run
        self.rules: dict[int, BoundReference] = {}

    def rows(self, sheet: BoundSheet, rows: Sequence[int]) -> None:
        """Note the rows that the run answers for."""
        self._journal.add_rows(self._run, ((sheet.no, row) for row in rows))

    def entities(self, registry: Registry, entities: Sequence[Entity]) -> None:
        """Note the entities, payload and references as they were mapped."""
        items = [self._item(registry, entity) for entity in entities]
        self._journal.add_items(self._run, items)

    def merged(self, entity: Entity, rows: Sequence[tuple[int, int]]) -> None:
        """Note which further rows stated an entity."""
        self._journal.add_merged(self._run, ((s, r, entity.seq * 2) for s, r in rows))

    def _item(self, registry: Registry, entity: Entity) -> Item:
        for reference, _ in entity.references:
            self.rules.setdefault(reference.no, reference)
        refs = [
            [reference.no, [_number(registry, text) for text in texts]]
            for reference, texts in entity.references
        ]
        mapped = {
            "payload": entity.payload,
            "clears": entity.clears,
            "edits": entity.edits or {},
            "refs": refs,
        }
        return Item(entity.seq * 2, *entity.where, entity.kind, mapped=pack(mapped))


def _number(registry: Registry, text: RefText) -> int:
    """A RefText's number; what means another entity of its row is that entity's, below zero."""
    beside = registry.beside.get(text)
    return text.number if beside is None else -beside - 1


_CHANGES = frozenset({Action.UPDATE, Action.MOVE, Action.DELETE})
"""What a guard counts: a target that is only added to can be put right by deleting."""


@dataclass(slots=True)
class ChangePlanner:
    """Plans one run: every item gets its key, its level and what it will do."""

    journal: Journal
    run: str
    intake: Intake
    directory: LiveIndex
    resolver: Resolver
    rules: dict[int, BoundReference]
    levels: Levels
    guard: Guard = field(default_factory=Guard)
    actions: dict[tuple[int, int], Action] = field(default_factory=dict)
    edges: Edges = field(default_factory=Edges)
    _planner: Planner = field(init=False)

    def __post_init__(self) -> None:
        self._planner = Planner(self.edges, self.directory, self.levels.later_paths())

    def plan(self) -> Iterator[Finding]:
        """Plan every item; yields what only the comparison with the target finds."""
        self._state_relations()
        for items in Items(self.journal, self.run).mapped():
            yield from self._plan_some(self._planner, items)

    def live_of(self, ids: Sequence[str]) -> dict[str, LiveEntity]:
        """What is live by these ids, and what would go along with it."""
        gone = chain.from_iterable(map(self.directory.attached, ids))
        return self.journal.live(self.run, [*ids, *gone])

    def deletion(
        self, stated: Desired, live: LiveEntity, known: Mapping[str, LiveEntity]
    ) -> Payload:
        """The change that deletes something live; `known` has what goes along with it."""
        change = self._planner.plan(stated, live).change or {}
        return {**change, "fields": {}, "along": self._along(live, known)}

    def _along(self, live: LiveEntity, known: Mapping[str, LiveEntity]) -> list[LiveEntity]:
        return [known[one] for one in self.directory.attached(live.id)]

    def _state_relations(self) -> None:
        """Note every relation that waits for both ends, from both ends, before comparing any."""
        for items in Items(self.journal, self.run).mapped():
            live = self._live(items) if any(rule.edit for rule in self.rules.values()) else {}
            for item in items:
                entity = self._entity(item)
                if entity.valid and entity.key is not None:
                    refs = unpack(item.mapped or b"{}")["refs"]
                    for rule, named in self._references(refs, live.get(entity.live or "")):
                        if self.levels.later_reference(entity.kind, rule):
                            me = (entity.kind, entity.key)
                            self.edges.state(entity.seq, rule.path, me, named)

    def _plan_some(self, planner: Planner, items: Sequence[Item]) -> Iterator[Finding]:
        live = self._live(items)
        added: list[Item] = []
        for item in items:
            entity = self._entity(item)
            if entity.seq in self.resolver.duplicates:
                self._same_as(item, self.resolver.duplicates[entity.seq])
                continue
            finding = self._unfit(entity)
            if finding is not None:
                entity.valid = False
                yield finding
            elif entity.valid:
                if entity.delete and entity.live is None:
                    yield self._nothing_there(entity)
                added += self._plan_one(planner, item, live)
            self._settle(item, entity)
        Items(self.journal, self.run).write(items, added)

    def _live(self, items: Sequence[Item]) -> dict[str, LiveEntity]:
        """What is live of the items, and of what would go along with them, by its id."""
        there = [entity for entity in map(self._entity, items) if entity.live]
        stays = [entity.live or "" for entity in there if not entity.delete]
        goes = self.live_of([entity.live or "" for entity in there if entity.delete])
        return self.journal.live(self.run, stays) | goes

    def _same_as(self, item: Item, seq: int) -> None:
        """An entity that rows of another sheet state in full: its rows share that one's outcome."""
        item.mapped, item.key, item.state = None, "", Status.UNCHANGED
        self.journal.add_merged(self.run, [(item.sheet, item.row, seq * 2)])

    def _settle(self, item: Item, entity: Entity) -> None:
        item.mapped = None
        item.key = item.key or key_text(entity.key or entity.labels)
        if not entity.valid:
            item.state = Status.INVALID

    def _nothing_there(self, entity: Entity) -> Finding:
        """What is to be deleted is not there: a name misspelt, or an earlier run did it."""
        kind, sheet = self.intake.template.kinds[entity.kind], entity.sheet
        near = self.directory.index.near((entity.kind,), entity.labels[-1], (entity.key or ())[:-1])
        hint = f" It has {near}." if near else ""
        words = f"The target has no {kind.word} `{entity.labels[-1]}`: nothing to delete.{hint}"
        place = sheet.place(entity.row, *entity.bound.origin(kind.key[-1]))
        return Finding(
            FindingCode.NOTHING_TO_DELETE, words, place, Severity.INFO, entity.labels[-1]
        )

    def _unfit(self, entity: Entity) -> Finding | None:
        """An id that the target does not have, or an entity that must exist and does not."""
        kind = self.intake.template.kinds[entity.kind]
        if entity.live is not None or not entity.valid or entity.delete:
            return None
        if entity.id is not None and not entity.hint:
            words = f"The target has no {kind.word} with the id `{entity.id}`."
        elif kind.mode == "update":
            words = (
                f"The target has no {kind.word} `{show(entity.labels)}`; only known ones change."
            )
        else:
            return None
        bound, sheet = entity.bound, entity.sheet
        column, heading = bound.origin(kind.key[-1])
        if entity.id is not None and not entity.hint:
            column, heading = bound.id_columns[0] + 1, sheet.heading(bound.id_columns[0])
        place = sheet.place(entity.row, column, heading)
        return Finding(
            FindingCode.NOT_IN_TARGET, words, place, value=entity.id or entity.labels[-1]
        )

    def _plan_one(
        self, planner: Planner, item: Item, known: Mapping[str, LiveEntity]
    ) -> list[Item]:
        entity = self._entity(item)
        live = known.get(entity.live or "")
        stated = self._stated(entity, item, live)
        planned = planner.plan(stated, live)
        self._note_action(entity, planned.action)
        item.key = key_text(stated.key)
        item.action = planned.action.value
        item.level = self._level(entity)
        item.id = planned.id or (live.id if live and not live.archived else None)
        if planned.change is None:
            item.state = Status.UNCHANGED
        else:
            change = self._with_fields(entity, planned, planned.change)
            if entity.delete and live is not None:
                change["along"] = self._along(live, known)
            item.change = pack(change)
        return self._later(item, entity, planned)

    def _later(self, item: Item, entity: Entity, planned: Planned) -> list[Item]:
        """The relations of an entity among its own kind, as an item of their own."""
        if planned.later is None:
            return []
        later = Item(
            item.no + 1,
            item.sheet,
            item.row,
            item.kind,
            item.key,
            self.levels.later(entity.kind),
            action=Action.UPDATE.value,
            id=item.id,
            change=pack(self._with_fields(entity, planned, planned.later)),
        )
        return [later]

    def _level(self, entity: Entity) -> int:
        if entity.delete:
            return self.levels.delete(entity.kind, entity.depth)
        return self.levels.of(entity.kind, entity.depth)

    def _stated(self, entity: Entity, item: Item, live: LiveEntity | None) -> Desired:
        raw = unpack(item.mapped or b"{}")
        kind = self.intake.template.kinds[entity.kind]
        there = live.payload if live and not live.archived else {}
        payload, emptied = merged(raw["payload"], raw["edits"], there)
        return Desired(
            entity.seq,
            kind,
            kind.type or str(payload.get(self.intake.template.type_path, "")),
            entity.key or entity.labels,
            payload,
            self._emptied(entity, payload, [*raw["clears"], *emptied]),
            list(self._references(raw["refs"], live)),
            entity.delete,
            self._whole(entity),
        )

    @staticmethod
    def _emptied(entity: Entity, payload: Payload, clears: Sequence[str]) -> tuple[str, ...]:
        """The paths to empty, and those that make no sense without them."""
        columns = (c for c in entity.bound.rule.columns if clears and c.path in clears)
        along = (path for column in columns for path in column.takes_along)
        also = (path for path in along if value_at(payload, split(path)) is None)
        return tuple(dict.fromkeys((*clears, *also)))

    def _whole(self, entity: Entity) -> frozenset[str]:
        """The paths whose cells hold an object: it is compared and sent as one value."""
        columns = entity.bound.rule.columns
        return frozenset(c.path for c in columns if c.path and c.type in ("json", "map"))

    def _references(
        self, refs: list[list[Any]], live: LiveEntity | None
    ) -> Iterator[tuple[Reference, list[Named]]]:
        """What an entity refers to in the end, rule by rule."""
        edits: dict[str, tuple[Reference, dict[str, list[Named]]]] = {}
        for number, texts in refs:
            bound = self.rules[number]
            found = [named for named in map(self._meaning, texts) if named is not None]
            if bound.edit:
                edits.setdefault(bound.rule.path, (bound.rule, {}))[1][bound.edit] = found
            else:
                yield bound.rule, found
        for rule, by_sign in edits.values():
            there = self._there(rule, live)
            yield rule, joined(there, by_sign.get("+", ()), by_sign.get("-", []))

    def _there(self, rule: Reference, live: LiveEntity | None) -> list[Named]:
        """What is referred to now; what nobody has looked up keeps its place by its id."""
        found = []
        for ref in live.relations.get(rule.path, ()) if live and not live.archived else ():
            if ref.id not in self.directory.names:
                named = rule.to[0], (ref.id,)
                self.directory.names[ref.id], self.directory.ids[named] = named, ref.id
                self.directory.types[ref.id] = ref.type
            found.append(self.directory.names[ref.id])
        return found

    def _meaning(self, number: int) -> Named | None:
        if number >= 0:
            return self.resolver.meaning.get(self.intake.registry.texts[number])
        beside = self.intake.registry.entities[-number - 1]
        return (beside.kind, beside.key) if beside.key is not None else None

    def _with_fields(self, entity: Entity, planned: Planned, change: Any) -> Any:
        """A change with what differs: path -> heading, old and new value as a plan shows them."""
        constants = self.intake.template.kinds[entity.kind].constants
        said = {path: v for path, v in planned.fields.items() if path not in constants}
        fields = {path: [self._heading(entity, path), *values] for path, values in said.items()}
        return {**change, "fields": fields}

    def _heading(self, entity: Entity, path: str) -> str:
        bound = entity.bound
        if path not in bound.origins:  # what is emptied along may have no column here
            for column in bound.rule.columns:
                if column.path == path and column.heading:
                    return column.heading
        return bound.origin(path)[1] or path

    def _note_action(self, entity: Entity, action: Action) -> None:
        """What a row does, told by the entity it is about."""
        where = entity.where
        mends = entity.bound.kind.mode == "update" and action is not Action.DELETE
        if action in _CHANGES and not mends:
            key = entity.key or entity.labels
            self.guard.note(scope_of(entity.kind, key, inside=entity.parent is not None), where)
        known = self.actions.get(where)
        if known is None or (known is Action.UNCHANGED and action is not Action.UNCHANGED):
            self.actions[where] = action if known is None else Action.UPDATE

    def _entity(self, item: Item) -> Entity:
        return self.intake.registry.entities[item.no // 2]


def kind_types(kinds: dict[str, Kind]) -> dict[str, str]:
    """The target's names of the kinds that have one."""
    return {name: kind.type for name, kind in kinds.items() if kind.type}
