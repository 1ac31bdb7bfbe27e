"""Opening of input files: recognises a file's format by its first bytes, whatever its name."""

from __future__ import annotations

import hashlib
import mmap
import stat
from typing import TYPE_CHECKING

from importer.read.frames import Frames
from importer.read.input import Input
from importer.read.unreadable import COPY_AGAIN, protected, refusal, workbook_errors
from importer.spreadsheet import (
    EMPTY_ZIP,
    OLE,
    TEXT_SUFFIXES,
    WORKBOOK_SUFFIXES,
    ZIP,
    TextForm,
)

if TYPE_CHECKING:
    from pathlib import Path

    from importer.errors import UnreadableInput
    from importer.read.frames import Readable

MAX_FILE = 512 << 20
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
WORKBOOK_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
SAVE_AS_XLSX = "Open it in Excel and save it as an Excel workbook (.xlsx)"
EXPORT_AGAIN = "Export the table as .xlsx or CSV"
FOREIGN = {
    b"%PDF": "is a PDF",
    b"\x89PNG": "is a picture (PNG)",
    b"\xff\xd8\xff": "is a picture (JPEG)",
    b"GIF8": "is a picture (GIF)",
    b"\x1f\x8b": "is compressed (gzip)",
    b"7z\xbc\xaf": "is a 7-Zip archive",
    b"Rar!": "is a RAR archive",
    b"SQLite format 3": "is an SQLite database",
    b"PAR1": "is a Parquet file",
}
MARKUP = {
    b"<!doctype html": "is a web page (HTML)",
    b"<html": "is a web page (HTML)",
    b"<table": "is a web page (HTML)",
    b"<?xml": "is an XML file",
    b"<workbook": "is an XML file",
    b"{\\rtf": "is a text document (RTF)",
}
GUESSED = TextForm()
SPREADSHEET_SUFFIXES = WORKBOOK_SUFFIXES | {".csv", ".tsv"}


def open_input(path: Readable, form: TextForm = GUESSED) -> Input:
    """Open a .xlsx, .xlsm, .xls, .xlsb, .ods, .csv or .tsv file; `form` is that of a text file.

    DataFrames may stand in its place.

    Raises UnreadableInput with a line for the steward: the file, what is wrong, the way out. The
    content of the sheets is read later, so `head`, `chunks` and `hidden_rows` may raise it too.
    """
    if isinstance(path, Frames):
        from importer.read.frame_input import open_frames

        return open_frames(path)
    start = first_bytes(path)
    if start.startswith((ZIP, EMPTY_ZIP)):
        return open_zip(path)
    if start.startswith(OLE):
        return open_ole(path)
    if seen := foreign_format(start):
        raise refusal(path, f"{seen}, {called(path)}", EXPORT_AGAIN)
    return open_text(path, form)


def first_bytes(path: Path) -> bytes:
    """Return the first bytes. Raises UnreadableInput for a missing, empty or too large file."""
    try:
        facts = path.stat()
        if stat.S_ISFIFO(facts.st_mode) or stat.S_ISSOCK(facts.st_mode):
            raise refusal(path, "is no file but a pipe", "Save it as a file first")
        with path.open("rb") as stream:
            start = stream.read(512)
    except OSError as problem:
        raise unopened(path, problem) from None
    if not start:
        raise refusal(path, "is empty (0 bytes)", COPY_AGAIN)
    if facts.st_size > MAX_FILE:
        seen = f"holds {facts.st_size:,} bytes, at most {MAX_FILE:,} are read"
        raise refusal(path, seen, "Divide it into several files")
    return start


def unopened(path: Path, problem: OSError) -> UnreadableInput:
    """Return the error for a file that the operating system did not open."""
    if isinstance(problem, FileNotFoundError):
        at = f"the path {path}" if len(path.parts) > 1 else "its name, and the folder you are in"
        return refusal(path, "there is no such file", f"Check {at}")
    if isinstance(problem, IsADirectoryError):
        return refusal(path, "is a folder", "Name the files in it, e.g. with *.csv")
    if isinstance(problem, PermissionError):
        return refusal(
            path, "may not be read", "Ask its owner for permission, or close it in Excel"
        )
    return refusal(path, f"cannot be read ({problem.strerror or problem})", COPY_AGAIN)


def foreign_format(start: bytes) -> str | None:
    """Describe a file that is no spreadsheet by its first bytes; None where they do not show it."""
    for magic, what in FOREIGN.items():
        if start.startswith(magic):
            return what
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((what for tag, what in MARKUP.items() if text.startswith(tag)), None)


def called(path: Path) -> str:
    """Return `though it is called .xls` for a spreadsheet's suffix, else `not a spreadsheet`."""
    spreadsheet = path.suffix.lower() in SPREADSHEET_SUFFIXES
    return f"though it is called {path.suffix}" if spreadsheet else "not a spreadsheet"


def open_zip(path: Path) -> Input:
    """Open a workbook in a zip archive: .xlsx, .xlsm, .xlsb, .ods."""
    from xml.etree.ElementTree import ParseError
    from zipfile import is_zipfile

    from importer.read.package import open_package
    from importer.read.workbook import Workbook

    if not is_zipfile(path):
        raise refusal(path, "is cut off: the end of the workbook is missing", COPY_AGAIN)
    try:
        with workbook_errors(path):
            package = open_package(path)
            sheets = Workbook(package).sheets()
    except (ParseError, ValueError, NotImplementedError, OSError) as problem:
        raise refusal(path, f"the workbook is damaged ({problem})", COPY_AGAIN) from problem
    return Input(path, package.format, sha256_of(path), None, sheets)


def open_ole(path: Path) -> Input:
    """Open an old .xls; refuse the OLE wrapper of a workbook with a password."""
    from importer.read.package import Package
    from importer.read.workbook import Workbook
    from importer.read.xls_formats import padded_formats

    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as file:
        if file.find(ENCRYPTED_STREAM) >= 0:
            raise protected(path)
        if all(file.find(name) < 0 for name in WORKBOOK_STREAMS):
            raise refusal(path, "is an old Office file, but not a workbook", SAVE_AS_XLSX)
        unseen = padded_formats(file)
    sheets = Workbook(Package(path, "xls"), unseen).sheets()
    return Input(path, "xls", sha256_of(path), None, sheets)


def open_text(path: Path, form: TextForm) -> Input:
    """Open a CSV or TSV file; what its form does not say is guessed."""
    from importer.read.csv_sheet import CsvSheet
    from importer.read.delimiter import find_dialect, in_words
    from importer.read.encoding import examine_text

    if path.suffix.lower() not in TEXT_SUFFIXES:
        seen = f"is plain text, {called(path)}"
        raise refusal(path, seen, "If it is a CSV file, give it the ending .csv; else save it anew")
    text = examine_text(path, form.encoding)
    dialect = find_dialect(path, text, form)
    format_ = "tsv" if dialect.delimiter == "\t" else "csv"
    sheet = CsvSheet(path, dialect, text)
    return Input(path, format_, text.sha256, in_words(dialect), (sheet,), dialect)


def sha256_of(path: Path) -> str:
    """Return the file's SHA-256 in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
