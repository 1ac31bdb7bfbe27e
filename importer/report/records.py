"""The records of a delimited text file as raw text, from which every byte can be restored.

The bytes are decoded with a codec that loses none of them: Latin-1, in which the characters that
matter (delimiter, quote, line ending) are the same as in all encodings that extend ASCII, or the
file's own UTF-16 or UTF-32. The csv module decides where records and fields end, as it does when
the file is read, so record numbers agree.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING, BinaryIO, Literal, TextIO

from msgspec import Struct

from importer.spreadsheet import blanks, byte_order_mark, without_blanks

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from importer.spreadsheet import Dialect

FIELD_LIMIT = 2**31 - 1
SAMPLE = 65_536


class Grammar(Struct, frozen=True):
    """How to split a file into fields and how to write fields; `quote` may be empty.

    `spaced` says that blanks may stand before a quote.
    """

    encoding: str
    delimiter: str
    quote: str
    bom: bytes = b""
    spaced: bool = False

    @property
    def lens(self) -> str:
        """The codec that decodes the file's bytes without loss."""
        return self.encoding if self.encoding.startswith(("utf-16", "utf-32")) else "latin-1"

    @property
    def errors(self) -> str:
        """The error handler with which the lens accepts all bytes."""
        return "strict" if self.lens == "latin-1" else "surrogatepass"

    def encoded(self, text: str) -> str:
        """Return new text as the lens decodes it, `?` for what the file's encoding cannot hold."""
        return text.encode(self.encoding, "replace").decode(self.lens)


class Record(Struct, frozen=True):
    """A record: its raw text, its raw line ending, and its number of fields by the csv module."""

    raw: str
    end: str
    width: int


def grammar_of(stream: BinaryIO, dialect: Dialect | None) -> Grammar:
    """Return the file's grammar by its dialect, or by its first bytes. Rewinds the stream."""
    sample = stream.read(SAMPLE)
    stream.seek(0)
    bom, encoding = byte_order_mark(sample) or (b"", "")
    if dialect:
        named = codecs.lookup(dialect.encoding).name.removesuffix("-sig")
        quote = dialect.quotechar or ""
        return Grammar(encoding or named, dialect.delimiter, quote, bom, dialect.spaced)
    encoding = encoding or _eight_bit(sample)
    return Grammar(encoding, _delimiter(sample[len(bom) :].decode(encoding, "replace")), '"', bom)


def records(stream: BinaryIO, grammar: Grammar) -> Generator[Record]:
    """Yield the records after the byte order mark, in order."""
    csv.field_size_limit(FIELD_LIMIT)
    stream.seek(len(grammar.bom))
    text = io.TextIOWrapper(stream, grammar.lens, grammar.errors, newline="")
    lines = _Lines(text)
    try:
        for fields in reader_of(lines, grammar):
            yield _record(lines.taken(), len(fields), grammar.quote if lines.ended else "")
    finally:
        text.detach()


def split(raw: str, grammar: Grammar) -> list[str]:
    """Return the raw fields of a record, with quotes; joined by the delimiter they are `raw`."""
    plain = f"[^{re.escape(grammar.delimiter)}]*"
    quote = re.escape(grammar.quote)
    before = blanks(grammar.delimiter) if grammar.spaced else ""
    quoted = f"{before}{quote}[^{quote}]*(?:{quote}{quote}[^{quote}]*)*{quote}?" if quote else ""
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
    """The physical lines of a file, buffered until the record they belong to is complete."""

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
        """Return the lines read since the last call."""
        raw = "".join(self._pulled)
        self._pulled.clear()
        return raw


def reader_of(lines: Iterable[str], grammar: Grammar) -> Iterator[list[str]]:
    """Return the records of lines as the csv module divides them."""
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if grammar.quote else csv.QUOTE_NONE
    quote = grammar.quote or '"'
    if grammar.spaced:
        lines = (without_blanks(line, grammar.delimiter) for line in lines)
    return csv.reader(
        lines,
        delimiter=grammar.delimiter,
        quotechar=quote,
        quoting=quoting,
        skipinitialspace=grammar.spaced,
    )


def _record(raw: str, width: int, open_quote: str) -> Record:
    """Return a record; a quote that is still open at the end of the file is closed."""
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
    first = next((line for line in unquoted.splitlines() if re.search("[,;\t|]", line)), "")
    return max(",;\t|", key=first.count)
