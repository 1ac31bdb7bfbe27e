"""Files in, what a run of them would do out: everything happens but the sending.

The run is prepared in a journal of its own and sent to a stand-in that takes everything, so that
what a plan says of a row is what the run will say, as long as the target takes what it is sent.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from importer.approval import Kept, kept
from importer.dispatch import send_all
from importer.finding_codes import FindingCode
from importer.journal import Item, Items, Journal, Lease, Run, results
from importer.journal.history import key_of
from importer.journal.serialize import unpack
from importer.mapping.key_text import show
from importer.model import Finding, Place, RowResult, Severity
from importer.preparing import PreparedRun, begin, plan_it
from importer.results import Connect, Intended, NoProgress, Options, PlanResult, Progress
from importer.send.sender import DONE
from importer.targets.protocol import Accepted, Change, Landed, LiveEntity, Query, Reply, Target
from importer.undoing import begin_undo

WILL = {status.value: action.value for action, status in DONE.items()}
"""What becomes of a row -> what is said of it beforehand."""


def plan(
    files: Sequence[Path],
    options: Options,
    *,
    target: str,
    connect: Connect,
    watch: Progress | None = None,
) -> PlanResult:
    """Read, map, check and compare with the target; nothing is sent, and no run is left behind.

    Raises UsageError, or StoppedEarly where the target cannot be asked.
    """
    with _in_a_journal_of_its_own() as hold:
        begun = begin(files, options, target=target, connect=connect, hold=hold)
        return _rehearsed(begun, hold, watch or NoProgress())


def plan_undo(
    name: str, *, target: str, connect: Connect, history: Journal, watch: Progress | None = None
) -> PlanResult:
    """What taking back run `name` of the history would do; nothing is sent.

    Raises UsageError, or StoppedEarly where the target cannot be asked.
    """
    with _in_a_journal_of_its_own() as hold:
        begun = begin_undo(name, target=target, connect=connect, history=history, hold=hold)
        return _rehearsed(begun, hold, watch or NoProgress())


@contextmanager
def _in_a_journal_of_its_own() -> Iterator[Lease]:
    with (
        tempfile.TemporaryDirectory(prefix="importer-plan-") as folder,
        closing(Journal(Path(folder) / "plan.db")) as journal,
        Lease(journal) as hold,
    ):
        yield hold


def _rehearsed(begun: PreparedRun, hold: Lease, watch: Progress) -> PlanResult:
    this, journal = begun.run, hold.journal
    preview = plan_it(begun, journal, watch)
    Items(journal, this.run).release()
    approval = kept(journal, this)
    send_all(this, DryRunTarget(begun.target), hold, NoProgress())
    rows = list(results(journal, journal.run(this.run)))
    return _plan(journal, this, preview.findings, rows, approval)


class DryRunTarget:
    """A target that shows what is there, and takes all changes without carrying out any."""

    def __init__(self, inner: Target) -> None:
        self.inner = inner
        self.system = inner.system
        self.batch_size = inner.batch_size
        self.identity = inner.identity

    def catch_up(self, seconds: float) -> None:
        """See Target."""
        self.inner.catch_up(seconds)

    def fetch(self, wanted: Query) -> Iterator[LiveEntity]:
        """See Target."""
        return self.inner.fetch(wanted)

    def names(self) -> Mapping[str, frozenset[str]]:
        """See Target."""
        return self.inner.names()

    def guard(self, check: Callable[[], None]) -> None:
        """Nothing goes out that could be checked."""

    def submit(self, changes: Sequence[Change]) -> Reply:
        """Take all of it, with ids that nobody has."""
        return Accepted(
            tuple(Landed(c.seq, DONE[c.action], c.id or f"new {c.seq}") for c in changes)
        )

    def find(self, changes: Sequence[Change]) -> dict[int, LiveEntity]:
        """See Target."""
        return self.inner.find(changes)

    def ping(self) -> None:
        """See Target."""
        self.inner.ping()

    def close(self) -> None:
        """See Target."""
        self.inner.close()


def _plan(
    journal: Journal,
    this: Run,
    findings: Sequence[Finding],
    rows: Sequence[RowResult],
    approval: Kept,
) -> PlanResult:
    changes = _changes(journal, this)
    counts: dict[str, int] = {}
    blocked: list[Finding] = []
    intended: list[Intended] = []
    for row in rows:
        action = WILL.get(row.status.value, row.status.value)
        counts[action] = counts.get(action, 0) + 1
        if action in ("invalid", "blocked", "held"):
            blocked += _why_blocked(row)
            continue
        key, fields = changes.get((row.file, row.sheet, row.row), ("", {}))
        intended.append(Intended(row.file, row.sheet, row.row, action, key, fields))
    return PlanResult(this.target, counts, intended, [*findings, *blocked], approval)


def _why_blocked(row: RowResult) -> Iterator[Finding]:
    if row.status.value == "blocked":
        place = Place(row.sheet, row.row, file=row.file)
        yield Finding(FindingCode.BLOCKED, row.message, place, Severity.ERROR)


def _changes(journal: Journal, this: Run) -> dict[tuple[str, str, int], tuple[str, dict[str, Any]]]:
    """File, sheet and row -> the key of what it is about, and old and new value by heading."""
    found: dict[tuple[str, str, int], tuple[str, dict[str, Any]]] = {}
    for item in Items(journal, this.run).changes():
        sheet = this.facts["sheets"][item.sheet]
        _, fields = found.setdefault((sheet["file"], sheet["name"], item.row), (_shown(item), {}))
        for heading, *values in unpack(item.change or b"{}").get("fields", {}).values():
            fields[heading] = values
    return found


def _shown(item: Item) -> str:
    return show(key_of(item))
