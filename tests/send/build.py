"""A run whose plan stands in a real journal, and a target that answers as a test says."""

from contextlib import closing, contextmanager
from itertools import count

from msgspec.structs import replace

from importer.journal import Item, Lease, Outbox, RunPlan, RunSpec, RunTarget, results
from importer.journal.settled import Settled, write_settled
from importer.journal.stage import Stage
from importer.model import Action, SheetLayout, Status
from importer.options import Options
from importer.pipeline.progress import NoProgress
from importer.plan import unmet
from importer.send import ChangeBuilder, Pace, Sender
from importer.targets.planned_change import PlannedChange, Pointer
from importer.targets.protocol import OUTCOME_OF, Accepted, Landed

SHEETS = RunPlan((SheetLayout("Leaves", 1, 2, 99, 3, "f.xlsx"), SheetLayout("Roots", 1, 2, 9, 3)))
TYPES = {"leaf": "Leaf", "root": "Root"}


def pointer(name, kind="leaf", id_=None):
    return Pointer(kind, (name,), id_)


def item(entity, name=None, *, needs=(), state=Status.PENDING, **more):
    """A leaf to create, on row `entity + 2`, that refers to other leaves."""
    name = name or f"n{entity}"
    change = PlannedChange(
        type="Leaf",
        action=Action.CREATE,
        key=(name,),
        payload={"name": name},
        relations={"up": [pointer(one) for one in needs]} if needs else {},
    )
    values = {"sheet": 0, "row": entity + 2, "kind": "leaf", "level": 0, "change": change, **more}
    return Item(entity=entity, key=(name,), action=Action.CREATE, state=state, **values)


class Scripted:
    """A target that answers each batch by what `answer` returns; it notes what was submitted.

    `answer` gets the changes and returns a reply; None accepts them all. `live` is what `find`
    returns, by the number of the change.
    """

    system, batch_size, identity = "scripted", 4, "scripted https://example.com"

    def __init__(self, answer=lambda _changes: None, live=None):
        self.answer = answer
        self.live = live or {}
        self.batches = []
        self.found = []
        self.read = []
        self._ids = count(1)

    def guard(self, check):
        self.check = check

    def submit(self, changes):
        self.check()
        self.batches.append([change.key[-1] for change in changes])
        return self.answer(changes) or self.accept(changes)

    def accept(self, changes):
        landed = (
            Landed(one.seq, OUTCOME_OF[one.action], one.id or f"id{next(self._ids)}")
            for one in changes
        )
        return Accepted(tuple(landed))

    def read_back(self, changes):
        self.read.append([change.key[-1] for change in changes])
        return {seq: live for seq, live in self.live.items() if seq in {c.seq for c in changes}}

    def find(self, changes):
        self.found.append([change.key[-1] for change in changes])
        return {seq: live for seq, live in self.live.items() if seq in {c.seq for c in changes}}


def begin(journal, items, *, rows=(), merged=(), invalid=(), held=(), kept=()):
    """A run whose plan has these items, and further rows; `merged` are sheet, row and entity.

    All rows but the `invalid` are valid. `held` maps rows, and `kept` entities, to what holds them.
    What has a change and is not pending is settled already.
    """
    to = RunTarget(target="t", identity=Scripted.identity, system="s", template="x")
    run = journal.begin(to, RunSpec("T", [], Options(), {}, TYPES))
    run.plan = SHEETS
    journal.save(run)
    with closing(Stage()) as stage:
        stage.add_rows(sorted({*rows, *(one.row_no for one in items)}))
        stage.invalidate_rows(invalid)
        stage.add_items([_as_planned(one) for one in items])
        stage.add_merged(merged)
        for row, why in dict(held).items():
            stage.hold([row], why)
        stage.keep_back(dict(kept))
        stage.hand_over(journal, run.name)
    with journal.store.writing() as connection:
        write_settled(connection, run.name, [_outcome(one) for one in items if _is_settled(one)])
    return run


def _is_settled(item):
    return item.change is not None and item.state is not Status.PENDING


def _as_planned(item):
    return replace(item, state=Status.PENDING, message="") if _is_settled(item) else item


def _outcome(item):
    guard = item.state is Status.HELD
    return Settled(item.no, item.state, item.id, item.message, guard)


@contextmanager
def sender(journal, run, target, **pace):
    """What sends a run, one batch at a time, without waiting."""
    pace = {"batch_size": 4, "jobs": 1, "landing": 0.0, "sleep": lambda _seconds: None, **pace}
    with Lease(journal) as lease:
        lease.take(run)
        outbox = Outbox(lease)
        builder = ChangeBuilder(outbox, TYPES, [sheet.name for sheet in run.sheets])
        yield Sender(outbox, target, builder, unmet, Pace(**pace), NoProgress())


def send(journal, items, target, **pace):
    """Send these items; row -> (outcome, message)."""
    run = begin(journal, items)
    with sender(journal, run, target, **pace) as sending:
        sending.send()
    return outcomes(journal, run)


def outcomes(journal, run):
    return {row.row: (row.status.value, row.message) for row in results(journal, run)}
