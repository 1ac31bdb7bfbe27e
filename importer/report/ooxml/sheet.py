"""One sheet of a package in, what stands in it and around it out: the room of all its patches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from importer.report.ooxml.grid import Grid, Row
from importer.report.ooxml.looks import Looks
from importer.report.ooxml.markup import Element, Part, last_before
from importer.report.ooxml.package import Package, Relation
from importer.report.ooxml.refused import Refused
from importer.report.ooxml.strings import Strings
from importer.report.paint import Look

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
    """A worksheet of the package."""

    package: Package
    part: Part
    title: str
    looks: Looks
    strings: Strings
    root: Element = field(init=False)
    children: list[Element] = field(init=False)
    grid: Grid = field(init=False)
    relations: list[Relation] = field(init=False)
    by_number: dict[int, Row] = field(init=False)
    said: dict[tuple[Look, str], bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root = self.part.root()
        self.children = self.part.children(self.root)
        data = self.child("sheetData")
        if self.root.name != "worksheet" or data is None:
            raise Refused(f"the sheet {self.title} has no cells")
        self.grid = Grid(self.part, data)
        self.relations = self.package.relations(self.part.name)
        self.by_number = {row.number: row for row in self.grid.rows}

    @property
    def p(self) -> str:
        """The prefix of the sheet's elements."""
        return self.part.prefix().decode()

    def child(self, name: str) -> Element | None:
        """The first element called so right below the root."""
        return next((one for one in self.children if one.name == name), None)

    def all(self, name: str) -> list[Element]:
        """Every element called so right below the root."""
        return [one for one in self.children if one.name == name]

    def related(self, kind: str) -> list[str]:
        """The parts of a kind that the sheet refers to."""
        return [one.target for one in self.relations if one.kind == kind and one.target]

    def insert(self, name: str, what: bytes) -> None:
        """Put a new element where the schema wants it."""
        before = last_before(self.children, ORDER, name)
        self.part.insert(before.end if before else self.root.inner, what)

    def put(self, number: int, cells: dict[int, bytes], height: bytes | None = None) -> None:
        """Put cells into a row, which is made where it is not there."""
        row = self.by_number.get(number)
        if row is None:
            self.grid.add(number, b"".join(cells[column] for column in sorted(cells)), height)
        else:
            self.grid.put(row, cells, height)

    def text(self, number: int, column: int) -> str:
        """What a cell shows."""
        return self.texts(number, lambda one: one == column).get(column, "")

    def texts(self, number: int, wanted: Callable[[int], bool]) -> dict[int, str]:
        """What the wanted cells of a row show, by column."""
        row = self.by_number.get(number)
        return {
            column: self.strings.of(self.part.data[start:end])
            for column, start, end in (self.grid.cells(row) if row else ())
            if wanted(column)
        }

    def merged(self) -> list[Element]:
        """The merged areas."""
        element = self.child("mergeCells")
        return self.part.children(element) if element else []
