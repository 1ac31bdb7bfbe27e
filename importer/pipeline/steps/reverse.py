"""Plan the inverse of a run: what it did is reverted, what has drifted since is kept.

The rows are those of the run that is undone, so that the report stands in the same file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain

from msgspec.structs import replace

from importer.errors import UsageError
from importer.finding_codes import FindingCode
from importer.journal import Item, Items, Journal, Run
from importer.journal.history import merged_rows_of, new_ids, rows_of
from importer.journal.retention import summary_of
from importer.journal.serialize import with_ids
from importer.journal.stage import Stage
from importer.model import CHANGED, Action, Finding, Place, Severity, Status
from importer.order import Levels, LiveIndex
from importer.order.containment import still_full
from importer.pieces import pieces
from importer.pipeline.progress import Progress
from importer.pipeline.results import Preview
from importer.pipeline.steps.changes import relations_item
from importer.pipeline.steps.findings import still_has, tally
from importer.pipeline.steps.lookup import query_below, query_change
from importer.pipeline.steps.prepare import keep_plan
from importer.pipeline.steps.spool import CHUNK
from importer.pipeline.steps.staging import KeptLive
from importer.plan.relations import Named
from importer.plan.undo.history import AppliedChange, RunHistory
from importer.plan.undo.inverse import Inverse, inverse_along, inverse_of
from importer.row_ranges import and_more, in_words
from importer.suggest import listed
from importer.targets.planned_change import PlannedChange
from importer.targets.protocol import LiveEntity, Query, Target
from importer.template import Template

ROWS_AT_ONCE = 10_000
"""How many rows are copied in one transaction."""

MADE_BY_OTHERS = "Not reverted: it was live before the run, and its before-image is not known."
NEVER_FOUND = "Not reverted: it is not known whether it was created. Look for it in the target."


@dataclass(slots=True)
class UndoPlanner:
    """Plans the inverse of `undone`, a run of the journal `history`, as a run of `journal`."""

    history: Journal
    undone: Run
    journal: Journal
    run: Run
    template: Template
    target: Target
    _stage: Stage = field(init=False)
    _levels: Levels = field(init=False)
    _known: RunHistory = field(init=False)
    _live: LiveIndex = field(init=False)
    _new_ids: dict[str, str] = field(init=False)
    _next: int = 0
    _deletes: dict[str, int] = field(default_factory=dict)
    _leaving: set[str] = field(default_factory=set)
    _kept: dict[int, str] = field(default_factory=dict)
    _anew: dict[tuple[int, int], str] = field(default_factory=dict)
    _again: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    _actions: dict[int, tuple[tuple[int, int], Action]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._levels = Levels(self.template)
        self._new_ids = new_ids(self.history, self.undone.identity)

    def plan(self, progress: Progress) -> Preview:
        """Look up what the run changed, and plan its inverse; see RunPlanner."""
        refuse_dropped(self.history, self.undone)
        with closing(Stage()) as self._stage:
            preview = self._planned(progress)
            self._stage.hand_over(self.journal, self.run.name)
        if self.undone.plan:
            keep_plan(self.run, self.undone.plan, self.journal)
        return preview

    def _planned(self, progress: Progress) -> Preview:
        progress.stage("Looking up", None)
        query, made, restored = self._query()
        live = self._live = LiveIndex(self.template)
        for entity in KeptLive(self.target, self.run, self._stage, self.history).fetch(query):
            live.add(entity)
        later = self._levels.later_paths()
        self._known = RunHistory(self.template, live.names, live.ids, later, made, restored)
        progress.stage("Planning", None)
        self._copy_rows()
        for some in pieces(self._entities(), CHUNK):
            self._plan_some(some)
        self._keep_full()
        self._stage.keep_back(self._kept)
        return self._preview()

    def _entities(self) -> Iterator[tuple[Item, Item | None]]:
        """Yield each entity of the run, with its relations, under today's ids."""
        for item, later in Items(self.history, self.undone.name).entities():
            yield self._today(item), self._today(later) if later else None

    def _today(self, item: Item) -> Item:
        """Replace the ids of what an undo has created again under new ids."""
        if not self._new_ids:
            return item
        change = with_ids(item.change, self._new_ids) if item.change else None
        return replace(item, id=self._new_ids.get(item.id or "", item.id), change=change)

    def _query(self) -> tuple[Query, dict[Named, str], dict[str, Named]]:
        """Return what to look up, the ids of the run's entities, and what it deleted, by id."""
        query = Query()
        made: dict[Named, str] = {}
        restored: dict[str, Named] = {}
        for item, later in self._entities():
            self._next = max(self._next, item.entity + 1)
            named = item.kind, item.key
            if item.id:
                made[named] = item.id
                query.ids.add(item.id)
            for change in (_applied(one) for one in (item, later) if one):
                if change:
                    query_change(query, change)
                if change and change.action is Action.DELETE and item.id:
                    restored[item.id] = named
        query_below(query, self.template, self.template.kinds)
        return query, made, restored

    def _copy_rows(self) -> None:
        """Answer for the rows of the run that is undone."""
        for rows in pieces(rows_of(self.history, self.undone.name), ROWS_AT_ONCE):
            self._stage.add_rows(rows)
        for merged in pieces(merged_rows_of(self.history, self.undone.name), ROWS_AT_ONCE):
            self._stage.add_merged(merged)

    def _plan_some(self, entities: Sequence[tuple[Item, Item | None]]) -> None:
        ids = [item.id for item, _ in entities if item.id]
        changes = [_applied(item) for item, _ in entities]
        along = [one.id for change in changes if change for one in change.along or ()]
        along += chain.from_iterable(map(self._live.attached, ids))
        live = self._stage.live(self.run.name, [*ids, *along])
        items: list[Item] = []
        for (item, later), change in zip(entities, changes, strict=True):
            items += self._revert(item, change, _applied(later) if later else None, live)
            items += self._restore_along(item, change, live)
        self._stage.add_items(items)

    def _revert(
        self,
        item: Item,
        change: PlannedChange | None,
        later: PlannedChange | None,
        live: Mapping[str, LiveEntity],
    ) -> Iterator[Item]:
        """Plan the inverse of what was done to one entity, even where nothing is to be done."""
        if not (change or later):
            return
        there = live.get(item.id or "")
        before = change.before if change else None
        inverse = self._irreversible(item, change, there) or inverse_of(
            AppliedChange(item.kind, change, later, before), there, self._known
        )
        yield from self._items(item, inverse, live)

    def _irreversible(
        self, item: Item, change: PlannedChange | None, live: LiveEntity | None
    ) -> Inverse | None:
        """Keep what may not be ours: nobody knows if it was created, or what it was before.

        What somebody has made something else of is not ours any more.
        """
        if change and live and live.type != change.type:
            return Inverse(kept=f"Not reverted: its type is {live.type} now, not {change.type}.")
        if not change or change.action is not Action.CREATE:
            return None
        if not item.id:
            return Inverse(kept=NEVER_FOUND)
        updated = item.state is Status.UPDATED and not change.before
        return Inverse(kept=MADE_BY_OTHERS) if updated else None

    def _items(
        self, item: Item, inverse: Inverse, known: Mapping[str, LiveEntity]
    ) -> Iterator[Item]:
        """Yield the item of an inverse, and that of its relations; `known` is what is live."""
        live = known.get(item.id or "")
        level = item.level or 0
        if (change := inverse.change) and inverse.action is Action.DELETE and live:
            along = (known[one] for one in self._live.attached(live.id))
            inverse = replace(inverse, change=replace(change, along=tuple(along)))
        turned = inverse.action in (Action.CREATE, Action.DELETE)
        main = Item(
            entity=item.entity,
            sheet=item.sheet,
            row=item.row,
            kind=item.kind,
            key=item.key,
            level=self._levels.opposite(level) if turned else level,
            state=Status.PENDING if inverse.change else Status.UNCHANGED,
            action=inverse.action,
            id=live.id if live else None,
            change=inverse.change,
        )
        self._note(main, inverse)
        yield main
        if inverse.later:
            yield relations_item(main, inverse.later, self._levels.later(item.kind))

    def _note(self, main: Item, inverse: Inverse) -> None:
        if inverse.kept:
            self._kept[main.entity] = inverse.kept
        self._actions[main.entity] = main.row_no, inverse.action
        if inverse.change and inverse.change.restores and not inverse.change.before:
            self._again.setdefault((main.sheet, main.kind), []).append(main.row)
        if self.template.kinds[main.kind].for_good and inverse.change and inverse.change.restores:
            self._anew[main.row_no] = self._made_anew(main, inverse.change)
        if inverse.action is Action.DELETE and main.id:
            self._deletes[main.id] = main.entity
        if inverse.action in (Action.DELETE, Action.MOVE) and main.id:
            self._leaving.add(main.id)

    def _made_anew(self, main: Item, change: PlannedChange) -> str:
        """Return what is said of what the run deleted for good."""
        kind = self.template.kinds[main.kind]
        words = f"The {kind.word} `{main.key[-1]}` was deleted for good: a new one takes its place"
        members = self._known.shown(one.id or "" for one in change.relations.get(kind.members, ()))
        return f"{words}, with {listed(members)} in it." if members else f"{words}."

    def _restore_along(
        self, item: Item, change: PlannedChange | None, live: Mapping[str, LiveEntity]
    ) -> Iterator[Item]:
        """Bring back what was deleted along with an entity, into the new one where it is new."""
        if change is None or item.entity in self._kept:
            return
        back: list[str] = []
        for before in change.along or ():
            there, kind = live.get(before.id), self.template.kind_of(before.type)
            is_there = item.id in self._known.names and not (there and there.archived)
            if kind is None or before.id in self._known.restored or is_there:
                continue
            gone = replace(change, type=before.type, fields={})
            applied = AppliedChange(kind.name, gone, None, before)
            inverse = inverse_along(applied, there, self._known)
            if inverse.change or inverse.kept:
                back.append(kind.word)
                yield from self._items(self._own(item, kind.name, before, inverse), inverse, live)
        if item.row_no in self._anew and back:
            self._anew[item.row_no] += f" It gets back {tally(back)}."

    def _own(self, item: Item, kind: str, before: LiveEntity, inverse: Inverse) -> Item:
        """Return the item of what was deleted along with an entity."""
        self._next += 1
        level = self._levels.of(kind)
        return Item(
            entity=self._next - 1,
            sheet=item.sheet,
            row=item.row,
            kind=kind,
            key=before.key,
            level=level if inverse.action is Action.UPDATE else self._levels.opposite(level),
            id=before.id,
        )

    def _keep_full(self) -> None:
        """Keep what still holds something that stays."""
        live = self._live
        leaving = sorted(self._deletes, key=lambda one: -len(live.names[one][1]))
        for one, left in still_full(leaving, self._inside, self._leaving):
            labels = list(map(live.label, left))
            self._kept[self._deletes[one]] = f"Not reverted: it {still_has(labels)}."

    def _inside(self, one: str) -> Iterator[str]:
        """Yield what stands in an entity, with what others have attached to it if that is lost."""
        live = self._live
        yield from live.inside_of(one)
        if self.template.kinds[live.names[one][0]].for_good:
            along = (child for child in live.children(one) if live.goes_along(child))
            yield from (child for child in along if child not in self._known.run)

    def _preview(self) -> Preview:
        """Count rows by what happens to them: the first that its entities do."""
        actions: dict[tuple[int, int], str] = {}
        held: dict[tuple[int, int], str] = {}
        for entity, (row, action) in self._actions.items():
            if entity in self._kept:
                held.setdefault(row, self._kept[entity])
            elif actions.get(row, Action.UNCHANGED) == Action.UNCHANGED:
                actions[row] = action.value
        counts = Counter((actions | dict.fromkeys(held, Status.HELD.value)).values())
        findings = [self._finding(row, why) for row, why in held.items()]
        told = [self._finding(row, why, told=True) for row, why in self._anew.items()]
        told += self._not_restored()
        self.journal.add_findings(self.run.name, told)
        return Preview(self.run.target, dict(counts), [*findings, *told])

    def _not_restored(self) -> Iterator[Finding]:
        """Yield a finding on the fields that nobody knows of what is made again."""
        for (sheet, kind), rows in self._again.items():
            fields = self.template.kinds[kind].fields
            lost = [
                heading
                for heading, path in self._known.headings.of_kind(kind)
                if fields[path].unreadable
            ]
            if lost:
                words = (
                    f"What {in_words(rows)} deleted is made again without "
                    f"{and_more(lost)}: the target never shows it."
                )
                place = self.undone.sheets[sheet]
                where = Place(place.name, rows[0], file=place.file)
                yield Finding(FindingCode.NOT_RESTORED, words, where, Severity.INFO)

    def _finding(self, row: tuple[int, int], why: str, *, told: bool = False) -> Finding:
        sheet = self.undone.sheets[row[0]]
        place = Place(sheet.name, row[1], file=sheet.file)
        if told:
            return Finding(FindingCode.DELETED_FOR_GOOD, why, place, Severity.INFO)
        return Finding(FindingCode.HELD, why, place, Severity.WARNING)


def refuse_dropped(history: Journal, undone: Run) -> None:
    """Refuse to undo a run of which nobody knows any more what was before it. Raises UsageError."""
    if summary_of(history.store, undone.name) is not None:
        raise UsageError(
            f"Run {undone.name} cannot be undone: its before-images are gone. They are kept as "
            "long as `journal_keep` and `journal_runs` of the settings say."
        )


def _applied(item: Item) -> PlannedChange | None:
    """Return what an item did, or may have done; None where it did nothing."""
    did = item.state in CHANGED or item.state is Status.UNKNOWN
    return item.change if did else None
