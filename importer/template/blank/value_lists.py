"""The values of drop-downs: short lists within the formula, long ones in a column of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.template.blank.fields import Field

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 255
"""Characters that Excel allows for a list within the formula of a drop-down."""


class ValueLists:
    """Long lists of values, each in a column of `sheet`, from `column` (1-based) on."""

    def __init__(self, sheet: Worksheet, column: int) -> None:
        self._sheet = sheet
        self._column = column
        self._formulas: dict[tuple[str, ...], str] = {}

    def formula(self, field: Field) -> str:
        """Return the formula of a drop-down: `"a,b,c"`, or the range that holds its values."""
        words = field.choice.words
        joined = ",".join(words)
        if len(joined) <= LONGEST and not any(set(word) & {",", '"'} for word in words):
            return f'"{joined}"'
        if words not in self._formulas:
            self._formulas[words] = self._put(field.rule.heading, words)
        return self._formulas[words]

    def _put(self, heading: str, words: tuple[str, ...]) -> str:
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        self._sheet.cell(1, self._column, f"Values for {heading}").font = Font("Calibri", bold=True)
        for row, word in enumerate(words, start=2):
            cell = self._sheet.cell(row, self._column, word)
            cell.data_type = "s"
        letter = get_column_letter(self._column)
        self._sheet.column_dimensions[letter].width = 28
        self._column += 1
        return f"='{self._sheet.title}'!${letter}$2:${letter}${len(words) + 1}"
