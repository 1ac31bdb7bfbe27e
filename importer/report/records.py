"""A delimited file's bytes in, its records as raw text out: not a byte is interpreted away.

The bytes are looked at through a codec that gives every one of them back: Latin-1, in which the
characters that matter (delimiter, quote, line end) look the same as in all encodings that extend
ASCII, or the file's own UTF-16 or UTF-32. The csv module decides where records and fields end, as
it does when the file is read, so record numbers agree.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Literal, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from importer.report.content import Dialect

FIELD_LIMIT = 2**31 - 1
SAMPLE = 65_536

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and what they say; UTF-32 first, as its mark begins with that of UTF-16."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """How to take one file apart and how to write into it; `quote` is empty where it has none."""

    encoding: str
    delimiter: str
    quote: str
    bom: bytes = b""

    @property
    def lens(self) -> str:
        """The codec through which its bytes are seen."""
        return self.encoding if self.encoding.startswith(("utf-16", "utf-32")) else "latin-1"

    @property
    def errors(self) -> str:
        """How the lens lets everything pass."""
        return "strict" if self.lens == "latin-1" else "surrogatepass"

    def encoded(self, text: str) -> str:
        """New text as it looks through the lens; `?` for what the file's encoding cannot hold."""
        return text.encode(self.encoding, "replace").decode(self.lens)


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its raw text, its raw line end, and how many fields the csv module sees in it."""

    raw: str
    end: str
    width: int


def grammar_of(stream: BinaryIO, dialect: Dialect | None) -> Grammar:
    """The file's grammar: from `dialect`, else found in its first bytes. Leaves the stream at 0."""
    sample = stream.read(SAMPLE)
    stream.seek(0)
    bom, encoding = next(((m, name) for m, name in BOMS if sample.startswith(m)), (b"", ""))
    if dialect:
        named = codecs.lookup(dialect.encoding).name.removesuffix("-sig")
        return Grammar(encoding or named, dialect.delimiter, dialect.quotechar or "", bom)
    encoding = encoding or _eight_bit(sample)
    return Grammar(encoding, _delimiter(sample[len(bom) :].decode(encoding, "replace")), '"', bom)


def records(stream: BinaryIO, grammar: Grammar) -> Iterator[Record]:
    """The records after the byte order mark, in order, one at a time."""
    csv.field_size_limit(FIELD_LIMIT)
    stream.seek(len(grammar.bom))
    text = io.TextIOWrapper(stream, grammar.lens, grammar.errors, newline="")
    lines = _Lines(text)
    try:
        for fields in _reader(lines, grammar):
            yield _record(lines.taken(), len(fields), grammar.quote if lines.ended else "")
    finally:
        text.detach()


def split(raw: str, grammar: Grammar) -> list[str]:
    """The raw fields of a record, quotes and all: joined by the delimiter they are `raw` again."""
    plain = f"[^{re.escape(grammar.delimiter)}]*"
    quote = re.escape(grammar.quote)
    quoted = f"{quote}[^{quote}]*(?:{quote}{quote}[^{quote}]*)*{quote}?" if quote else ""
    pattern = re.compile(f"{quoted}{plain}|{plain}" if quote else plain)
    fields, at = [], 0
    while True:
        field = pattern.match(raw, at)
        assert field  # noqa: S101 - the pattern matches nothing at least
        fields.append(field.group())
        at = field.end() + 1
        if at > len(raw):
            return fields


class _Lines:
    """The physical lines of a file, remembered until the record they make is complete."""

    def __init__(self, text: TextIO) -> None:
        self.ended = False
        self._text = text
        self._pulled: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self._pulled.append(line)
            yield line
        self.ended = True

    def taken(self) -> str:
        """What was pulled since the last call."""
        raw = "".join(self._pulled)
        self._pulled.clear()
        return raw


def _reader(lines: Iterable[str], grammar: Grammar) -> Iterator[list[str]]:
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if grammar.quote else csv.QUOTE_NONE
    quote = grammar.quote or '"'
    return csv.reader(lines, delimiter=grammar.delimiter, quotechar=quote, quoting=quoting)


def _record(raw: str, width: int, open_quote: str) -> Record:
    """A record is complete before the file ends, unless a quote was left open: that is closed."""
    if open_quote:
        return Record(raw + open_quote, "", width)
    content = raw.removesuffix("\n").removesuffix("\r")
    return Record(content, raw[len(content) :], width)


def _eight_bit(sample: bytes) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _delimiter(sample: str) -> str:
    if stated := re.match(r"sep=(.)[\r\n]", sample, re.IGNORECASE):
        return stated[1]
    unquoted = re.sub('"[^"]*"', "", sample)
    telling = next((line for line in unquoted.splitlines() if re.search("[,;\t|]", line)), "")
    return max(",;\t|", key=telling.count)
