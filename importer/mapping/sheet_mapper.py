"""Maps the rows of a bound sheet, chunk by chunk, to entities and findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from importer.finding_codes import FindingCode
from importer.mapping.beside import drop_orphans, name_kept
from importer.mapping.binding import BoundSheet
from importer.mapping.blank_words import BlankWords
from importer.mapping.columns import Column
from importer.mapping.conversion.values import shown
from importer.mapping.entity import Entity, MappedChunk
from importer.mapping.entity_mapper import EntityMapper, Fits
from importer.mapping.fill_down import FillDown
from importer.mapping.heading_rows import HeadingRows, filled_rows
from importer.mapping.left_out import LeftOutCells
from importer.mapping.level_values import LevelValues
from importer.mapping.levels import LevelCells
from importer.mapping.owner_above import OwnersAbove
from importer.mapping.required import all_filled
from importer.mapping.sections import SectionRows
from importer.mapping.several_in_one import several_in_one
from importer.mapping.skipping import SkippedRows, other_rows
from importer.mapping.tidy import Tidy
from importer.mapping.unmapped import UnmappedCells
from importer.model import Cell, Finding
from importer.spreadsheet import MergedRange
from importer.suggest import did_you_mean, nearest


class Rows(Protocol):
    """Consecutive rows; `first_row` is the spreadsheet's number of the first."""

    first_row: int

    def __len__(self) -> int: ...

    def columns(self) -> list[list[Cell]]:
        """Return their cells column by column, all columns of the same length."""
        ...


