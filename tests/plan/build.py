"""Builders of sheets, of the live state of a target, and of its state after a plan is applied."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from importer.mapping import Entity
from importer.model import Action, Payload
from importer.order import Levels, LiveIndex, Resolver
from importer.payload_path import split
from importer.plan import Desired, Edges, Planned, Planner
from importer.plan.undo.history import AppliedChange, RunHistory
from importer.plan.undo.inverse import Inverse, inverse_of
from importer.targets.planned_change import FieldDiff, PlannedChange, Pointer
from importer.targets.protocol import LiveEntity, Ref
from importer.template import Reference, Template
from tests.mapping.build import Entities, Rows, taken

World = dict[str, LiveEntity]
"""Live state by id."""


@dataclass
class Plan:
    """Desired state and planned change of every entity, in the order of the rows."""

    template: Template
    stated: list[Desired]
    planned: list[Planned]
    rows: list[tuple[str, int]]

    def of(self, row: int, kind: str = "leaf") -> Planned:
        return self.planned[self.rows.index((kind, row))]

    @property
    def actions(self) -> list[Action]:
        return [planned.action for planned in self.planned]


def plan(made: Template, sheets: Sequence[Rows], live: Sequence[LiveEntity] = ()) -> Plan:
    """Read, resolve and plan sheets whose rows are all valid."""
    intake = taken(made, *sheets, sink=(sink := Entities()))
    directory = LiveIndex(made)
    for one in live:
        directory.add(one)
    resolver = Resolver(made, intake.registry, directory, intake.sheets, looked_up=True)
    wrong = [*intake.findings, *resolver.resolve()]
    assert not wrong, [finding.message for finding in wrong]
    pairs = list(zip(intake.registry.entities, sink.kept, strict=True))
    stated = [_stated(made, resolver, record, entity) for record, entity in pairs]
    planner = _planner(made, directory, stated)
    by_id = {one.id: one for one in live}
    found = [by_id.get(record.live or "") for record, _ in pairs]
    planned = [planner.plan(one, there) for one, there in zip(stated, found, strict=True)]
    return Plan(made, stated, planned, [(record.kind, record.row) for record, _ in pairs])


def _stated(made: Template, resolver: Resolver, record: Entity, entity: Entity) -> Desired:
    kind = made.kinds[record.kind]
    references = [
        (reference.rule, [resolver.meaning[text] for text in texts])
        for reference, texts in entity.references
    ]
    columns = entity.bound.rule.columns
    return Desired(
        record.seq,
        kind,
        kind.type or "",
        record.key or (),
        entity.payload,
        entity.clears,
        references,
        record.delete,
        frozenset(c.path for c in columns if c.path and c.type == "json"),
    )


def _planner(made: Template, directory: LiveIndex, stated: Sequence[Desired]) -> Planner:
    levels, edges = Levels(made), Edges()
    later = frozenset(
        (one.kind.name, rule.path)
        for one in stated
        for rule, _ in one.references
        if levels.later_reference(one.kind.name, rule)
    )
    for one in stated:
        for rule, named in one.references:
            if (one.kind.name, rule.path) in later:
                edges.state(one.seq, rule.path, (one.kind.name, one.key), named)
    return Planner(edges, directory, later)


def carried_out(plan_: Plan, live: Sequence[LiveEntity]) -> list[LiveEntity]:
    """Return live state after a plan: fields set and cleared, relations seen from both ends."""
    world = {one.id: replace(one, relations=dict(one.relations)) for one in live}
    ids = {(one.type, one.key): one.id for one in live}
    for stated, planned in zip(plan_.stated, plan_.planned, strict=True):
        _write(world, ids, stated, planned)
    for stated, planned in zip(plan_.stated, plan_.planned, strict=True):
        me = planned.id or ids.get((stated.type, stated.key), "")
        for change in filter(None, (planned.change, planned.later)):
            _relate(plan_.template, world, ids, stated.kind.name, me, change)
    return [replace(one, key=_key(world, one)) for one in world.values()]


def reversed_(plan_: Plan, before: Sequence[LiveEntity], after: Sequence[LiveEntity]) -> Plan:
    """Return the inverse of a plan that turned `before` into `after`."""
    made, directory = plan_.template, LiveIndex(plan_.template)
    for one in after:
        directory.add(one)
    there, was = ({one.id: one for one in world} for world in (after, before))
    past = RunHistory(made, directory.names, directory.ids, Levels(made).later_paths())
    ids = [
        planned.id or directory.ids.get((stated.kind.name, stated.key), "")
        for stated, planned in zip(plan_.stated, plan_.planned, strict=True)
    ]
    for stated, planned, one in zip(plan_.stated, plan_.planned, ids, strict=True):
        past.made[stated.kind.name, stated.key] = one
        if planned.action is Action.DELETE:
            past.restored[one] = stated.kind.name, stated.key
    back = []
    for stated, planned, one in zip(plan_.stated, plan_.planned, ids, strict=True):
        change, later = (_as_kept(change, planned) for change in (planned.change, planned.later))
        done = AppliedChange(stated.kind.name, change, later, was.get(one))
        turned = inverse_of(done, there.get(one), past) if change or later else Inverse()
        assert not turned.kept, turned.kept
        back.append(Planned(turned.action, turned.change, turned.later, id=one))
    return Plan(made, plan_.stated, back, plan_.rows)


def _as_kept(change: PlannedChange | None, planned: Planned) -> PlannedChange | None:
    """Return a change with its fields, as the journal has it."""
    fields = {path: FieldDiff(path, *values) for path, values in planned.fields.items()}
    return replace(change, fields=fields) if change else None


def _write(world: World, ids: dict, stated: Desired, planned: Planned) -> None:
    change = planned.change
    if change is None:
        return
    if planned.action is Action.DELETE:
        world[change.id] = replace(world[change.id], archived=True)
        return
    me = change.id or f"new-{len(world)}"
    ids[stated.type, stated.key] = me
    before = world.get(me)
    payload = copy.deepcopy(before.payload) if before and not before.archived else {}
    _lay(payload, change.payload, stated.whole)
    for path in change.clears:
        _drop(payload, split(path))
    payload.pop("secret", None)
    codes = (payload["code"],) if "code" in payload else ()
    relations = before.relations if before and not before.archived else {}
    world[me] = LiveEntity(stated.type, stated.key, me, payload, dict(relations), codes)


def _lay(below: Payload, above: Payload, whole: frozenset[str], prefix: str = "") -> None:
    for name, value in above.items():
        inner = isinstance(value, dict) and f"{prefix}{name}" not in whole
        if inner and isinstance(below.get(name), dict):
            _lay(below[name], value, whole, f"{prefix}{name}.")
        else:
            below[name] = copy.deepcopy(value)


def _drop(payload: Payload, path: tuple[str, ...]) -> None:
    for step in path[:-1]:
        payload = payload.get(step, {})
    payload.pop(path[-1], None)


def _relate(
    made: Template, world: World, ids: dict, kind: str, me: str, change: PlannedChange
) -> None:
    rules = {
        rule.path: rule
        for sheet in made.sheets
        for entity in sheet.entities
        if entity.kind == kind
        for rule in entity.references
    }
    for path in change.clears:
        if path in rules:
            world[me].relations.pop(path, None)
    for path, pointers in change.relations.items():
        world[me].relations[path] = tuple(_refs(world, ids, made, pointers))
    for path, pointers in change.append.items():
        for ref in _refs(world, ids, made, pointers):
            _join(world, rules[path], Ref(world[me].type, me), ref)
    for path, pointers in change.remove.items():
        for ref in _refs(world, ids, made, pointers):
            _part(world, rules[path], Ref(world[me].type, me), ref)


def _refs(world: World, ids: dict, made: Template, pointers: Sequence[Pointer]) -> list[Ref]:
    found = []
    for pointer in pointers:
        type_name = pointer.type or made.kinds[pointer.kind].type or ""
        found.append(Ref(type_name, pointer.id or ids[type_name, pointer.key]))
    assert all(ref.id in world for ref in found)
    return found


def _join(world: World, rule: Reference, one: Ref, other: Ref) -> None:
    for path, here, there in ((rule.path, one, other), (rule.inverse, other, one)):
        refs = world[here.id].relations.get(path, ())
        assert there not in refs or (rule.path == rule.inverse and one == other), "sent twice"
        world[here.id].relations[path] = (*(ref for ref in refs if ref != there), there)


def _part(world: World, rule: Reference, one: Ref, other: Ref) -> None:
    for path, here, there in ((rule.path, one, other), (rule.inverse, other, one)):
        refs = world[here.id].relations.get(path, ())
        assert there in refs or one == other, "removed twice"
        world[here.id].relations[path] = tuple(ref for ref in refs if ref != there)


def _key(world: World, one: LiveEntity) -> tuple[str, ...]:
    """Return the key, with the current names of its parents."""
    for path in ("up", "root"):
        above = one.relations.get(path, ())
        if above:
            return (*_key(world, world[above[0].id]), one.key[-1])
    return (one.key[-1],)
