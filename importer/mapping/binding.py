"""What binding makes: a sheet with its columns, entities and references at their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from importer.mapping.cache import Cache
from importer.mapping.values import Convert
from importer.model import Finding, Place
from importer.template import Column, EntityRule, Kind, Reference, SheetRule


@dataclass(frozen=True, slots=True)
class Header:
    """Where a sheet's headings stand: `row` is 0 and `headings` are letters where it has none."""

    row: int
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundColumn:
    """A column rule and the cells it takes its value from (0-based column indices).

    `plain` columns hand text on as it is, unless it begins with white space or as a token might.
    `memo` remembers, for each type of cell, what cells were converted to.
    """

    rule: Column
    sources: tuple[int, ...]
    convert: Convert
    plain: bool = False
    memo: dict[type, Cache[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BoundReference:
    """A reference rule and the columns its texts stand in; `no` numbers it within the run.

    `clear` is the text that asks for the reference to be emptied. `exact` is the same reference for
    rows that ask to stand just there: without `or_below`. `adds` and `drops` are the same for cells
    that add to what is there (`edit` is `+`) or take away from it (`-`).
    """

    no: int
    rule: Reference
    by: tuple[int, ...]
    within: tuple[int, ...]
    defaults: tuple[str, ...]
    clear: str
    parent: bool
    exact: BoundReference | None = None
    edit: str = ""
    adds: BoundReference | None = None
    drops: BoundReference | None = None


@dataclass(slots=True)
class BoundEntity:
    """One entity rule on one sheet, with only those columns and references the sheet has."""

    rule: EntityRule
    kind: Kind
    columns: list[BoundColumn]
    references: list[BoundReference]
    when: list[tuple[int, frozenset[str]]]
    each: int | None
    id_columns: list[int]
    action_column: int | None
    origins: dict[str, tuple[int, str | None]] = field(default_factory=dict)

    def origin(self, path: str) -> tuple[int, str | None]:
        """The 1-based column and heading that a payload path came from, (0, None) if from none."""
        while path:
            if path in self.origins:
                column, heading = self.origins[path]
                return column + 1, heading
            below = [at for known, at in self.origins.items() if known.startswith(f"{path}.")]
            if below:
                return below[0][0] + 1, below[0][1]
            path = path.rpartition(".")[0]
        return 0, None


@dataclass(slots=True)
class BoundSheet:
    """One sheet of one file, ready to be mapped; `refused` keeps all its rows from being sent.

    `self_referring` says that a row's entities may refer to each other without naming any cell,
    `records` that the rows are records of a text file, in which a separator too many moves cells.
    `clear` is the text that asks for something to be emptied.
    """

    no: int
    file: str
    name: str
    rule: SheetRule
    header: Header
    entities: list[BoundEntity]
    known: tuple[int, ...]
    findings: list[Finding]
    refused: bool = False
    self_referring: bool = False
    records: bool = False
    clear: str = ""

    def entity(self, kind: str) -> BoundEntity:
        """The rule by which the sheet's rows make entities of a kind."""
        return next(bound for bound in self.entities if bound.kind.name == kind)

    def heading(self, index: int) -> str | None:
        """The heading of a 0-based column, None where it has none."""
        headings = self.header.headings
        return headings[index] or None if index < len(headings) else None

    def place(self, row: int, column: int = 0, heading: str | None = None) -> Place:
        """A place on this sheet; `column` is 1-based, 0 means the row."""
        return Place(self.name, row, column, heading, self.file)
