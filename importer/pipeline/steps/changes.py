"""Plan every entity that was read: its key, its level and what it changes in the target."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from importer.finding_codes import FindingCode
from importer.journal import Item
from importer.journal.stage import Stage
from importer.mapping import Entity
from importer.mapping.key_text import show
from importer.model import Action, Finding, Severity, Status
from importer.order import Levels, NearNames
from importer.pipeline.steps.desired import DesiredStates
from importer.pipeline.steps.findings import tally
from importer.pipeline.steps.not_sent import NotSent
from importer.pipeline.steps.resolve import Resolution
from importer.pipeline.steps.row_actions import RowActions
from importer.pipeline.steps.shown_headings import ShownHeadings
from importer.pipeline.steps.spool import MappedEntity, Spool
from importer.plan import Desired, Edges, Guard, Planned, Planner
from importer.plan.guard import scope_of
from importer.suggest import listed
from importer.targets.planned_change import PlannedChange
from importer.targets.protocol import LiveEntity

_GUARDED = frozenset({Action.UPDATE, Action.MOVE, Action.DELETE})
"""What the guard counts: an entity that was only created can be deleted again."""


@dataclass(slots=True)
class ChangePlanner:
    """Plans one run. `actions` collects what every row does, by sheet number and row."""

    stage: Stage
    run: str
    resolution: Resolution
    spool: Spool
    guard: Guard = field(default_factory=Guard)
    actions: RowActions = field(default_factory=RowActions)
    levels: Levels = field(init=False)
    _edges: Edges = field(default_factory=Edges)
    _planner: Planner = field(init=False)
    _desired: DesiredStates = field(init=False)
    _near: NearNames = field(init=False)
    _not_sent: NotSent = field(default_factory=NotSent)
    _headings: dict[tuple[int, str], ShownHeadings] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.levels = Levels(self.resolution.intake.template)
        self._planner = Planner(self._edges, self.resolution.live, self.levels.later_paths())
        self._desired = DesiredStates(self.resolution)
        self._near = NearNames(self.resolution.live.keys_of)

    def plan(self, advance: Callable[[int], None] = lambda _count: None) -> Iterator[Finding]:
        """Plan every item; yields findings that only the comparison with the target makes.

        `advance` is told how many more entities are planned.
        """
        if self._any_waits():
            self._state_relations()
        for mapped in self.spool:
            yield from self._plan_entities(mapped)
            advance(len(mapped))
        yield from self._not_sent.findings()

    def live_of(self, ids: Sequence[str]) -> dict[str, LiveEntity]:
        """Return the live entities with these ids, and those that would be deleted with them."""
        along = chain.from_iterable(map(self.resolution.live.attached, ids))
        return self.stage.live(self.run, [*ids, *along])

    def deletion(
        self, desired: Desired, live: LiveEntity, known: Mapping[str, LiveEntity]
    ) -> PlannedChange:
        """Return the change that deletes a live entity; `known` is what `live_of` returned."""
        change = self._planner.deletion(desired, live)
        change.along = self._along(live, known)
        return change

    def _along(self, live: LiveEntity, known: Mapping[str, LiveEntity]) -> tuple[LiveEntity, ...]:
        return tuple(known[one] for one in self.resolution.live.attached(live.id))

    def _any_waits(self) -> bool:
        """Whether any column names entities of its own kind, which wait for one another."""
        bound = (one for sheet in self.resolution.intake.sheets for one in sheet.entities)
        return any(
            self.levels.later_reference(one.kind.name, reference.rule)
            for one in bound
            for reference in one.references
        )

    def _state_relations(self) -> None:
        """Note every relation that waits for both ends, from both ends, before comparing any."""
        for some in self.spool:
            entities = self._entities(some)
            live = self._live(entities) if self._desired.any_edit(some) else {}
            for entity, mapped in zip(entities, some, strict=True):
                if entity.valid and entity.key is not None:
                    there = live.get(entity.live or "")
                    for rule, named in self._desired.references(mapped, there):
                        if self.levels.later_reference(entity.kind, rule):
                            me = (entity.kind, entity.key)
                            self._edges.state(entity.seq, rule.path, me, named)

    def _plan_entities(self, some: Sequence[MappedEntity]) -> Iterator[Finding]:
        entities = self._entities(some)
        known = self._live(entities)
        items: list[Item] = []
        for entity, mapped in zip(entities, some, strict=True):
            item = _item(entity)
            items.append(item)
            duplicate = self.resolution.resolver.duplicates.get(entity.seq)
            if duplicate is not None:
                self._merge(item, duplicate)
                continue
            finding = self._misfit(entity)
            if finding is not None:
                entity.valid = False
                yield finding
            elif entity.valid:
                if entity.delete and entity.live is None:
                    yield self._nothing_to_delete(entity)
                items += self._plan_item(item, entity, mapped, known)
                if entity.delete and entity.bound.kind.for_good and item.change:
                    yield self._for_good(entity, item.change)
            item.key = item.key or entity.key or entity.labels
            item.state = item.state if entity.valid else Status.INVALID
        self.stage.add_items(items)

    def _live(self, entities: Iterable[Entity]) -> dict[str, LiveEntity]:
        """Return what is live of the entities, and what would be deleted with them, by id."""
        there = [entity for entity in entities if entity.live]
        stays = [entity.live or "" for entity in there if not entity.delete]
        goes = self.live_of([entity.live or "" for entity in there if entity.delete])
        return self.stage.live(self.run, stays) | goes

    def _merge(self, item: Item, other: int) -> None:
        """Let an entity that another sheet states in full share that one's outcome."""
        item.key, item.state = (), Status.MERGED
        self.stage.add_merged([(item.sheet, item.row, other)])

    def _nothing_to_delete(self, entity: Entity) -> Finding:
        """Report that what is to be deleted is not live: misspelt, or deleted earlier."""
        kind, sheet = self.resolution.intake.template.kinds[entity.kind], entity.sheet
        label = entity.labels[-1]
        near = self._near.nearest((entity.kind,), label, (entity.key or ())[:-1])
        hint = f" It has {near}." if near else ""
        words = f"The target has no {kind.word} `{label}`: nothing to delete.{hint}"
        place = sheet.place(entity.row, *entity.bound.origin(kind.key[-1]))
        return Finding(FindingCode.NOTHING_TO_DELETE, words, place, Severity.INFO, label)

    def _for_good(self, entity: Entity, change: PlannedChange) -> Finding:
        """Say that what is deleted cannot be restored, and which members lose it."""
        kind, sheet, label = entity.bound.kind, entity.sheet, entity.labels[-1]
        kinds = self.resolution.intake.template
        words = f"The {kind.word} `{label}` is deleted for good, not archived."
        if lost := change.fields.get(kind.members):
            words += f" These lose it: {listed(lost.old)}."
        if along := [kinds.kind_of(one.type) for one in change.along or ()]:
            words += f" With it go {tally(one.word for one in along if one)}."
        place = sheet.place(entity.row, *entity.bound.origin(kind.key[-1]))
        words += " An undo makes a new one in its place."
        return Finding(FindingCode.DELETED_FOR_GOOD, words, place, Severity.INFO, label)

    def _misfit(self, entity: Entity) -> Finding | None:
        """Report an id that the target does not have, or an entity that must be live and is not."""
        kind = self.resolution.intake.template.kinds[entity.kind]
        if entity.live is not None or not entity.valid or entity.delete:
            return None
        by_id = entity.id is not None and not entity.hint
        if by_id:
            unknown = f"The target has no {kind.word} with the id `{entity.id}`"
            words = f"{unknown}: correct it, or leave it blank."
        elif kind.mode == "update":
            words = (
                f"The target has no {kind.word} `{show(entity.labels)}`; only known ones change."
            )
        else:
            return None
        bound, sheet = entity.bound, entity.sheet
        column, heading = bound.origin(kind.key[-1])
        if by_id:
            column, heading = bound.id_columns[0] + 1, sheet.heading(bound.id_columns[0])
        place, value = sheet.place(entity.row, column, heading), entity.id or entity.labels[-1]
        return Finding(FindingCode.NOT_IN_TARGET, words, place, value=value)

    def _plan_item(
        self,
        item: Item,
        entity: Entity,
        mapped: MappedEntity,
        known: Mapping[str, LiveEntity],
    ) -> list[Item]:
        """Plan one entity; returns the item of its relations where it has one."""
        live = known.get(entity.live or "")
        desired = self._desired.of(entity, mapped, live)
        planned = self._planner.plan(desired, live)
        self._note_action(entity, planned.action)
        self._not_sent.note(entity, planned.unsent)
        item.key, item.action, item.level = desired.key, planned.action, self._level(entity)
        item.id = planned.id or (live.id if live and not live.archived else None)
        self._headings_of(entity).show(planned)
        if planned.change is None:
            item.state = Status.UNCHANGED
        else:
            item.change = planned.change
            if entity.delete and live is not None:
                item.change.along = self._along(live, known)
        return self._relations_item(item, entity, planned)

    def _relations_item(self, item: Item, entity: Entity, planned: Planned) -> list[Item]:
        if planned.later is None:
            return []
        return [relations_item(item, planned.later, self.levels.later(entity.kind))]

    def _level(self, entity: Entity) -> int:
        of = self.levels.delete if entity.delete else self.levels.of
        return of(entity.kind, entity.depth)

    def _headings_of(self, entity: Entity) -> ShownHeadings:
        """Return the headings that what a plan shows of an entity comes from."""
        headings = self._headings.get((entity.sheet.no, entity.kind))
        if headings is None:
            headings = ShownHeadings(self.resolution.intake.template, entity.bound)
            self._headings[entity.sheet.no, entity.kind] = headings
        return headings

    def _note_action(self, entity: Entity, action: Action) -> None:
        """Note what a row does: what the entity does that it is about."""
        where = entity.where
        enriches = entity.bound.kind.mode == "update" and action is not Action.DELETE
        if action in _GUARDED and not enriches:
            key = entity.key or entity.labels
            self.guard.note(scope_of(entity.kind, key, inside=entity.parent is not None), where)
        known = self.actions.get(where)
        if known is None or (known is Action.UNCHANGED and action is not Action.UNCHANGED):
            self.actions[where] = action if known is None else Action.UPDATE

    def _entities(self, some: Iterable[MappedEntity]) -> list[Entity]:
        """Return the entities that were mapped, in their order."""
        return list(self.resolution.intake.registry.entities.some(one.no for one in some))


def _item(entity: Entity) -> Item:
    sheet, row = entity.where
    return Item(entity=entity.seq, sheet=sheet, row=row, kind=entity.kind)


def relations_item(item: Item, change: PlannedChange, level: int) -> Item:
    """Return the item of an entity's relations among its own kind."""
    return Item(
        entity=item.entity,
        is_relations=True,
        sheet=item.sheet,
        row=item.row,
        kind=item.kind,
        key=item.key,
        level=level,
        action=Action.UPDATE,
        id=item.id,
        change=change,
    )
