"""What pages and the HTTP API show of an upload: causes, rows, fixes, questions, plan, progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from importer.model import RunState, Severity
from importer.pipeline.results import Rows

PAGE = 100
"""So many rows are on one page."""


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell of an upload; `row` and `column` count from 1, as the spreadsheet shows them."""

    file: str
    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Cause:
    """A mistake, however often it was made.

    `number` names it as long as `version` of the upload is checked. `rows` says how many rows have
    it, nothing where it is about a sheet; `where` which. `suggestions` pairs each value with what
    is suggested for it; `fixable` counts the cells that taking them all would change.
    """

    number: int
    severity: Severity
    code: str
    message: str
    rows: int
    where: str
    sheets: tuple[str, ...]
    suggestions: Mapping[str, str] = field(default_factory=dict)
    fixable: int = 0


@dataclass(frozen=True, slots=True)
class CellFinding:
    """What is wrong with a cell, or (without a `cell`) with its row.

    `value` is what is wrong: the text of the cell, or an item of its list.
    """

    severity: Severity
    code: str
    message: str
    column: int
    cell: str
    cause: int
    suggestion: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as a page shows it: `text` with the fixes in it, `fixed` the number of its fix.

    `editable` is False for a formula, which `fix` overwrites only where it is told to.
    """

    column: int
    name: str
    text: str
    fixed: int = 0
    formula: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row that has findings; `findings` are those of its cells, then those of the row."""

    file: str
    sheet: str
    row: int
    cells: tuple[ShownCell, ...]
    findings: tuple[CellFinding, ...]


@dataclass(frozen=True, slots=True)
class SheetTab:
    """A sheet that has findings: its headings (letters where blank) and how many rows have some."""

    number: int
    file: str
    name: str
    kind: str
    headings: tuple[str, ...]
    rows: int
    errors: int


@dataclass(frozen=True, slots=True)
class RowsPage:
    """One page of the rows of a sheet that have findings; `page` counts from 1."""

    sheet: SheetTab
    rows: tuple[ShownRow, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Fix:
    """A cell that somebody has changed: `number` names it; fixes of one click share a `bunch`.

    `undone_by` is blank while it counts.
    """

    number: int
    bunch: int
    place: CellPlace
    old: str
    new: str
    by: str
    when: str
    undone_by: str = ""
    undone: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What a template asks, or what a sheet may be; `choices` are all answers, where there are few.

    A choice is what `answer` takes, with words for people.
    """

    name: str
    question: str
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """The field proposed for a column, nothing where it is left out, and the other choices.

    `sure` is between 0 and 1. `samples` are up to three values as they stand in the file.
    """

    column: str
    heading: str
    field: str
    sure: float
    reason: str
    samples: tuple[str, ...]
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetMatch:
    """What a sheet is proposed to be; `kind` is nothing where it is not for import.

    `kinds` are what it may be, `fields` all fields a column may fill with what is said of each,
    `left_out` the rows that are no data (number, why).
    """

    file: str
    sheet: str
    header_row: int
    kind: str
    sure: float
    reasons: tuple[str, ...]
    kinds: tuple[str, ...]
    columns: tuple[ColumnMatch, ...]
    fields: Mapping[str, str]
    left_out: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The column matching of an upload: what is proposed around what a person has chosen.

    `questions` are asked besides, `answers` those given. `name` is a free one to keep it by; `why`
    says why it cannot be accepted as it is. `kind_words` are the words of people for each kind.
    """

    sheets: tuple[SheetMatch, ...]
    questions: tuple[Question, ...]
    name: str
    why: str = ""
    kind_words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """What a person says of a sheet: None for what is left to the proposal.

    `kind` "" leaves the sheet out; `fields` are by the letters of columns, "" leaves one out.
    """

    file: str
    sheet: str
    header_row: int | None = None
    kind: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that an import would change: as text, nothing where there is none."""

    heading: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What an import would do for one row; `row` is 0 for what no row of the files names.

    `held` says that the guard keeps it until an admin releases it.
    """

    file: str
    sheet: str
    row: int
    action: str
    key: str
    changes: tuple[FieldChange, ...]
    held: bool = False


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One page of a plan; `page` counts from 1."""

    lines: tuple[PlanLine, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class PlanView:
    """The totals of a plan: rows by action (`invalid`, `blocked` too), objects by kind and action.

    `held` counts the rows that the guard holds, `held_for` says why, a sentence each.
    `made` is ISO 8601 in UTC. `sendable` are the rows that an import would change.
    """

    made: str
    target: str
    counts: Mapping[str, int]
    objects: Sequence[tuple[str, str, int]]
    rows: Rows
    sendable: int
    held: int
    held_for: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelProgress:
    """How much of a level is sent: the kinds of it, objects done, objects in all."""

    level: int
    kinds: tuple[str, ...]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ProgressView:
    """How far a task is: its stage, its levels, objects a minute and seconds left, if known.

    `cancelled` says that it was asked to stop and has batches in flight.
    """

    stage: str
    done: int
    total: int | None
    seconds: float
    levels: tuple[LevelProgress, ...] = ()
    rate: float | None = None
    seconds_left: float | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Download:
    """A file to hand out: where it is, and what it is called."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of a row; `link` opens its object in the target, where the target has pages."""

    file: str
    sheet: str
    row: int
    status: str
    message: str
    name: str
    id: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """One page of the outcomes of a run."""

    rows: tuple[RowOutcome, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class RunView:
    """A run in the history, whoever began it: `upload` is blank for one of the command line.

    `counts` are rows by outcome. `undoable` says that an undo can begin, `resumable` that it can go
    on, `undoes`/`undone_by` name the other run.
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


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Which runs: of these owners or with these names (None: all), with `words` in file or owner.

    `state` is a RunState's value, `target` a target's name; blank is any. `page` counts from 1.
    """

    owners: frozenset[str] | None = None
    also: frozenset[str] = frozenset()
    words: str = ""
    state: str = ""
    target: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """One page of runs, newest first."""

    runs: tuple[RunView, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Named:
    """A template or a target that a person may choose: its name, and words for people."""

    name: str
    title: str
    real: bool = False
    """Whether it is a real system, not the sandbox (targets only)."""
