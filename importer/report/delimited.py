"""A CSV or TSV file and what its report says in, the same bytes with three more fields out."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from importer.formula_text import STARTS
from importer.report.content import HEADINGS, ID, MESSAGE, STATUS, Line
from importer.report.records import Grammar, Record, grammar_of, records, split
from importer.report.wording import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from importer.model import SheetLayout
    from importer.report.content import Content

_HARMLESS = re.compile("(?:[A-Za-z0-9][A-Za-z0-9_-]{0,99})?")
"""Statuses, ids and nothing at all: most of what is written needs no second look."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where our three fields stand (0-based), and whether the file quotes all its fields."""

    header_row: int
    at: Mapping[str, int]
    quote_all: bool


def write(content: Content, out: BinaryIO) -> None:
    """Write the report of a text file to `out`, record by record; memory does not grow with it."""
    with content.source.open("rb") as source:
        if not content.layouts:
            return shutil.copyfileobj(source, out)
        grammar, layout = grammar_of(source, content.dialect), content.layouts[0]
        columns = _columns(records(source, grammar), layout, grammar)
        out.write(grammar.bom)
        text = io.TextIOWrapper(out, grammar.lens, grammar.errors, newline="")
        text.writelines(_written(records(source, grammar), content.lines(layout), columns, grammar))
        text.detach()
    return None


def _columns(table: Iterable[Record], layout: SheetLayout, grammar: Grammar) -> Columns:
    """Look through the file once: our headings where they are, else right of its widest record."""
    width, header = max(layout.width, 1), ""
    for row, record in enumerate(table, 1):
        if row >= layout.header_row:
            width = max(width, record.width)
        if row == layout.header_row:
            header = record.raw
    at: dict[str, int] = {}
    for index, raw in enumerate(split(header, grammar)):
        if (name := _bare(raw, grammar)) in HEADINGS:
            at.setdefault(name, index)
    missing = (name for name in HEADINGS if name not in at)
    at |= {name: width + index for index, name in enumerate(missing)}
    return Columns(layout.header_row, at, _quotes_all(header, grammar))


def _bare(raw: str, grammar: Grammar) -> str:
    return raw.strip().strip(grammar.quote or None).strip().casefold()


def _quotes_all(header: str, grammar: Grammar) -> bool:
    fields = [field for field in split(header, grammar) if field]
    quoted = (field.startswith(grammar.quote) for field in fields)
    return bool(grammar.quote and fields) and all(quoted)


def _written(
    table: Iterable[Record], lines: Iterator[Line], columns: Columns, grammar: Grammar
) -> Iterator[str]:
    upcoming = next(lines, None)
    for row, record in enumerate(table, 1):
        while upcoming and upcoming.row < row:
            upcoming = next(lines, None)
        line = upcoming if upcoming and upcoming.row == row else None
        values = _values(row, record, line, columns)
        yield _placed(record, values, columns, grammar) + record.end


def _values(row: int, record: Record, line: Line | None, columns: Columns) -> dict[str, str]:
    """What our fields say on this row; none on title rows and blank ones."""
    if row == columns.header_row:
        return {name: name for name in HEADINGS}
    if row < columns.header_row or not (line or record.raw.strip()):
        return {}
    line = line or Line(row, "", "", "")
    values = {STATUS: line.status, MESSAGE: line.message, ID: line.id}
    if not values[ID] and columns.at[ID] < record.width:
        del values[ID]
    return values


def _placed(record: Record, values: dict[str, str], columns: Columns, grammar: Grammar) -> str:
    """The record's raw text with our fields in it; short records are filled up first."""
    fields = {columns.at[name]: _field(text, columns, grammar) for name, text in values.items()}
    raw, width = record.raw, max(record.width, 1)
    if any(index < width for index in fields):
        old = split(raw, grammar)
        raw = grammar.delimiter.join(fields.pop(i, field) for i, field in enumerate(old))
    for index in sorted(fields):
        raw += grammar.delimiter * (index + 1 - width) + fields[index]
        width = index + 1
    return raw


def _field(text: str, columns: Columns, grammar: Grammar) -> str:
    """New text as one raw field: on one line, harmless as a formula, quoted where it must be."""
    if not _HARMLESS.fullmatch(text):
        text = re.sub(r"(?<![.!?])\n+", "; ", clean(text)).replace("\n", " ")
        text = grammar.encoded(shorten(f"'{text}" if text.startswith(STARTS) else text))
    if not grammar.quote:
        return text.replace(grammar.delimiter, " ")
    if columns.quote_all or grammar.delimiter in text or grammar.quote in text:
        return f"{grammar.quote}{text.replace(grammar.quote, 2 * grammar.quote)}{grammar.quote}"
    return text
