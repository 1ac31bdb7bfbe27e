"""A sheet to fill, laid out: its name, its columns, and how far its rows are watched."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from importer.template.blank.fields import Field
from importer.template.columns import Column
from importer.template.sheet_rule import EntityRule, SheetRule

LAST_ROW = 1_048_576
WATCHED = 5_000
"""How many rows conditional formats watch, and a thousand more than an export fills."""


class Layout(Struct, frozen=True):
    """A sheet of the workbook: `title` is its name there, `filled` how many rows it has."""

    rule: SheetRule
    title: str
    fields: Sequence[Field]
    filled: int = 0

    @property
    def placed(self) -> list[Field]:
        """The columns that stand in the sheet; patterns do not."""
        return [field for field in self.fields if field.letter]

    @property
    def folded(self) -> list[Field]:
        """The columns that are folded away; they stand behind the others."""
        return [field for field in self.placed if field.folded]

    @property
    def first_row(self) -> int:
        """The first row for data."""
        return 2 if self.rule.header else 1

    @property
    def last_row(self) -> int:
        """The last row that is watched."""
        return max(WATCHED, self.filled + 1_000)

    @property
    def main(self) -> EntityRule:
        """The entity that a row is about, not one that many rows state again."""
        rules = self.rule.entities
        return next((rule for rule in rules if not (rule.creates or rule.when)), rules[0])

    def letter(self, heading: str) -> str:
        """Return the letter of a column by its English heading, blank where there is none."""
        return next((one.letter for one in self.placed if one.rule.heading == heading), "")

    def here(self, heading: str, first: int = 0, last: int = 0) -> str:
        """Return the cells of a column, for a formula in this sheet: `$B$2:$B$5000`."""
        letter = self.letter(heading)
        return f"${letter}${first or self.first_row}:${letter}${last or self.last_row}"

    def range(self, heading: str, first: int = 0, last: int = 0) -> str:
        """Return the cells of a column, for a formula anywhere: `'Terms'!$B$2:$B$5000`."""
        return f"'{self.title}'!{self.here(heading, first, last)}"

    def cell(self, heading: str) -> str:
        """Return the cell of a column in the first row for data: `$B2`."""
        return f"${self.letter(heading)}{self.first_row}"

    def headed(self, rule: EntityRule, path: str) -> str:
        """Return the heading under which an entity has a payload path, blank where none has it."""
        return next((c.heading for c in rule.columns if self._holds(c, path)), "")

    def _holds(self, column: Column, path: str) -> bool:
        return column.path == path and column.part is None and bool(self.letter(column.heading))
