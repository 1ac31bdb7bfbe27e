"""A worksheet of a package: its elements around the rows, and the texts of its cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from importer.model import column_letter
from importer.report.ooxml.cells import area, corners
from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.markup import Element, last_before
from importer.report.ooxml.package import Package, Relation
from importer.report.ooxml.shape_blocks import ShapeBlocks
from importer.report.ooxml.sheet_part import RowWriter, SheetPart
from importer.report.ooxml.splicing import PartWriter
from importer.report.ooxml.strings import Strings
from importer.report.ooxml.styles import StyleTable
from importer.spreadsheet import MAX_COLUMNS

ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects",
    "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""ECMA-376 part 1, 18.3.1.99: the order of a worksheet's elements."""


@dataclass(slots=True)
class Sheet:
    """A worksheet and all that its patches need."""

    package: Package
    part: SheetPart
    title: str
    styles: StyleTable
    strings: Strings
    blocks: ShapeBlocks
    root: Element = field(init=False)
    children: list[Element] = field(init=False)
    data: Element = field(init=False)
    relations: list[Relation] = field(init=False)
    added_to: int = field(init=False, default=0)
    """The last of the columns that the report shows, 0 before they are written."""

    def __post_init__(self) -> None:
        self.root = self.part.root()
        self.children = self.part.children(self.root)
        data = self.child("sheetData")
        if self.root.name != "worksheet" or data is None:
            raise PatchRefused(f"the sheet {self.title} has no cells")
        self.data = data
        self.relations = self.package.relations(self.part.name)

    @property
    def p(self) -> str:
        """The prefix of the sheet's elements."""
        return self.part.prefix().decode()

    def child(self, name: str) -> Element | None:
        """Return the first child element of the root with that name."""
        return next((each for each in self.children if each.name == name), None)

    def all(self, name: str) -> list[Element]:
        """Return all child elements of the root with that name."""
        return [each for each in self.children if each.name == name]

    def related(self, kind: str) -> list[str]:
        """Return the parts of a kind to which the sheet has a relationship."""
        return [each.target for each in self.relations if each.kind == kind and each.target]

    def insert(self, name: str, what: bytes) -> None:
        """Insert a new element where the schema's order requires it."""
        before = last_before(self.children, ORDER, name)
        self.part.insert(before.end if before else self.root.inner, what)

    def patch_rows(self, row_writer: RowWriter, ours: Iterable[int], free: Iterable[int]) -> None:
        """Set the writer of the rows, which runs when the sheet is written.

        It may replace cells in the columns `ours`, and cells without content in the columns `free`.
        """
        if self.data.empty:
            written = PartWriter(self.part.name)
            row_writer([b""], written)
            self.part.append(self.data, written.taken())
        else:
            self.part.row_writer = row_writer
            self.part.ours = frozenset(column_letter(column).encode() for column in ours)
            self.part.free = frozenset(column_letter(column).encode() for column in free)

    def text(self, number: int, column: int) -> str:
        """Return the text of a cell, given by row number and column."""
        cell = self.part.rows().found(number).get(column)
        return self.strings.of(cell) if cell else ""

    def texts(self, number: int) -> dict[int, str]:
        """Return the texts of the cells of a row by column."""
        cells = self.part.rows().found(number)
        return {column: self.strings.of(cell) for column, cell in cells.items()}

    def shown_to(self) -> int:
        """Return the last column before those hidden up to the edge of the sheet, else the edge."""
        runs = self.part.children(element) if (element := self.child("cols")) else []
        at_edge = [run for run in runs if int(run.get("max")) >= MAX_COLUMNS]
        hidden = [int(run.get("min")) for run in at_edge if run.get("hidden") in ("1", "true")]
        return max(hidden[0] - 1, self.added_to) if hidden else MAX_COLUMNS

    def column_styles(self) -> list[tuple[int, int, int]]:
        """Return the styles of columns' blank cells: first and last column, and the style."""
        runs = self.part.children(element) if (element := self.child("cols")) else []
        stated = ((run.get("min"), run.get("max"), run.get("style", "0")) for run in runs)
        return sorted((int(first), int(last), int(style)) for first, last, style in stated)

    def widen(self, cells: Iterable[tuple[int, int]]) -> None:
        """Widen the sheet's stated dimension to cells, given by row and column, if necessary."""
        dimension, at = self.child("dimension"), [*cells]
        if dimension is None or not at:
            return
        top, left, bottom, right = corners(dimension.get("ref"))
        rows, columns = zip(*at, strict=True)
        wider = min(top, *rows), min(left, *columns), max(bottom, *rows), max(right, *columns)
        if top and wider != (top, left, bottom, right):
            self.part.set(dimension, "ref", area(*wider))

    def merged(self) -> list[Element]:
        """Return the elements of the merged areas."""
        element = self.child("mergeCells")
        return self.part.children(element) if element else []
