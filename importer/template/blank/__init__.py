"""A template in, the blank workbook that a person fills out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from importer.errors import UsageError
from importer.model import Cell
from importer.template.blank.fields import fields_of
from importer.template.model import Template

__all__ = ["sheet_name", "write_blank"]

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")


def write_blank(
    template: Template,
    out: Path,
    *,
    lists: Mapping[str, Sequence[str]] | None = None,
    rows: Mapping[str, Sequence[Mapping[str, Cell]]] | None = None,
) -> Path:
    """Write the blank workbook of a template: an Instructions sheet, then each sheet to fill.

    `lists` gives, by heading, values to offer there (the tags of the target, say), `rows` what
    stands on the sheets already, by sheet and heading. The file is the same whenever it is made.
    Raises UsageError where it cannot be written.
    """
    from openpyxl import Workbook

    from importer.template.blank.instructions import NAME, TABLE, fill_instructions
    from importer.template.blank.rows import fill_rows
    from importer.template.blank.sheet import fill_sheet
    from importer.template.blank.shelf import Shelf
    from importer.template.blank.timeless import save_timeless

    book = Workbook()
    front = book.worksheets[0]
    front.title = NAME
    shelf = Shelf(front, len(TABLE) + 2)
    sheets = {}
    for rule in template.sheets:
        name = sheet_name(rule.name)
        sheets[name] = fields_of(template, rule, lists or {})
        sheet = book.create_sheet(name)
        fill_sheet(sheet, sheets[name], shelf, header=rule.header)
        fill_rows(sheet, sheets[name], (rows or {}).get(rule.name, ()))
    fill_instructions(front, template, sheets)
    try:
        return save_timeless(book, out)
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror}).") from None


def sheet_name(name: str) -> str:
    """A name as a spreadsheet takes it: no sign that is not allowed, at most 31 characters."""
    return _NOT_IN_SHEET_NAMES.sub(" ", name)[:31].strip()
