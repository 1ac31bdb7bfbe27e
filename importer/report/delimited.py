"""The report in a CSV or TSV file: the same bytes, with three more fields on each record."""

from __future__ import annotations

import io
import re
import shutil
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct

from importer.formula_text import escaped_message
from importer.model import OWN_COLUMNS
from importer.report.content import ID, MESSAGE, STATUS, Line
from importer.report.records import Grammar, Record, grammar_of, records, split
from importer.report.wording import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from importer.model import SheetLayout
    from importer.report.content import Content

_HARMLESS = re.compile("(?:[A-Za-z0-9][A-Za-z0-9_-]{0,99})?")
"""Statuses, ids and empty texts: most fields need neither cleaning nor escaping."""


class Columns(Struct, frozen=True):
    """The positions of our three fields (from 0), and whether the file quotes all its fields."""

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
        lines = content.lines(layout)
        text.writelines(_records_with(lines, records(source, grammar), columns, grammar))
        text.detach()
    return None


def _columns(table: Iterable[Record], layout: SheetLayout, grammar: Grammar) -> Columns:
    """Read the file once to find our headings, or the first fields right of its widest record."""
    width, header = max(layout.width, 1), ""
    for row, record in enumerate(table, 1):
        if row >= layout.header_row:
            width = max(width, record.width)
        if row == layout.header_row:
            header = record.raw
    at: dict[str, int] = {}
    for index, raw in enumerate(split(header, grammar)):
        name = raw.strip().strip(grammar.quote or None).strip().casefold()
        if name in OWN_COLUMNS:
            at.setdefault(name, index)
    missing = (name for name in OWN_COLUMNS if name not in at)
    at |= {name: width + index for index, name in enumerate(missing)}
    return Columns(layout.header_row, at, _quotes_all(header, grammar))


def _quotes_all(header: str, grammar: Grammar) -> bool:
    fields = [field for field in split(header, grammar) if field]
    quoted = (field.startswith(grammar.quote) for field in fields)
    return bool(grammar.quote and fields) and all(quoted)


def _records_with(
    lines: Iterator[Line], table: Iterable[Record], columns: Columns, grammar: Grammar
) -> Iterator[str]:
    upcoming = next(lines, None)
    for row, record in enumerate(table, 1):
        while upcoming and upcoming.row < row:
            upcoming = next(lines, None)
        line = upcoming if upcoming and upcoming.row == row else None
        values = _values(row, record, line, columns)
        yield _record_with(values, record, columns, grammar) + record.end


def _values(row: int, record: Record, line: Line | None, columns: Columns) -> dict[str, str]:
    """Return the values of our fields on this row; none on title rows and blank rows."""
    if row == columns.header_row:
        return {name: name for name in OWN_COLUMNS}
    if row < columns.header_row or not (line or record.raw.strip()):
        return {}
    line = line or Line(row, "", "", "")
    values = {STATUS: line.status, MESSAGE: line.message, ID: line.id}
    if not values[ID] and columns.at[ID] < record.width:
        del values[ID]
    return values


def _record_with(values: dict[str, str], record: Record, columns: Columns, grammar: Grammar) -> str:
    """Return the record's raw text with our fields; a short record is padded first."""
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
    """Return a text of ours as a raw field: on one line, escaped, quoted if necessary."""
    if not _HARMLESS.fullmatch(text):
        text = re.sub(r"(?<![.!?])\n+", "; ", clean(text)).replace("\n", " ")
        text = grammar.encoded(shorten(escaped_message(text)))
    if not grammar.quote:
        return text.replace(grammar.delimiter, " ")
    if columns.quote_all or grammar.delimiter in text or grammar.quote in text:
        return f"{grammar.quote}{text.replace(grammar.quote, 2 * grammar.quote)}{grammar.quote}"
    return text