class SheetMapper:
    """The mapper of one bound sheet; `fits` spares the payloads of rows that are only checked."""

    def __init__(
        self, sheet: BoundSheet, merged: Sequence[MergedRange] = (), fits: Fits | None = None
    ) -> None:
        self.sheet = sheet
        self._above = FillDown(sheet, merged)
        self._levels = LevelCells(sheet)
        self._of_levels = LevelValues(sheet)
        self._mappers = [EntityMapper(sheet, bound, fits) for bound in sheet.entities]
        self._unmapped = UnmappedCells(sheet)
        self._headings = HeadingRows(sheet)
        self._skipped = SkippedRows(sheet)
        self._sections = SectionRows(sheet)
        self._others: list[int] = []
        self._tidy = Tidy(sheet.clear)
        self._blanks = BlankWords(sheet)
        self._left_out = LeftOutCells(sheet)
        self._owners = OwnersAbove(sheet)

    def map(self, chunk: Rows) -> MappedChunk:
        """Map one chunk; blank rows are left out."""
        cells, mapped = self._rows(chunk)
        self._unmapped.check(cells, mapped)
        self._sections.fill(cells, mapped.rows)
        self._above.fill(cells, mapped.rows)
        self._levels.fill(cells, mapped)
        self._of_levels.check(cells, mapped.rows)
        self._left_out.check(cells, mapped.rows)
        for mapper in self._mappers:
            mapper.map(cells, mapped)
        _drop_beside_deletes(mapped)
        self._check_unmade(cells, mapped)
        drop_orphans(mapped)
        self._owners.note(mapped.entities)
        mapped.findings += several_in_one(mapped.entities)
        if self.sheet.refused:
            mapped.invalid.update(mapped.rows)
        mapped.spread_invalid()
        return mapped

    def findings(self) -> Iterator[Finding]:
        """Yield what holds of the sheet as a whole, once all its rows are mapped."""
        yield from self._above.findings()
        yield from self._unmapped.findings()
        yield from self._of_levels.findings()
        yield from self._left_out.findings()
        yield from self._blanks.findings()
        for mapper in self._mappers:
            yield from mapper.findings()
        yield from self._headings.findings()
        yield from self._skipped.findings()
        yield from self._sections.findings()
        yield from other_rows(self.sheet, self._others)
        yield from self._owners.findings()

    def _rows(self, chunk: Rows) -> tuple[list[Column], MappedChunk]:
        """Return the cells of the rows to map, and a chunk that says what becomes of the others."""
        cells = list(map(self._tidy.column, chunk.columns()))
        self._blanks.clear(cells)
        numbers = range(chunk.first_row, chunk.first_row + len(chunk))
        repeated, end = self._headings.leave_out(cells, numbers)
        repeated |= {at for at in self._skipped.leave_out(cells, numbers) if at < end}
        repeated |= self._sections.leave_out(cells, numbers, {*repeated, *range(end, len(chunk))})
        keep = self._filled(cells, end)
        if repeated:
            keep = [at for at in keep if at not in repeated]
        outside = self._unmapped.outside(cells, numbers[:end], {*keep, *repeated})
        mapped = MappedChunk([numbers[at] for at in keep], [])
        mapped.skipped = sorted([*(numbers[at] for at in repeated), *outside])
        mapped.below = self._headings.below(cells, numbers, end)
        if len(keep) < len(chunk):
            cells = [[column[at] for at in keep] for column in cells]
        return cells, mapped

    def _check_unmade(self, cells: list[Column], mapped: MappedChunk) -> None:
        """Report the rows whose cells ask for none of the sheet's entities."""
        dependent = self.sheet.self_referring
        made = {e.row for e in mapped.entities if not (dependent and _is_dependent(e))}
        if len(made) == len(mapped.rows):
            return
        mapped.entities[:] = [e for e in mapped.entities if e.row in made]
        made |= mapped.invalid
        if self.sheet.rule.others == "skip":
            self._skip_unmade(made, mapped)
            return
        asked = (one for bound in self.sheet.entities for one in bound.when if not one.any_text)
        index = next((one.column for one in asked), 0)
        heading = self.sheet.heading(index)
        for at, row in enumerate(mapped.rows):
            if row not in made:
                cell = cells[index][at] if index < len(cells) else ""
                self._unmade(row, index, heading, cell, mapped)

    def _skip_unmade(self, made: set[int], mapped: MappedChunk) -> None:
        """Leave out the rows that make nothing."""
        others = [row for row in mapped.rows if row not in made]
        mapped.rows = [row for row in mapped.rows if row in made]
        mapped.skipped = sorted([*mapped.skipped, *others])
        self._others += others

    def _unmade(
        self, row: int, index: int, heading: str | None, cell: Cell, mapped: MappedChunk
    ) -> None:
        rules = [rule.when.get(heading or "", ()) for rule in self.sheet.rule.entities]
        known = list(dict.fromkeys(value for values in rules for value in values))
        near = nearest(shown(cell), known)
        end = did_you_mean(near, f"Known are {', '.join(known)}." if known else "")
        mapped.invalid.add(row)
        place = self.sheet.place(row, index + 1, heading)
        message = f"`{shown(cell)}` under {place.title} says not what the row is{end}"
        mapped.findings.append(
            Finding(FindingCode.NOTHING_MADE, message, place, value=shown(cell), suggestion=near)
        )

    def _filled(self, cells: list[Column], count: int) -> list[int]:
        known = [cells[index] for index in self.sheet.known if index < len(cells)]
        if any(map(all_filled, known)):
            return list(range(count))
        if not known:
            return []
        filled = filled_rows(known, count)
        return filled if len(filled) < count else list(range(count))


def _is_dependent(entity: Entity) -> bool:
    """Return whether an entity exists only beside another entity of its row."""
    return any(
        text.beside and reference.rule.parent
        for reference, texts in entity.references
        for text in texts
    )


def _drop_beside_deletes(mapped: MappedChunk) -> None:
    """Drop what a deleting row makes besides; what may not stay in a deleted entity goes too."""
    if not mapped.deleted:
        return
    name_kept(mapped)
    deleted = (e for e in mapped.entities if e.delete and e.bound.kind.empty_first)
    emptied = {(entity.row, entity.bound.kind.name) for entity in deleted}
    for entity in mapped.entities if emptied else ():
        above = (reference.rule for reference, _ in entity.references if reference.rule.parent)
        stands_in = (to for rule in above for to in rule.to if not entity.bound.kind.goes_along)
        entity.delete = entity.delete or any((entity.row, to) in emptied for to in stands_in)
    mapped.entities[:] = [e for e in mapped.entities if e.delete or e.row not in mapped.deleted]
