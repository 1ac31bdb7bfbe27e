"""The Lists sheet of a blank workbook: values of drop-downs, and those that cells may have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from importer.template.blank.look import put
from importer.template.own_sheets import MARK

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 255
"""Characters that Excel allows for a list within the formula of a drop-down."""
FIRST_ROW = 3


class ValueLists:
    """Lists of values, each in a column of a hidden sheet that is made for the first one.

    Conditional formats reach other sheets by the names of ranges: every program takes these.
    """

    def __init__(self, book: Workbook, title: str, template: str) -> None:
        self._book = book
        self._title = title
        self._template = template
        self._ranges: dict[tuple[str, ...], str] = {}
        self._names: dict[str, str] = {}
        self._column = 0

    def formula(self, heading: str, words: tuple[str, ...]) -> str:
        """Return the formula of a drop-down: `"a,b,c"`, or the range that holds its values."""
        joined = ",".join(words)
        if len(joined) <= LONGEST and not any(set(word) & {",", '"'} for word in words):
            return f'"{joined}"'
        return self.range(heading, words)

    def range(self, heading: str, words: Sequence[str]) -> str:
        """Return the range that holds some values: `'Lists'!$A$3:$A$9`."""
        key = tuple(words)
        if key not in self._ranges:
            self._ranges[key] = self._put(heading, key)
        return self._ranges[key]

    def name(self, place: str) -> str:
        """Return the name of a range of the workbook, which it has from now on."""
        from openpyxl.workbook.defined_name import DefinedName

        if place not in self._names:
            name = f"importer_list_{len(self._names) + 1}"
            self._book.defined_names[name] = DefinedName(name, attr_text=place)
            self._names[place] = name
        return self._names[place]

    def growing(self, heading: str, words: tuple[str, ...], place: str, most: int) -> str:
        """Return the formula of a drop-down of some values and what stands in a range by then."""
        first = place.partition(":")[0]
        filled = f"COUNTA({place})"
        if not words:
            return f"OFFSET({first},0,0,MAX(1,{filled}),1)"
        sheet, _, letter = first.rpartition("!")
        column = letter.split("$")[1]
        start = int(letter.rpartition("$")[2])
        cells = (f"{sheet}!${column}${row}" for row in range(start, start + most))
        formulas = [f'=IF({cell}="","",{cell})' for cell in cells]
        begin = self._put(heading, words, formulas).partition(":")[0]
        return f"OFFSET({begin},0,0,{len(words)}+MIN({most},{filled}),1)"

    def _put(self, heading: str, words: Sequence[str], formulas: Sequence[str] = ()) -> str:
        """Write a list into the next column, texts as texts, and return its range."""
        from openpyxl.utils import get_column_letter

        sheet = self._sheet()
        self._column += 1
        put(sheet, 2, self._column, heading)
        for row, word in enumerate(words, FIRST_ROW):
            put(sheet, row, self._column, word)
        for row, formula in enumerate(formulas, FIRST_ROW + len(words)):
            sheet.cell(row, self._column, formula)
        letter = get_column_letter(self._column)
        sheet.column_dimensions[letter].width = 28
        last = FIRST_ROW + max(len(words), 1) - 1
        return f"'{self._title}'!${letter}${FIRST_ROW}:${letter}${last}"

    def _sheet(self) -> Worksheet:
        if self._title not in self._book.sheetnames:
            sheet = self._book.create_sheet(self._title)
            sheet.sheet_state = "hidden"
            sheet["A1"] = f"{MARK}{self._template}"
        found: Worksheet = self._book[self._title]
        return found
