"""What pages show of runs: what became of rows, the history, what can be downloaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from importer.model import RunState, Status


class Download(Struct, frozen=True):
    """A file to hand out: where it is, and what it is called."""

    path: Path
    name: str


class RowOutcome(Struct, frozen=True):
    """What became of a row; `name` is that of its object with what it stands in, as in the plan.

    `link` opens the object in the target, where the target has pages.
    """

    file: str
    sheet: str
    row: int
    status: str
    message: str
    name: str
    id: str
    link: str = ""


class OutcomePage(Struct, frozen=True):
    """One page of the outcomes of a run."""

    rows: tuple[RowOutcome, ...]
    page: int
    pages: int
    total: int


class RunView(Struct, frozen=True):
    """A run in the history, whoever began it: `upload` is blank for one of the command line.

    `counts` are rows by outcome. `undoable` says that an undo can begin, `resumable` that it can go
    on, `dropped` that its rows are kept no longer; `undoes`/`undone_by` name the other run.
    """

    run: str
    owner: str
    state: RunState
    target: str
    template: str
    started: str
    finished: str
    files: tuple[str, ...]
    counts: Mapping[str, int]
    why: str = ""
    upload: str = ""
    undoes: str = ""
    undone_by: str = ""
    undoable: bool = False
    resumable: bool = False
    dropped: bool = False

    @property
    def not_imported(self) -> int:
        """The rows that are not in the target as their file has them."""
        return sum(rows for status, rows in self.counts.items() if not Status(status).fine)


class HistoryQuery(Struct, frozen=True):
    """Which runs: of these owners or with these names (None: all), with `words` in file or owner.

    `state` is a RunState's value, `target` a target's name; blank is any. `page` counts from 1.
    """

    owners: frozenset[str] | None = None
    also: frozenset[str] = frozenset()
    words: str = ""
    state: str = ""
    target: str = ""
    page: int = 1


class HistoryPage(Struct, frozen=True):
    """One page of runs, newest first."""

    runs: tuple[RunView, ...]
    page: int
    pages: int
    total: int


class Named(Struct, frozen=True):
    """A template or a target that a person may choose: its name, and words for people."""

    name: str
    title: str
    real: bool = False
    """Whether it is a real system, not the sandbox (targets only)."""
