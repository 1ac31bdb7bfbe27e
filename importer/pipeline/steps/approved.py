"""Held rows that somebody has approved: before they are sent, those that are stale stay held."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from importer.journal import Item, Journal, Outbox, Run
from importer.journal.approvals import approvals
from importer.journal.outbox import BatchResult
from importer.journal.settled import Settled
from importer.model import Action, Status
from importer.order import LiveIndex
from importer.order.containment import still_full
from importer.payload_path import join
from importer.pieces import pieces
from importer.pipeline.steps.findings import still_has
from importer.pipeline.steps.lookup import query_below, query_change
from importer.pipeline.steps.spool import CHUNK
from importer.pipeline.steps.staging import KeptLive
from importer.plan.diff import leaves
from importer.plan.stale import AGAIN, STALE, Staleness, changed_paths
from importer.targets.planned_change import PlannedChange
from importer.targets.protocol import Query, Target
from importer.template import Template, find


class ApprovedRows(Struct):
    """The approved items of a run, by number; `why` says what keeps rows from being sent."""

    run: Run
    journal: Journal
    template: Template
    numbers: list[int]
    why: dict[tuple[int, int], str] = field(default_factory=dict)

    def hold_stale(self, target: Target, outbox: Outbox) -> None:
        """Hold the rows again of which anything is not as they were approved.

        Raises StoppedEarly where the target cannot be asked.
        """
        query, own = self._query(outbox)
        if not query.keys:
            return
        live = LiveIndex(self.template)
        self.journal.drop_live(self.run.name)
        for entity in KeptLive(target, self.run, self.journal, self.journal).fetch(query):
            live.add(entity)
        stale = Staleness(self.template, live.names, live.ids, own, live.attached)
        for items in self._waiting(outbox):
            self._compare(items, stale)
        self._keep_full(outbox, live)
        self._hold(outbox)
        self.journal.drop_live(self.run.name)

    def _waiting(self, outbox: Outbox) -> Iterator[list[tuple[Item, PlannedChange]]]:
        for some in pieces(self.numbers, CHUNK):
            items = (item for item in outbox.items(some) if item.state is Status.PENDING)
            yield [(item, item.change) for item in items if item.change]

    def _query(self, outbox: Outbox) -> tuple[Query, set[str]]:
        """Return what to look up, and the ids of what is approved."""
        query, own, leaving = Query(), set[str](), set[str]()
        for item, change in (pair for some in self._waiting(outbox) for pair in some):
            query_change(query, change)
            query.paths.update(changed_paths(change))
            if change.action is Action.CREATE:
                query.keys[change.type].add(change.key)
            if change.action is Action.DELETE and change.before:
                leaving.add(item.kind)
                query.paths.update(join(path) for path, _ in leaves(change.before.payload))
            own |= {item.id} if item.id else set()
        query_below(query, self.template, leaving)
        return query, own

    def _compare(self, items: list[tuple[Item, PlannedChange]], stale: Staleness) -> None:
        ids = [change.id or item.id or "" for item, change in items]
        live = self.journal.live(self.run.name, ids)
        for (item, change), identity in zip(items, ids, strict=True):
            if words := stale.of(item.kind, change, live.get(identity)):
                self.why.setdefault(item.row_no, words)

    def _keep_full(self, outbox: Outbox, live: LiveIndex) -> None:
        """Keep what holds something that stays, or that somebody has put into it since."""
        rows: dict[str, tuple[int, int]] = {}
        going: set[str] = set()
        for item, change in (pair for some in self._waiting(outbox) for pair in some):
            if item.row_no in self.why or item.id not in live.names:
                continue
            if change.action in (Action.DELETE, Action.MOVE):
                going.add(item.id)
            if change.action is Action.DELETE:
                rows[item.id] = item.row_no
        leaving = sorted(rows, key=lambda one: -len(live.names[one][1]))
        for one, left in still_full(leaving, live.inside_of, going):
            words = still_has(list(map(live.label, left)))
            self.why.setdefault(rows[one], f"{STALE}it {words}.{AGAIN}")

    def _hold(self, outbox: Outbox) -> None:
        for items in self._waiting(outbox):
            held = [
                Settled(item.no, Status.HELD, item.id, self.why[item.row_no])
                for item, _ in items
                if item.row_no in self.why
            ]
            outbox.settle(BatchResult(None, "stale", held))


def approved_rows(run: Run, journal: Journal) -> ApprovedRows | None:
    """Return the approved rows of a run, None where it has none. Raises UsageError."""
    numbers = [no for one in approvals(journal.store, run.name) for no in one.items]
    if not numbers:
        return None
    template = find(run.spec.options.template or run.template)
    return ApprovedRows(run, journal, template, sorted(numbers))
