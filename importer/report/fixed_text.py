"""What a person fixed in a text file: the same bytes but for the fields that are fixed.

The result is read once more beside the original: every other field has to be what it was.
"""

from __future__ import annotations

import csv
import io
import re
from contextlib import closing
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, BinaryIO

from importer.formula_text import escaped
from importer.report.cell_fix import CellFix, FixRefused
from importer.report.records import (
    FIELD_LIMIT,
    Grammar,
    Record,
    grammar_of,
    reader_of,
    records,
    split,
)
from importer.spreadsheet import blanks

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from importer.spreadsheet import Dialect

_DECLARATION = re.compile("sep=.?", re.IGNORECASE)


def write_fixes(
    source: BinaryIO, fixes: Sequence[CellFix], out: BinaryIO, dialect: Dialect | None
) -> None:
    """Write a text file with fixes, in order; memory does not grow with it. Raises FixRefused."""
    grammar = grammar_of(source, dialect)
    out.write(grammar.bom)
    with closing(records(source, grammar)) as table:
        pieces = _fixed(table, fixes, grammar)
        out.writelines(piece.encode(grammar.lens, grammar.errors) for piece in pieces)
    with closing(_read(source, grammar)) as before, closing(_read(out, grammar)) as after:
        _verify(before, after, fixes)


def _fixed(table: Iterable[Record], fixes: Sequence[CellFix], grammar: Grammar) -> Iterator[str]:
    """Yield the records with the fixes in them. Raises FixRefused for a row that is not there."""
    rows = ((row, [*some]) for row, some in groupby(fixes, key=lambda fix: fix.row))
    row, coming = next(rows, (0, []))
    last, quotes_all = 0, None
    for number, record in enumerate(table, 1):
        last = number
        if quotes_all is None and record.raw:
            quotes_all = _quotes_all(record, grammar)
        if number != row:
            yield record.raw + record.end
            continue
        yield _with(record, coming, grammar, quotes_all=bool(quotes_all)) + record.end
        row, coming = next(rows, (0, []))
    if coming:
        what = f"The file has no row {row:,}: it ends with row {last:,}."
        raise FixRefused(what, [fix.place for fix in coming])


def _quotes_all(record: Record, grammar: Grammar) -> bool:
    fields = [field for field in split(record.raw, grammar) if field]
    return bool(grammar.quote and fields) and all(f.startswith(grammar.quote) for f in fields)


def _with(record: Record, fixes: Sequence[CellFix], grammar: Grammar, *, quotes_all: bool) -> str:
    """Return a record's raw text with fixes; a short record is made longer for them."""
    if fixes[0].row == 1 and _DECLARATION.fullmatch(record.raw):
        what = "Row 1 of the file says how its cells are divided, and holds none."
        raise FixRefused(what, [fix.place for fix in fixes])
    fields = split(record.raw, grammar)
    for fix in fixes:
        known = fix.column <= len(fields)
        if not (known or fix.value):
            continue
        fields += [""] * (fix.column - len(fields))
        old = fields[fix.column - 1]
        quote = bool(grammar.quote) and (_is_quoted(old, grammar) if known else quotes_all)
        fields[fix.column - 1] = _before(old, grammar) + _field(fix, grammar, quote=quote)
    return grammar.delimiter.join(fields)


def _is_quoted(field: str, grammar: Grammar) -> bool:
    return field[len(_before(field, grammar)) :].startswith(grammar.quote)


def _before(field: str, grammar: Grammar) -> str:
    """Return the blanks that stand before a field's opening quote."""
    if not (grammar.spaced and grammar.quote):
        return ""
    match = re.match(f"({blanks(grammar.delimiter)}){re.escape(grammar.quote)}", field)
    return match[1] if match else ""


def _field(fix: CellFix, grammar: Grammar, *, quote: bool) -> str:
    """Return a value as a raw field. Raises FixRefused where the file cannot hold it."""
    value, mark = escaped(fix.value), grammar.quote
    special = next((sign for sign in (grammar.delimiter, "\n", mark) if sign and sign in value), "")
    if special and not mark:
        what = "a line break" if special == "\n" else f"`{special}`"
        seen = f"the new text of {fix.cell} has {what} in it, which divides its cells"
        what = f"The file puts no quotation marks around cells, and {seen}."
        raise FixRefused(what, [fix.place])
    raw = _encoded(value, fix, grammar)
    begins_blank = grammar.spaced and value[:1] in {" ", "\t"}
    if quote or (mark and (special or begins_blank)):
        return mark + raw.replace(mark, 2 * mark) + mark
    return raw


def _encoded(value: str, fix: CellFix, grammar: Grammar) -> str:
    """Return a text as the lens decodes it. Raises FixRefused for what the encoding cannot hold."""
    try:
        return value.encode(grammar.encoding).decode(grammar.lens)
    except UnicodeEncodeError as error:
        seen = f"`{value[error.start]}` in the new text of {fix.cell}"
        raise FixRefused(
            f"The file is written in {grammar.encoding}, which cannot hold {seen}. "
            "Save it as CSV UTF-8 first, or type other letters.",
            [fix.place],
        ) from None


def _verify(
    before: Iterable[list[str]], after: Iterable[list[str]], fixes: Sequence[CellFix]
) -> None:
    """Raise FixRefused unless the fixed file reads as the original with the fixes in it."""
    wanted = {(fix.row, fix.column): escaped(fix.value) for fix in fixes}
    rows = {fix.row for fix in fixes}
    for number, (one, other) in enumerate(zip_longest(before, after), 1):
        if one == other and number not in rows:
            continue
        cells = enumerate(zip_longest(one or (), other or (), fillvalue=""), 1)
        if number not in rows or any(
            new != wanted.get((number, column), old) for column, (old, new) in cells
        ):
            raise FixRefused(
                f"Row {number:,} of the file would not read as it should with the fixes in it. "
                "Fix the file in the program that wrote it.",
                [fix.place for fix in fixes if fix.row == number],
            )


def _read(stream: BinaryIO, grammar: Grammar) -> Generator[list[str]]:
    """Yield the records of a file in its own encoding."""
    csv.field_size_limit(FIELD_LIMIT)
    stream.seek(len(grammar.bom))
    text = io.TextIOWrapper(stream, grammar.encoding, "replace", newline="")
    try:
        yield from reader_of(text, grammar)
    finally:
        text.detach()
