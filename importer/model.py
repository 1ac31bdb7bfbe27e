"""The nouns that every stage shares: cells, places, findings, files, actions and outcomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeAlias

from msgspec import Struct

from importer.finding_codes import FindingCode
from importer.spreadsheet import Dialect

Json: TypeAlias = Any
"""A JSON value as Python builds it."""

Payload: TypeAlias = dict[str, Any]
"""A JSON object, in the shape its kind's schema describes."""

Key: TypeAlias = tuple[str, ...]
"""An entity's identity: the labels of its ancestors, outermost first, then its own."""


LONGEST_HEADING = 255
"""No heading has more characters."""

OWN_COLUMNS = ("import_status", "import_message", "import_id")
"""The columns that a report adds to the user's sheet: outcome, message and the target's id."""

SIGNATURE = "Written by importer; the next report takes the place of this sheet."
"""What a Report sheet of ours says of itself, in A3; one that a user made does not."""


class Severity(StrEnum):
    """How much a finding matters: only an error keeps a row from being sent."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Action(StrEnum):
    """What a change does to the target."""

    CREATE = "create"
    UPDATE = "update"
    MOVE = "move"
    DELETE = "delete"
    UNCHANGED = "unchanged"


class RunState(StrEnum):
    """How far a run has come; the journal stores it."""

    MAPPING = "mapping"
    PLANNED = "planned"
    SENDING = "sending"
    INTERRUPTED = "interrupted"
    FINISHED = "finished"
    ABANDONED = "abandoned"

    @property
    def ended(self) -> bool:
        """Whether the run has nothing left to send."""
        return self in (RunState.FINISHED, RunState.ABANDONED)


class Status(StrEnum):
    """The outcome of a row; every row has exactly one."""

    CREATED = "created"
    UPDATED = "updated"
    MOVED = "moved"
    DELETED = "deleted"
    UNCHANGED = "unchanged"
    MERGED = "merged"
    SKIPPED = "skipped"
    INVALID = "invalid"
    REJECTED = "rejected"
    BLOCKED = "blocked"
    HELD = "held"
    UNKNOWN = "unknown"
    PENDING = "pending"

    @property
    def fine(self) -> bool:
        """Whether nothing of the row is left to do: the target holds it, or it asks for nothing."""
        return self in FINE


CHANGED = frozenset({Status.CREATED, Status.UPDATED, Status.MOVED, Status.DELETED})
FINE = CHANGED | {Status.UNCHANGED, Status.MERGED, Status.SKIPPED}


class CellFault(Struct, frozen=True):
    """A cell that holds no usable value: an error cell, an uncalculated formula, a rounded number.

    `code` is the finding's code, `text` what the spreadsheet shows (`#N/A`, `=A1+B1`, `1.91E+18`).
    """

    code: FindingCode
    text: str


Cell: TypeAlias = (
    str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | CellFault
)
"""One cell as read; a blank cell is the empty string."""


class Cells(list[Cell]):
    """The cells of one column, with their types, which are asked for often."""

    __slots__ = ("kinds",)

    def __init__(self, cells: Iterable[Cell], kinds: set[type] | None = None) -> None:
        super().__init__(cells)
        self.kinds = set(map(type, self)) if kinds is None else kinds


def column_letter(column: int) -> str:
    """`3` -> `C`: the letters the spreadsheet shows above the column (1-based)."""
    letters = ""
    while column > 0:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def letter_number(letters: str) -> int:
    """Return the number of a column by its letters, counted from 1: the inverse."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class Place(Struct, frozen=True):
    """Where something stands in the user's spreadsheet.

    `row` and `column` are 1-based as the spreadsheet shows them; row 0 means the whole sheet,
    column 0 the whole row. `file` is the input's name, needed where a run has several. What the
    sheet does not name, though the run is about it, has a `row` below 0 and a `name`.
    """

    sheet: str
    row: int = 0
    column: int = 0
    heading: str | None = None
    file: str = ""
    name: str = ""

    @property
    def title(self) -> str:
        """Its heading, or `Column C` where the column has none; empty for a whole row."""
        return self.heading or (f"Column {column_letter(self.column)}" if self.column else "")

    @property
    def cell(self) -> str | None:
        """`C17`, or None where the place is a whole row or sheet."""
        at_cell = self.row > 0 and self.column
        return f"{column_letter(self.column)}{self.row}" if at_cell else None


class Finding(Struct, frozen=True):
    """A problem found before sending, or the target's own words about a row.

    `more_rows` counts the rows that it holds for besides, without findings of their own.
    """

    code: FindingCode
    message: str
    place: Place
    severity: Severity = Severity.ERROR
    value: str | None = None
    suggestion: str | None = None
    more_rows: int = 0


class RowResult(Struct, frozen=True):
    """What became of one row of one sheet, as the report writes it.

    With a `name` it is about something that no row names; its `row` is below 0 then. `key` is that
    of the object which stands for the row.
    """

    sheet: str
    row: int
    status: Status
    message: str = ""
    id: str = ""
    file: str = ""
    name: str = ""
    key: Key = ()

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.sheet, self.row, file=self.file, name=self.name)

    def as_finding(self, meaning: str = "") -> Finding:
        """Return the outcome as a finding; `meaning` is its message where the row has none."""
        if self.status.fine:
            words = f"It is not in the file: {self.status.value}."
            return Finding(FindingCode(self.status), words, self.place, Severity.INFO)
        return Finding(FindingCode(self.status), self.message or meaning, self.place)


class InputFile(Struct, frozen=True):
    """An input file as it was read: an absolute path, the SHA-256 of its content, its format.

    `guess` explains how a text file was understood, `dialect` is how it is written; both are None
    for a workbook. `reported` is the SHA-256 after a report was written into the file itself.
    `named` is the path as it was given, empty in older journals.
    """

    path: str
    name: str
    sha256: str
    format: str = ""
    guess: str | None = None
    dialect: Dialect | None = None
    reported: str = ""
    named: str = ""

    @property
    def as_named(self) -> str:
        """The path as it was given, as far as it is known."""
        return self.named or self.name


class SheetLayout(Struct, frozen=True):
    """Where a sheet's table stands: what the report needs to find its cells again.

    `header_row` is 0 where the sheet has no header; `width` counts columns from A to the last used.
    """

    name: str
    header_row: int
    first_row: int
    last_row: int
    width: int
    file: str = ""
    headings: tuple[str, ...] = ()
