"""Detection of a text file's dialect: its delimiter and its line endings.

Each delimiter is tried on the file's first records. The right delimiter splits all of them into
the same number of fields; a wrong one does not split the headings, or splits the rows unevenly.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Literal, TypedDict

from importer.read.encoding_names import name_of
from importer.read.unreadable import refusal
from importer.spreadsheet import (
    TAB_SUFFIXES,
    Dialect,
    TextForm,
    delimiter_of,
    quote_of,
    without_blanks,
)

if TYPE_CHECKING:
    from pathlib import Path

    from importer.read.encoding import TextFile

SAMPLE = 1 << 16
DELIMITERS = {"\t": "tab", ";": "semicolon", "|": "pipe", ",": "comma"}
LINE_ENDINGS = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}
LINE_END = re.compile(r"\r\n|\n|\r")
QUOTED = re.compile(r'"[^"]*"')
DECLARED = re.compile(r'"?sep=(.)"?[\r\n]', re.IGNORECASE)
QUOTE = '"'
GUESSED = TextForm()


class Quoting(TypedDict, total=False):
    """What the csv module takes of the sign around cells."""

    quotechar: str
    quoting: Literal[3]


def find_dialect(path: Path, text: TextFile, form: TextForm = GUESSED) -> Dialect:
    """Return the file's dialect; what its form does not say is guessed."""
    with path.open("rb") as stream:
        stream.seek(text.bom)
        raw = stream.read(SAMPLE)
        whole = not stream.read(1)
    sample = raw.decode(text.encoding, errors="ignore")
    quote = named_quote(path, form.quote) if form.quote else QUOTE
    if form.delimiter:
        delimiter = named_delimiter(path, form.delimiter)
    elif declared := DECLARED.match(sample):
        delimiter = declared[1]
    else:
        delimiter = best_delimiter(sample, path, quote, whole=whole)
    if delimiter == quote:
        raise refusal(path, f"`{quote}` cannot be delimiter and quote", "Name another for one")
    ending, final = line_ending(sample), ends_with_newline(path, text)
    spaced = text.traits.spaced and quote == QUOTE
    return Dialect(text.encoding, bool(text.bom), delimiter, quote, ending, final, spaced)


def named_delimiter(path: Path, named: str) -> str:
    """Return the delimiter that was named. Raises UnreadableInput where it can be none."""
    if delimiter := delimiter_of(named):
        return delimiter
    raise refusal(path, f"`{named}` is no delimiter", "Name one character, such as ; or tab")


def named_quote(path: Path, named: str) -> str:
    """Return the sign around cells that was named. Raises UnreadableInput where it can be none."""
    if (quote := quote_of(named)) is not None:
        return quote
    raise refusal(path, f"`{named}` is no quote", "Name one sign, such as ', or none")


def best_delimiter(sample: str, path: Path, quote: str = QUOTE, *, whole: bool) -> str:
    """Return the delimiter that splits the records most evenly, else the usual for the suffix."""
    scores = {one: evenness(sample, one, quote, whole=whole) for one in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    if scores[best] > (0, 0, 0):
        return best
    return "\t" if path.suffix.lower() in TAB_SUFFIXES else ","


def evenness(
    sample: str, delimiter: str, quote: str = QUOTE, *, whole: bool
) -> tuple[float, float, int]:
    """Return how well the delimiter fits, as a tuple to compare.

    It holds the share of records with the commonest number of fields (of two or more), then the
    share of fields that do not begin with a blank (as after a comma in prose), then the number of
    fields.
    """
    read = sample_records(sample, delimiter, quote, whole=whole)
    records = [record for record in read if record]
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths:
        return (0, 0, 0)
    width, even = widths.most_common(1)[0]
    fields = [field for record in records for field in record[1:]]
    tight = sum(not field.startswith(" ") for field in fields)
    return (even / len(records), tight / len(fields), width)


def sample_records(
    sample: str, delimiter: str, quote: str = QUOTE, *, whole: bool
) -> list[list[str]]:
    """Return the sample's records under the delimiter, without a last one that may be cut off."""
    spaced = quote == QUOTE and (' "' in sample or '\t"' in sample)
    text = without_blanks(sample, delimiter) if spaced else sample
    lines = io.StringIO(text, newline="")
    records = list(csv.reader(lines, delimiter=delimiter, **quoting(quote)))
    return records if whole or len(records) < 2 else records[:-1]


def quoting(quote: str) -> Quoting:
    """Return how the csv module is told of the sign around cells, "" for none."""
    return {"quotechar": quote} if quote else {"quoting": csv.QUOTE_NONE}


def line_ending(sample: str) -> str:
    """Return the commonest line ending outside quotation marks."""
    found = Counter(LINE_END.findall(QUOTED.sub("", sample)))
    return found.most_common(1)[0][0] if found else "\n"


def ends_with_newline(path: Path, text: TextFile) -> bool:
    """Return whether the file's last record has a line ending."""
    with path.open("rb") as stream:
        stream.seek(max(text.bom, path.stat().st_size - 4))
        return stream.read().decode(text.encoding, errors="ignore").endswith(("\n", "\r"))


def in_words(dialect: Dialect) -> str:
    """Describe a dialect: `UTF-8 with BOM, semicolon, CRLF`."""
    encoding = name_of(dialect.encoding)
    mark = " with BOM" if dialect.bom else ""
    delimiter = DELIMITERS.get(dialect.delimiter, repr(dialect.delimiter))
    quote = "" if dialect.quotechar == QUOTE else f", {dialect.quotechar or 'nothing'} as quote"
    return f"{encoding}{mark}, {delimiter}{quote}, {LINE_ENDINGS[dialect.line_ending]}"
