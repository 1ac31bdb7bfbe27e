"""Writes the blank workbook of a template, which people fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from importer.errors import UsageError
from importer.model import Cell
from importer.template.blank.fields import OwnColumn, fields_of
from importer.template.model import Template

__all__ = ["OwnColumn", "sheet_name", "write_blank"]

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")


def write_blank(
    template: Template,
    out: Path,
    *,
    lists: Mapping[str, Sequence[str]] | None = None,
    rows: Mapping[str, Sequence[Mapping[str, Cell]]] | None = None,
    own: Mapping[str, Sequence[OwnColumn]] | None = None,
) -> Path:
    """Write the blank workbook of a template: an Instructions sheet, then each sheet to fill.

    `lists` are values to offer in drop-downs, by heading (the tags of the target, say); `rows` are
    rows to fill in, by sheet, each heading -> cell; `own` are further columns, by sheet, for fields
    that the target's users have defined. The file is the same whenever it is made.
    Return `out`. Raises UsageError where it cannot be written.
    """
    from openpyxl import Workbook

    from importer.template.blank.instructions import NAME, TABLE, fill_instructions
    from importer.template.blank.reproducible import save_reproducible
    from importer.template.blank.rows import fill_rows
    from importer.template.blank.sheet import fill_sheet
    from importer.template.blank.value_lists import ValueLists

    book = Workbook()
    front = book.worksheets[0]
    front.title = NAME
    value_lists = ValueLists(front, len(TABLE) + 2)
    sheets = {}
    for rule in template.sheets:
        name = sheet_name(rule.name)
        sheets[name] = fields_of(template, rule, lists or {}, (own or {}).get(rule.name, ()))
        sheet = book.create_sheet(name)
        fill_sheet(sheet, sheets[name], value_lists, header=rule.header)
        fill_rows(sheet, sheets[name], (rows or {}).get(rule.name, ()))
    fill_instructions(front, template, sheets)
    try:
        return save_reproducible(book, out)
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror}).") from None


def sheet_name(name: str) -> str:
    """Return a valid name for a sheet: without the characters Excel forbids, 31 long at most."""
    return _NOT_IN_SHEET_NAMES.sub(" ", name)[:31].strip()
