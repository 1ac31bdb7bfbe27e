"""Writes the blank workbook of a template, which people fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from importer.errors import UsageError
from importer.model import Cell
from importer.template.blank.choices import OwnColumn
from importer.template.blank.wording import ENGLISH, Wording, languages, wording
from importer.template.model import Template

if TYPE_CHECKING:
    from openpyxl import Workbook

    from importer.template.blank.layout import Layout
    from importer.template.blank.value_lists import ValueLists

__all__ = ["OwnColumn", "languages", "sheet_name", "write_blank"]

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")

Lists = Mapping[str, Sequence[str]]
Rows = Mapping[str, Sequence[Mapping[str, Cell]]]
Own = Mapping[str, Sequence[OwnColumn]]


def write_blank(
    template: Template,
    out: Path,
    *,
    lists: Lists | None = None,
    rows: Rows | None = None,
    own: Own | None = None,
    language: str = ENGLISH,
) -> Path:
    """Write the blank workbook of a template: instructions, each sheet to fill, all its columns.

    `lists` are values to offer in drop-downs, by heading (the tags of the target, say); `rows` are
    rows to fill in, by sheet, each heading -> cell; `own` are further columns, by sheet, for fields
    that the target's users have defined. The file is the same whenever it is made.
    Return `out`. Raises UsageError where it cannot be written, or not in this language.
    """
    from openpyxl import Workbook

    from importer.template.blank.column_table import fill_columns
    from importer.template.blank.instructions import fill_instructions
    from importer.template.blank.reproducible import save_reproducible
    from importer.template.blank.value_lists import ValueLists

    words = wording(template, language)
    book = Workbook()
    front = book.worksheets[0]
    front.title = words.phrase("instructions")
    layouts = list(_layouts(template, words, lists or {}, rows or {}, own or {}))
    fill_instructions(front, template, layouts, words)
    value_lists = ValueLists(book, words.phrase("lists"), template.name)
    for layout in layouts:
        book.create_sheet(layout.title)
    for layout in layouts:
        _fill(book, template, layouts, layout, value_lists, words)
        _fill_rows(book, layout, rows or {})
    fill_columns(book.create_sheet(words.phrase("columns")), template, layouts, words)
    try:
        return save_reproducible(book, out)
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror}).") from None


def _layouts(
    template: Template, words: Wording, lists: Lists, rows: Rows, own: Own
) -> Iterator[Layout]:
    """Yield the sheets to fill; columns that hold something in `rows` are not folded away."""
    from importer.template.blank.fields import fields_of
    from importer.template.blank.layout import Layout

    for rule in template.sheets:
        mine = rows.get(rule.name, ())
        filled = {heading for row in mine for heading, cell in row.items() if cell != ""}
        fields = fields_of(
            template, rule, lists, own.get(rule.name, ()), words=words, filled=filled
        )
        yield Layout(rule, sheet_name(words.sheet(rule.name)), fields, len(mine))


def _fill(
    book: Workbook, template: Template, layouts: Sequence[Layout], layout: Layout,
    lists: ValueLists, words: Wording,
) -> None:  # fmt: skip
    from importer.template.blank.flags import add_flags
    from importer.template.blank.offers import offer_of
    from importer.template.blank.sheet import add_drop_down, fill_sheet

    sheet = book[layout.title]
    fill_sheet(sheet, layout, words)
    for field in layout.placed:
        if formula := offer_of(template, layouts, layout, field, lists):
            add_drop_down(sheet, layout, field, formula, words)
    add_flags(sheet, template, layouts, layout, lists)


def _fill_rows(book: Workbook, layout: Layout, rows: Rows) -> None:
    from importer.template.blank.rows import fill_rows

    fill_rows(book[layout.title], layout, rows.get(layout.rule.name, ()))


def sheet_name(name: str) -> str:
    """Return a valid name for a sheet: without the characters Excel forbids, 31 long at most."""
    return _NOT_IN_SHEET_NAMES.sub(" ", name)[:31].strip()
