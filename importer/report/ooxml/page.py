"""The XML of the Report sheet's worksheet part."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from importer.model import Place, column_letter
from importer.report.ooxml.cells import number_cell, text_cell
from importer.report.ooxml.markup import xml_attribute
from importer.report.ooxml.package import MAIN
from importer.report.ooxml.styles import StyleTable
from importer.report.report_sheet import WIDTHS, height_of
from importer.report.styles import LINK, PLAIN, WRAPPED, CellStyle, quoted
from importer.report.wording import clean, shorten

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


class XmlPage(Struct):
    """The page of the Report sheet; `titles` are the sheets that links may lead to."""

    styles: StyleTable
    titles: Mapping[str, str]
    row: int = 0
    repeated: int = 0
    """The row that is printed again at the top of every page below it."""
    _heights: list[float] = field(default_factory=list)
    _rows: list[dict[int, bytes]] = field(default_factory=list)
    _links: list[str] = field(default_factory=list)

    def line(self, *texts: str, style: CellStyle = PLAIN, first: CellStyle | None = None) -> None:
        """Write the next row; `first` is the style of its first cell."""
        self.row += 1
        self._heights.append(height_of(texts, style))
        self._rows.append({})
        for column, text in enumerate(texts, 1):
            self._put(column, text, first if first and column == 1 else style)

    def number(self, column: int, number: int) -> None:
        """Write a number into the last row."""
        style = self.styles.number(CellStyle(number=True))
        self._rows[-1][column] = number_cell("", self.row, column, number, style)

    def place(self, column: int, place: Place, text: str) -> None:
        """Write `text` into the last row, as a link to `place` if the workbook has its sheet."""
        title, texts = self.titles.get(place.sheet), [*[""] * (column - 1), text]
        self._heights[-1] = max(self._heights[-1], height_of(texts, WRAPPED))
        if title is not None:
            target = place.cell or f"A{max(place.row, 1)}"
            location = "'{}'!{}".format(title.replace("'", "''"), target)
            at = f"{column_letter(column)}{self.row}"
            self._links.append(f'<hyperlink ref="{at}" location="{xml_attribute(location)}"/>')
        self._put(column, text, LINK if title is not None else WRAPPED)

    def repeat(self) -> None:
        """Have the last row printed again at the top of every page below it."""
        self.repeated = self.row

    def _put(self, column: int, text: str, style: CellStyle) -> None:
        text = shorten(clean(text))
        number = self.styles.number(quoted(style, text))
        self._rows[-1][column] = text_cell("", self.row, column, text, number)

    def xml(self, *, selected: bool) -> bytes:
        """Return the worksheet part."""
        tab = ' tabSelected="1"' if selected else ""
        columns = "".join(
            f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
            for at, width in enumerate(WIDTHS, 1)
        )
        head = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView showGridLines="0"{tab} workbookViewId="0">'
            '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/>'
            '<selection pane="bottomLeft" activeCell="A3" sqref="A3"/></sheetView></sheetViews>'
            f"<cols>{columns}</cols><sheetData>"
        ).encode()
        links = f"<hyperlinks>{''.join(self._links)}</hyperlinks>" if self._links else ""
        tail = (
            f"</sheetData>{links}"
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" '
            'footer="0.3"/><pageSetup orientation="landscape" fitToHeight="0"/>'
            "<headerFooter><oddFooter>&amp;L&amp;F&amp;RPage &amp;P of &amp;N</oddFooter>"
            "</headerFooter></worksheet>"
        ).encode()
        return head + b"".join(map(self._row, range(len(self._rows)))) + tail

    def _row(self, place: int) -> bytes:
        height, cells = self._heights[place], self._rows[place]
        tag = f'<row r="{place + 1}" ht="{height:g}" customHeight="1">'.encode()
        return tag + b"".join(cells[column] for column in sorted(cells)) + b"</row>"
