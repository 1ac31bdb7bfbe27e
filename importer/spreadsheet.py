"""What the file formats of spreadsheets have in common: first bytes, suffixes, limits, dialects."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
"""The size of a sheet (Microsoft, "Excel specifications and limits")."""

MAX_PARTS = 2_000
"""A workbook of more parts than these is not read, and no report makes one of more."""

MAX_TEXT = 1 << 29
"""Bytes of text that the cells of a workbook may have together; it is in memory as a whole."""

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
PATCHABLE_SUFFIXES = frozenset({".xlsx", ".xlsm"})
"""Workbooks that a report can be written into; the others are only read."""

TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".txt", ".dat", ""})
TAB_SUFFIXES = frozenset({".tsv", ".tab"})

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of .xlsx, .xlsm, .xlsb and .ods (zip archives) and of .xls (OLE)."""

MAIN_PARTS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}
"""The part that only a workbook of that format has."""

BOMS = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
"""Byte order mark -> encoding; UTF-32 first, since its mark begins with that of UTF-16."""


ENCODINGS = {"ansi": "cp1252", "mac": "mac-roman", "dos": "cp850", "excel": "cp1252"}
DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}
"""What people call an encoding or a delimiter, besides its own name."""


NOT_IN_FILES = frozenset({
    "idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7",
})  # fmt: skip
NO_QUOTE = "none"
NO_DELIMITERS = frozenset("\"'\r\n\0")


class TextForm(Struct, frozen=True):
    """What is known of a text file beforehand; empty: unknown.

    It is a Python codec, a delimiter and the sign around cells that hold one (`none`: no sign).
    """

    encoding: str = ""
    delimiter: str = ""
    quote: str = ""


class Dialect(Struct, frozen=True):
    """How a text file is written: all that is needed to append to it in the same way.

    `encoding` is a Python codec that writes no byte order mark; `bom` says that the file has one.
    `quotechar` is empty where the file quotes nothing. `line_ending` is the one that most records
    end with, `final_newline` whether the last record has one. `spaced` says that blanks may stand
    between a delimiter and an opening quote.
    """

    encoding: str
    bom: bool
    delimiter: str
    quotechar: str
    line_ending: str
    final_newline: bool
    spaced: bool = False


class MergedRange(NamedTuple):
    """Cells merged into one, which has the value of the first; rows and columns count from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


def codec_of(name: str) -> str:
    """Return the Python codec of an encoding, empty where there is none for text."""
    try:
        found = codecs.lookup(ENCODINGS.get(name.strip().lower(), name.strip()))
        sample = found.encode("a")[0]
    except (LookupError, ValueError, TypeError, AttributeError):
        return ""
    is_text = getattr(found, "_is_text_encoding", True) and isinstance(sample, bytes)
    known = found.name.removesuffix("-sig")
    return "" if not is_text or known in NOT_IN_FILES else known


def delimiter_of(word: str) -> str:
    """Return the delimiter that a word names, empty where it names none."""
    delimiter = DELIMITERS.get(word.strip().lower(), word)
    return delimiter if len(delimiter) == 1 and delimiter not in NO_DELIMITERS else ""


def quote_of(word: str) -> str | None:
    """Return the sign around cells that a word names, "" for none; None where it names nothing."""
    if word.strip().lower() == NO_QUOTE:
        return ""
    fits = len(word) == 1 and not word.isalnum() and not word.isspace() and word != "\0"
    return word if fits else None


def without_blanks(text: str, delimiter: str) -> str:
    """Return a text without the blanks and tabs between a delimiter and an opening quote."""
    start = f'(^|{re.escape(delimiter)}){blanks(delimiter)}"'
    return re.sub(start, r'\1"', text, flags=re.MULTILINE)


def blanks(delimiter: str) -> str:
    """Return a pattern of the blanks that may stand before a quote: the delimiter is none."""
    signs = " \t".replace(delimiter, "")
    return f"[{signs}]*"


def byte_order_mark(start: bytes) -> tuple[bytes, str] | None:
    """Return the byte order mark that a file starts with and its encoding, or None."""
    return next((known for known in BOMS.items() if start.startswith(known[0])), None)


def part_name(name: str) -> str:
    """Return a part's name as it is compared: some programs write backslashes or capitals."""
    return name.replace("\\", "/").lstrip("/").lower()


def workbook_format(parts: Iterable[str]) -> str | None:
    """Return `xlsx`, `xlsb` or `ods` by the names in a zip archive, None for another archive.

    An .xlsm is an `xlsx` here: the two differ in their content type only.
    """
    names = set(map(part_name, parts))
    return next((format_ for part, format_ in MAIN_PARTS.items() if part in names), None)


@lru_cache(1 << 10)
def column_number(letters: str) -> int:
    """Return the number of a column (from 1): `C` -> 3."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
