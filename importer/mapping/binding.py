"""Sheets bound to columns: which cells each column, entity and reference of a rule reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from importer.cache import Cache
from importer.mapping.conversion.rewording import Rewording
from importer.mapping.conversion.survey import Survey
from importer.mapping.conversion.values import Convert
from importer.model import Finding, Place
from importer.template import Column, EntityRule, Kind, Reference, SheetRule

if TYPE_CHECKING:
    from importer.mapping.conditions import Condition
    from importer.mapping.conversion.choice_words import ChoiceWords
    from importer.mapping.sections import Section
    from importer.mapping.skipping import BoundSkip


class Header(Struct, frozen=True):
    """The heading row of a sheet (1-based) and its texts; `row` is 0 where it has none."""

    row: int
    headings: tuple[str, ...]


class HeadingWords(Struct, frozen=True):
    """The headings that a template knows, folded; `spellings` are as people write them."""

    known: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    spellings: frozenset[str] = frozenset()


class BoundColumn(Struct, frozen=True):
    """A column rule and the columns whose cells it converts (0-based `sources`).

    `pieces` are these columns and the texts that are joined with their cells, in order.
    `extracts` are the columns of those among them of whose cells only a part is joined.
    `plain` columns keep text as it is, unless it begins with white space or might be a token, which
    never begins with a letter or digit; in those of the type `name` it must not end with white
    space either.
    `memo` caches converted values, one cache for each type of cell. `choices` reads words of other
    languages, where the column has choices.
    """

    rule: Column
    sources: tuple[int, ...]
    convert: Convert
    plain: bool = False
    pieces: tuple[int | str, ...] = ()
    extracts: dict[int, Column] = field(default_factory=dict)
    memo: dict[type, Cache[Any, Any]] = field(default_factory=dict)
    choices: ChoiceWords | None = None


class BoundReference(Struct, frozen=True):
    """A reference rule and the columns of its texts (0-based); `no` numbers it within the run.

    `clear` is the text that empties the reference. `exact` is the same reference without
    `or_below`, for rows that clear the cell of a parent further down. `adds` and `drops` are the
    same reference for cells that add to the live list (`edit` is `+`) or remove from it (`-`).
    `rewordings` turn the texts under `by`, then those under `within`, into names.
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
    rewordings: tuple[Rewording | None, ...] = ()


class BoundEntity(Struct):
    """An entity rule on one sheet, with only the columns and references that the sheet has.

    `when` holds what its cells must be for the row to make it. `origins` maps a payload path to the
    column (0-based) and heading it comes from. `steps` counts the entities of its row that must be
    known before it, one after the other; it `waits` for all rows where it, or one of them, is made
    by many. Of a kind that `is_level`, rows about other things make some too, inside a parent:
    floors beside rooms.
    """

    rule: EntityRule
    kind: Kind
    columns: list[BoundColumn]
    references: list[BoundReference]
    when: list[Condition]
    each: int | None
    id_columns: list[int]
    action_column: int | None
    origins: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    steps: int = 0
    waits: bool = False
    is_level: bool = False
    level: int | None = None
    naming: frozenset[int] | None = None

    def origin(self, path: str) -> tuple[int, str | None]:
        """Return the 1-based column and heading a payload path comes from, (0, None) if none."""
        while path:
            if path in self.origins:
                column, heading = self.origins[path]
                return column + 1, heading
            for known, (column, heading) in self.origins.items():
                if known.startswith(f"{path}."):
                    return column + 1, heading
            path = path.rpartition(".")[0]
        return 0, None


class BoundSheet(Struct):
    """A sheet of a file, bound to its rule; where it is `refused`, none of its rows are sent.

    `present` are the rule's headings that it has, `known` the columns (0-based) that are imported.
    `self_referring` says that the entities of a row may refer to each other without naming any
    cell, `records` that the rows are records of a text file, where a separator too many moves
    cells. `clear` is the text that empties a field, `heading_words` are the headings of all sheets
    of the template, `survey` looks at the texts of whole columns. `seen` are the headings of a
    sheet that has none of those it should have. `blanks` are the texts, folded, that mean a blank
    cell, by column (0-based), `skips` the rules for rows to leave out. `columns` are the columns
    (0-based) of the rule's headings, `levels` those of a tree. Right of its `width` stand columns
    of `sections` that it does not have itself.
    """

    no: int
    file: str
    name: str
    rule: SheetRule
    header: Header
    entities: list[BoundEntity] = field(default_factory=list)
    present: frozenset[str] = frozenset()
    known: tuple[int, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    refused: bool = False
    self_referring: bool = False
    records: bool = False
    clear: str = ""
    heading_words: HeadingWords = HeadingWords()
    survey: Survey = field(default_factory=Survey)
    seen: tuple[str, ...] = ()
    blanks: dict[int, frozenset[str]] = field(default_factory=dict)
    skips: list[BoundSkip] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    width: int = 0
    sections: tuple[Section, ...] = ()
    levels: tuple[int, ...] = ()

    @property
    def at_once(self) -> bool:
        """Return whether every entity is complete with its row, and no later row is about it."""
        return not any(bound.rule.creates or bound.waits for bound in self.entities)

    @property
    def headless(self) -> bool:
        """Whether it should have headings and has none, so that no row of it is mapped."""
        return self.rule.header and not self.header.row

    def entity(self, kind: str) -> BoundEntity:
        """Return the rule by which the sheet's rows make entities of a kind."""
        return next(bound for bound in self.entities if bound.kind.name == kind)

    def heading(self, index: int) -> str | None:
        """Return the heading of a 0-based column, None where it has none."""
        headings = self.header.headings
        if index < len(headings):
            return headings[index] or None
        return next((one.heading for one in self.sections if one.column == index), None)

    def called(self, main: str) -> str:
        """Return a heading of the rule as the sheet writes it, as the rule does where it has none.

        A letter in place of a heading leaves that of the rule.
        """
        return (self.heading(self.columns[main]) if main in self.columns else None) or main

    def place(self, row: int, column: int = 0, heading: str | None = None) -> Place:
        """Return a place on this sheet; `column` is 1-based, 0 means the whole row.

        A column that the sheet does not have itself has no cell: its row is the place.
        """
        added = bool(self.sections) and column > self.width
        return Place(self.name, row, 0 if added else column, heading, self.file)

    def at(self, row: int, column: int) -> Place:
        """Return the place of a cell of the file, both from 1, with the heading of its column."""
        inside = 0 < column <= len(self.header.headings)
        heading = self.header.headings[column - 1] or None if inside else None
        return Place(self.name, row, column, heading, self.file)
