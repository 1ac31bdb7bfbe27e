"""A chunk of rows and the sheet they are bound to in, entities and findings out."""

from __future__ import annotations

from typing import Protocol

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundSheet
from importer.mapping.columns import Column
from importer.mapping.entity import Entity, Mapped
from importer.mapping.entity_mapper import EntityMapper
from importer.mapping.required import full, says
from importer.mapping.unmapped import StrayCells
from importer.mapping.values import shown
from importer.model import Cell, Finding
from importer.suggest import did_you_mean, nearest


class Rows(Protocol):
    """Consecutive rows with the spreadsheet's number of the first."""

    first_row: int

    def __len__(self) -> int: ...

    def columns(self) -> list[list[Cell]]:
        """Their cells, column by column, all columns of one length."""
        ...


class SheetMapper:
    """Maps the chunks of one bound sheet."""

    def __init__(self, sheet: BoundSheet) -> None:
        self.sheet = sheet
        self._mappers = [EntityMapper(sheet, bound) for bound in sheet.entities]
        self._stray = StrayCells(sheet)

    def map(self, chunk: Rows) -> Mapped:
        """Map one chunk; blank rows are no rows."""
        cells = chunk.columns()
        keep = self._filled(cells, len(chunk))
        if len(keep) < len(chunk):
            cells = [[column[i] for i in keep] for column in cells]
        mapped = Mapped([chunk.first_row + i for i in keep], [])
        self._stray.look(cells, mapped)
        for mapper in self._mappers:
            mapper.map(cells, mapped)
        _drop_beside_deletes(mapped)
        self._tell_unmade(cells, mapped)
        if self.sheet.refused:
            mapped.invalid.update(mapped.rows)
        mapped.spread_invalid()
        return mapped

    def _tell_unmade(self, cells: list[Column], mapped: Mapped) -> None:
        """A row whose cells ask for none of the sheet's entities is not passed over in silence."""
        leaning = self.sheet.self_referring
        made = {e.row for e in mapped.entities if not (leaning and _leans(e))}
        if len(made) == len(mapped.rows):
            return
        mapped.entities[:] = [e for e in mapped.entities if e.row in made]
        made |= mapped.invalid
        bound = next((b for b in self.sheet.entities if b.when and any(v for _, v in b.when)), None)
        index, heading = (
            (bound.when[0][0], self.sheet.heading(bound.when[0][0])) if bound else (0, None)
        )
        for at, row in enumerate(mapped.rows):
            if row not in made:
                cell = cells[index][at] if index < len(cells) else ""
                self._unmade(row, index, heading, cell, mapped)

    def _unmade(
        self, row: int, index: int, heading: str | None, cell: Cell, mapped: Mapped
    ) -> None:
        rules = [rule.when.get(heading or "", ()) for rule in self.sheet.rule.entities]
        known = list(dict.fromkeys(value for values in rules for value in values))
        near = nearest(shown(cell), known)
        end = did_you_mean(near, f"Known are {', '.join(known)}." if known else "")
        words = f"`{shown(cell)}` under {heading} says not what the row is{end}"
        mapped.invalid.add(row)
        place = self.sheet.place(row, index + 1, heading)
        mapped.findings.append(
            Finding(FindingCode.NOTHING_MADE, words, place, value=shown(cell), suggestion=near)
        )

    def _filled(self, cells: list[Column], count: int) -> list[int]:
        known = [cells[index] for index in self.sheet.known if index < len(cells)]
        if any(map(full, known)):
            return list(range(count))
        if not known:
            return []
        rows = zip(*known, strict=True)
        filled = [i for i, row in enumerate(rows) if any(map(says, row))]
        return filled if len(filled) < count else list(range(count))


def _leans(entity: Entity) -> bool:
    """Whether an entity exists only beside another one of its row."""
    return any(not reference.by and reference.rule.parent for reference, _ in entity.references)


def _drop_beside_deletes(mapped: Mapped) -> None:
    """A row that deletes makes nothing else; what must not be left in what it deletes goes too."""
    if not mapped.deleted:
        return
    gone = (e for e in mapped.entities if e.delete and e.bound.kind.empty_first)
    emptied = {(entity.row, entity.bound.kind.name) for entity in gone}
    for entity in mapped.entities if emptied else ():
        above = (reference.rule for reference, _ in entity.references if reference.rule.parent)
        stands_in = (to for rule in above for to in rule.to if not entity.bound.kind.goes_along)
        entity.delete = entity.delete or any((entity.row, to) in emptied for to in stands_in)
    mapped.entities[:] = [e for e in mapped.entities if e.delete or e.row not in mapped.deleted]
