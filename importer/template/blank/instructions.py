"""The Instructions sheet of a blank workbook: one page that says how to fill it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from importer.template.blank.cell_words import cell_words
from importer.template.blank.flags import Flag
from importer.template.blank.layout import Layout
from importer.template.blank.look import FACE, LINE, LINK, MUST, WHITE, heading_cell, put, set_paper
from importer.template.blank.wording import Wording
from importer.template.model import Template
from importer.template.own_sheets import FOLDED, MARK
from importer.template.shipped import shipped

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = {"A": 3, "B": 26, "C": 84}
MARK_COLUMN, NAME, TEXT = 1, 2, 3
LINE_HEIGHT = 16


class Page:
    """The sheet as it is written from top to bottom; `row` is the next one."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.row = 1

    def title(self, text: str) -> None:
        """Write the heading of a section, with a line of space above."""
        from openpyxl.styles import Border, Font, Side

        self.sheet.row_dimensions[self.row].height = 9
        self.row += 1
        for column in (MARK_COLUMN, NAME, TEXT):
            self.sheet.cell(self.row, column).border = Border(bottom=Side("thin", color=MUST))
        put(self.sheet, self.row, MARK_COLUMN, text).font = Font(FACE, 12, bold=True, color=MUST)
        self.sheet.row_dimensions[self.row].height = 20
        self.row += 1

    def wide(self, text: str, *, number: int = 0) -> None:
        """Write a text over both columns, after its number."""
        from openpyxl.styles import Alignment, Font

        if number:
            cell = self.sheet.cell(self.row, MARK_COLUMN, number)
            cell.font = Font(FACE, 11, bold=True, color=MUST)
            cell.alignment = Alignment("left", "top")
        self.sheet.merge_cells(f"B{self.row}:C{self.row}")
        self._text(NAME, text)
        self._end(len(text), WIDTHS["B"] + WIDTHS["C"])

    def pair(self, name: str, text: str) -> Cell | MergedCell:
        """Write a name and what is said of it; return the cell of the name."""
        found = self._text(NAME, name)
        self._text(TEXT, text)
        self._end(max(len(text), 3 * len(name)), WIDTHS["C"])
        return found

    def _text(self, column: int, text: str) -> Cell | MergedCell:
        from openpyxl.styles import Alignment, Border, Font, Side

        cell = put(self.sheet, self.row, column, text)
        cell.font = Font(FACE, 11)
        cell.alignment = Alignment("left", "top", wrap_text=True, indent=column - NAME)
        cell.border = Border(bottom=Side("hair", color=LINE))
        return cell

    def _end(self, length: int, width: int) -> None:
        lines = 1 + length // int(1.15 * width)
        self.sheet.row_dimensions[self.row].height = LINE_HEIGHT * lines
        self.row += 1


def fill_instructions(
    sheet: Worksheet, template: Template, layouts: Sequence[Layout], words: Wording
) -> None:
    """Fill in the Instructions sheet."""
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    page = Page(sheet)
    _head(page, template, words)
    page.title(words.phrase("how"))
    for number, line in enumerate(template.instructions, start=1):
        page.wide(words.text(line), number=number)
    _sheets(page, layouts, words)
    page.title(words.phrase("cells"))
    for name, text in cell_words(template, words):
        page.pair(name, text)
    _colours(page, layouts, words)
    page.title(words.phrase("next"))
    for number, (text, command) in enumerate(_steps(template, words), start=1):
        page.wide(f"{text}   {command}" if command else text, number=number)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = MUST
    set_paper(sheet, words.phrase("page"), upright=True, pages=1)


def _head(page: Page, template: Template, words: Wording) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    sheet = page.sheet
    texts = (
        (f"{MARK}{template.name}", Font(FACE, 10, color=WHITE), 18),
        (words.text(template.title), Font(FACE, 16, bold=True, color=WHITE), 44),
        (words.text(template.description), Font(FACE, 11, italic=True, color=WHITE), 34),
    )
    for row, (text, font, height) in enumerate(texts, start=1):
        sheet.merge_cells(f"A{row}:C{row}")
        cell = put(sheet, row, 1, text)
        cell.font = font
        cell.fill = PatternFill("solid", fgColor=MUST)
        cell.alignment = Alignment("left", "center", wrap_text=True, indent=1)
        sheet.row_dimensions[row].height = height
    page.row = 4


def _sheets(page: Page, layouts: Sequence[Layout], words: Wording) -> None:
    from openpyxl.styles import Font

    page.title(words.phrase("sheets"))
    for layout in layouts:
        must = ", ".join(field.heading for field in layout.placed if field.rule.required)
        link = page.pair(layout.title, words.phrase("needs", headings=must) if must else "")
        link.hyperlink = f"#'{layout.title}'!A1"
        link.font = Font(FACE, 11, bold=True, underline="single", color=LINK)


def _colours(page: Page, layouts: Sequence[Layout], words: Wording) -> None:
    from openpyxl.styles import Font, PatternFill

    page.title(words.phrase("colours"))
    for name in ("look_must", "look_may"):
        cell = page.pair(words.phrase(name), words.phrase(f"{name}_means"))
        heading_cell(cell, required=name == "look_must")
    if count := max((len(layout.folded) for layout in layouts), default=0):
        meaning = words.phrase("look_folded_means", sheet=words.phrase("columns"))
        page.pair(f"{FOLDED} {count}", meaning).font = Font(FACE, 11, bold=True, color=MUST)
    for flag in Flag:
        fill, text = flag.value
        cell = page.pair(words.phrase("look_cell"), words.phrase(flag.phrase))
        cell.fill = PatternFill("solid", fgColor=fill)
        cell.font = Font(FACE, 11, color=text)


def _steps(template: Template, words: Wording) -> Iterator[tuple[str, str]]:
    """Yield what to do next, each with its command."""
    ours = template.folder.parent == shipped("templates")
    named = "" if ours else f" --template {template.name}"
    yield words.phrase("next_save"), ""
    for name in ("check", "plan", "run"):
        command = f"importer {name} {words.phrase('file')}{named}"
        yield words.phrase(f"next_{name}"), command
