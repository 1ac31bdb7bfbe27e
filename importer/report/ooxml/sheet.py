"""One sheet of a package in, what stands in it and around it out: the room of all its patches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from importer.model import column_letter
from importer.report.ooxml.errors import Refused
from importer.report.ooxml.markup import Element, last_before
from importer.report.ooxml.package import Package, Relation
from importer.report.ooxml.sheet_part import Frame, Rewriting
from importer.report.ooxml.splicing import Splicing
from importer.report.ooxml.strings import Strings
from importer.report.ooxml.styles import Looks

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
    part: Frame
    title: str
    looks: Looks
    strings: Strings
    root: Element = field(init=False)
    children: list[Element] = field(init=False)
    data: Element = field(init=False)
    relations: list[Relation] = field(init=False)

    def __post_init__(self) -> None:
        self.root = self.part.root()
        self.children = self.part.children(self.root)
        data = self.child("sheetData")
        if self.root.name != "worksheet" or data is None:
            raise Refused(f"the sheet {self.title} has no cells")
        self.data = data
        self.relations = self.package.relations(self.part.name)

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

    def fill(self, rewriting: Rewriting, ours: Iterable[int], free: Iterable[int]) -> None:
        """Say what to put into the rows, which pass by when the sheet is written.

        Cells that are there may be put differently in columns that are ours, and in free ones
        where they hold nothing.
        """
        if self.data.empty:
            written = Splicing(self.part.name)
            rewriting([b""], written)
            self.part.append(self.data, written.taken())
        else:
            self.part.rewriting = rewriting
            self.part.ours = frozenset(column_letter(column).encode() for column in ours)
            self.part.free = frozenset(column_letter(column).encode() for column in free)

    def text(self, number: int, column: int) -> str:
        """What a cell shows."""
        cell = self.part.rows().found(number).get(column)
        return self.strings.of(cell) if cell else ""

    def texts(self, number: int) -> dict[int, str]:
        """What the cells of a row show, by column."""
        cells = self.part.rows().found(number)
        return {column: self.strings.of(cell) for column, cell in cells.items()}

    def merged(self) -> list[Element]:
        """The merged areas."""
        element = self.child("mergeCells")
        return self.part.children(element) if element else []
