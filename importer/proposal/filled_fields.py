"""The fields that a sheet fills, and where the mapping says that each of them stands."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from importer.invisible import visible
from importer.model import LONGEST_HEADING
from importer.proposal.data import field_list
from importer.proposal.proposal import ColumnProposal, SheetProposal
from importer.template import fold

TOLD = " (answer)"
"""Follows the name of a field that an answer fills, where a column of the list has that name."""


def answered() -> dict[str, str]:
    """Return the field that the answer to each question fills, as a constant of all rows."""
    found: dict[str, str] = field_list()["answers"]
    return found


class FilledFields(Struct, frozen=True):
    """The fields of a sheet with their columns; the questions `asked` fill some with no column."""

    sheet: SheetProposal
    asked: frozenset[str]

    @property
    def columns(self) -> dict[str, ColumnProposal | None]:
        """The fields, each with its first column; None for an answer, a name or a section."""
        given: dict[str, ColumnProposal | None] = {}
        for column in self.sheet.columns:
            for name in filter(None, (column.field, *column.also)):
                given.setdefault(name, column)
        for ask, name in answered().items():
            if ask in self.asked and ask in {one.name for one in self.sheet.asks}:
                given.setdefault(name, None)
        return {**dict.fromkeys((*self.sheet.constants, *self._by_sections)), **given}

    def parts(self, field: str) -> list[ColumnProposal]:
        """Return all columns that fill a field."""
        return [one for one in self.sheet.columns if field in (one.field, *one.also)]

    def heading(self, field: str) -> str:
        """Return the heading of the list under which a field stands, its own for an answer."""
        if column := self.columns.get(field):
            return self.heading_of(column)
        sections = self._by_sections
        if field in sections[1:]:
            return self.heading(sections[0])
        taken = {fold(one.heading) for one in self.sheet.columns}
        return f"{field}{TOLD}" if fold(field) in taken and field in self.columns else field

    def heading_of(self, column: ColumnProposal) -> str:
        """Return the heading of a column; `Column B` where its own tells nothing, or another."""
        plain = _plain(column.heading)
        used = (one for one in self._alike(column) if one.field)
        first = next(used, column) is column
        return plain if plain and first and not _long(column) else f"Column {column.column}"

    def placed(self, field: str) -> dict[str, Any]:
        """Return what a column's rule says of where its values come from."""
        column, sections = self.columns.get(field), self.sheet.sections
        if column:
            down = {"carry": "down"} if column.column in self.sheet.carried else {}
            return {**self.place_of(column), **down}
        heading = self.heading(field)
        if sections and field in self._by_sections:
            return {"heading": heading, "carry": "section", "letter": sections.column}
        return {"heading": heading, "constant": self._constant(field)}

    def place_of(self, column: ColumnProposal) -> dict[str, Any]:
        """Return the heading of a column, with its letter where that does not tell."""
        heading = self.heading_of(column)
        plain = heading == _plain(column.heading) and len(self._alike(column)) == 1
        if self.sheet.header_row and plain:
            return {"heading": heading}
        return {"heading": heading, "letter": column.column}

    @property
    def left_out(self) -> list[str]:
        """The headings of columns that nothing uses, but for those spelt like one that is used."""
        given = {fold(self.heading_of(one)) for one in self.sheet.columns if one.field}
        given |= {fold(self.heading_of(self.telling))} if self.telling else set()
        headings = (visible(c.heading) for c in self.sheet.columns if not c.field and not _long(c))
        return [one for one in dict.fromkeys(headings) if one and fold(one) not in given]

    @property
    def _by_sections(self) -> list[str]:
        """The field that sections fill, and the name of what they are where that is another."""
        field = self.sheet.sections.field if self.sheet.sections else ""
        named: dict[str, str] = field_list()["in_sections_named"]
        return [one for one in (field, named.get(field, "")) if one]

    @property
    def telling(self) -> ColumnProposal | None:
        """The column that tells which rows are meant."""
        meant = self.sheet.meant
        return next((c for c in self.sheet.columns if meant and c.column == meant.column), None)

    @property
    def told_by(self) -> list[dict[str, Any]]:
        """What a rule says of the column that tells which rows are meant."""
        return [self.place_of(self.telling)] if self.telling else []

    def _alike(self, column: ColumnProposal) -> list[ColumnProposal]:
        """Return the columns with the same heading, itself among them."""
        folded = fold(column.heading)
        return [one for one in self.sheet.columns if fold(one.heading) == folded]

    def _constant(self, field: str) -> str:
        if field in self.sheet.constants:
            return self.sheet.constants[field]
        return f"{{{next(ask for ask, name in answered().items() if name == field)}}}"


def _long(column: ColumnProposal) -> bool:
    return len(column.heading) > LONGEST_HEADING


def _plain(heading: str) -> str:
    """Return a heading in one line without invisible characters; a star would be a wildcard."""
    return " ".join(visible(heading).replace("*", " ").split())
