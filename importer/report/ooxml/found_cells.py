"""A look through a sheet's rows for the cells that are to be fixed, before any is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import chain

from msgspec import Struct

from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.places import At, Places
from importer.report.ooxml.row import Row
from importer.report.ooxml.rows import Rows

_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(\s[^>]*?)?(?:/>|>(.*?)</(?:[\w.-]+:)?f\s*>)", re.DOTALL)
_SHARED_OUT = re.compile(rb"""\st\s*=\s*["'](array|dataTable|shared)["']""")
_AREA = re.compile(rb"""\sref\s*=\s*["']([A-Z0-9:$]+)["']""")
_OF_MANY = re.compile(rb"array|dataTable")
_STYLE = re.compile(rb"""\ss\s*=\s*["']([0-9]+)["']""")
_HAS_STYLE = re.compile(rb"""\scustomFormat\s*=\s*["'](?:1|true)["']""")
SHOWN = 200
"""So much of a formula is shown."""


class Formula(Struct, frozen=True):
    """The formula in a cell; `kind` is `array`, `dataTable`, `shared` or empty, `area` its own."""

    text: str
    kind: str = ""
    area: str = ""

    @property
    def rules_others(self) -> bool:
        """Whether other cells have their values or their formulas from this one."""
        first, _, last = self.area.partition(":")
        return bool(last) and first != last

    @property
    def fills_others(self) -> bool:
        """Whether other cells have their values, and no formulas of their own, from this one."""
        return self.rules_others and self.kind in {"array", "dataTable"}


@dataclass(slots=True)
class FoundCells:
    """The cells at `places`, the styles of their rows, and whether the sheet has formulas.

    `ruled` maps a place to the area of an array formula or data table around it: the first of
    all, which is enough to refuse.
    """

    rows: Rows
    places: Places
    cells: dict[At, bytes] = field(default_factory=dict)
    row_styles: dict[int, int] = field(default_factory=dict)
    ruled: dict[At, str] = field(default_factory=dict)
    has_formulas: bool = False

    def __post_init__(self) -> None:
        number, mark = 0, b"<" + self.rows.prefix + b"f"
        for text in chain.from_iterable(self.rows.texts()):
            if text.find(mark) >= 0:
                self.has_formulas = True
                self._note_areas(text)
            only = self.rows.only_row(text)
            if only > number and only not in self.places.columns:
                number = only
                continue
            for row in self.rows.of(text, number):
                number = row.number
                self._see(row)

    def _note_areas(self, text: bytes) -> None:
        if self.ruled or not _OF_MANY.search(text):
            return
        areas = (each.area for each in formulas_in(text) if each.fills_others)
        for area in areas:
            if at := self.places.first_in(area):
                self.ruled[at] = area

    def _see(self, row: Row) -> None:
        wanted = self.places.columns.get(row.number)
        if wanted is None:
            return
        tag, last = row.xml[: row.inner], 0
        if _HAS_STYLE.search(tag):
            self.row_styles[row.number] = style_of(tag)
        for column, start, end in row.cells():
            if column <= last:
                raise PatchRefused(f"its row {row.number} has cells in disorder")
            last = column
            if column in wanted:
                self.cells[row.number, column] = row.xml[start:end]


def formulas_in(xml: bytes) -> Iterator[Formula]:
    """Yield the formulas in a row or a cell."""
    for attributes, text in _FORMULA.findall(xml):
        kind, area = _SHARED_OUT.search(attributes), _AREA.search(attributes)
        shown = unescape(text.decode()) or "…"
        yield Formula(
            f"={shown}"[:SHOWN],
            kind[1].decode() if kind else "",
            area[1].decode() if area else "",
        )


def style_of(xml: bytes) -> int:
    """Return the number of the style that a row's or a cell's tag states, else 0."""
    stated = _STYLE.search(xml, 0, xml.find(b">"))
    return int(stated[1]) if stated else 0
