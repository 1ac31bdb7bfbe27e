"""A pass of a job: a look at its source and what came of it, as the journal knows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct, field, to_builtins

from importer.journal.serialize import pack, unpack


class PassState(StrEnum):
    """How far a pass has come; the journal stores it."""

    WAITING = "waiting"
    RUNNING = "running"
    ENDED = "ended"


class PassFile(Struct, frozen=True):
    """A file that a pass has fetched: `path` is where it lies here, `run` the one that imports it.

    `mark` is the source's, which is another when the content is; `stored` is its name as the source
    has it, where that is no text.
    """

    name: str
    address: str
    mark: str
    sha256: str
    path: str
    run: str = ""
    stored: str = ""


class PassRun(Struct, frozen=True):
    """A run of a pass: its exit status, how many rows it has read, rows by outcome, its reports.

    `read` is what the JSON of every command says of rows, `code` that of the reason for its status.
    `waiting` are the reports that could not be put where they belong yet.
    """

    run: str
    status: int
    rows: int
    counts: Mapping[str, int]
    read: Mapping[str, int]
    reports: tuple[str, ...] = ()
    why: str = ""
    code: str = ""
    good: bool = False
    waiting: tuple[str, ...] = ()

    @property
    def held(self) -> int:
        """How many rows wait for somebody's approval."""
        return self.counts.get("held", 0)


class PassFacts(Struct, frozen=True):
    """What a pass works on: its files, its runs; `unchanged` files were left alone.

    `code` is that of the reason for its exit status. `late` is how many reports and files of former
    passes it has made up for, `changing` since when files were not whole in any pass.
    """

    files: tuple[PassFile, ...] = ()
    runs: tuple[PassRun, ...] = ()
    unchanged: int = 0
    code: str = ""
    late: int = 0
    changing: Mapping[str, float] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """Return the rows of all runs by outcome."""
        total: Counter[str] = Counter()
        for run in self.runs:
            total.update(run.counts)
        return dict(total)

    @property
    def read(self) -> dict[str, int]:
        """Return what became of the rows that all runs have read."""
        total: Counter[str] = Counter()
        for run in self.runs:
            total.update(run.read)
        return dict(total)

    @property
    def rows(self) -> int:
        """Return how many rows all runs have read."""
        return sum(run.rows for run in self.runs)

    @property
    def held(self) -> int:
        """Return how many rows wait for somebody's approval."""
        return sum(run.held for run in self.runs)

    @property
    def has_read(self) -> bool:
        """Whether any file was read: what stands for one that was not has no run."""
        return any(run.run for run in self.runs)

    @property
    def reports(self) -> list[str]:
        """Return the addresses of all reports."""
        return [report for run in self.runs for report in run.reports]


class JobPass(Struct, frozen=True, kw_only=True):
    """One pass; times are seconds since 1970 by the database's clock.

    `by` is who asked for it, blank for the clock. `held` says that a process works on it. `status`
    is the exit status, `why` says in a sentence what there is to say of it, `good` that its runs
    were finished. `rows` is None where no file was read to its end.
    """

    no: int
    job: str
    target: str
    due: float
    state: PassState
    by: str = ""
    held: bool = False
    tries: int = 0
    started: float | None = None
    ended: float | None = None
    status: int | None = None
    good: bool = False
    run: str = ""
    rows: int | None = None
    why: str = ""
    facts: PassFacts = field(default_factory=PassFacts)

    @property
    def words(self) -> str:
        """Return how it has ended, in a word or two."""
        if self.status is None:
            return "under way" if self.held else "waiting"
        if self.status == 0:
            return "imported" if self.facts.runs else "nothing new"
        return f"ended with {self.status}"


def pack_facts(facts: PassFacts) -> bytes:
    """Return facts as JSON."""
    return pack(to_builtins(facts))


def unpack_facts(content: bytes) -> PassFacts:
    """Return facts from their JSON."""
    raw: dict[str, Any] = unpack(content)
    lists = ("reports", "waiting")
    runs = ({**one, **{key: tuple(one.get(key, ())) for key in lists}} for one in raw["runs"])
    return PassFacts(
        tuple(PassFile(**one) for one in raw["files"]),
        tuple(PassRun(**one) for one in runs),
        raw["unchanged"],
        raw["code"],
        raw.get("late", 0),  # this, and what follows, came later
        raw.get("changing", {}),
    )
