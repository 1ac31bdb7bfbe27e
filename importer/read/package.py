"""Safety checks of a workbook's zip archive, and where its sheets are in it.

Only the central directory and the first bytes of each XML part are read before the limits hold.
What a directory says of a part is checked too, before the workbook parser believes it.
"""

from __future__ import annotations

import copy
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING

from msgspec import Struct, field

from importer.read.unreadable import COPY_AGAIN, protected, refusal
from importer.read.xlsb import sheet_relations
from importer.spreadsheet import MAX_PARTS, part_name, workbook_format

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import IO
    from xml.etree.ElementTree import Element

MAX_SIZE = 1 << 30
MAX_TREE = 16 << 20
"""Bytes of a part that is read as a whole; the styles of a full Excel workbook have fewer."""
MAX_RATIO = 200
RATIO_FROM = 1 << 20
PROLOG = 1 << 16
ENCRYPTED = 0x1
MACROS = b"macroEnabled"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
SAVE_AS = "Open it in the program that made it and save it as an Excel workbook (.xlsx)"
SPLIT = "Divide it into smaller workbooks, or save the sheet as CSV"
OTHER_DOCUMENTS = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "index/document.iwa": "an Apple Numbers, Pages or Keynote document",
}
SMALL = frozenset({"", "_rels", "meta-inf", "xl", "xl/_rels"})
COUNTED = frozenset({"content.xml", "sharedstrings.xml", "sharedstrings.bin", "vbaproject.bin"})
"""The folders of small parts, and what stands in them besides: read by our scan, or not at all."""
ROOT_ELEMENT = re.compile(rb"<[^!?\s]")


class Package(Struct, frozen=True):
    """A checked workbook file; `parts` maps sheet names to part names, empty for .ods and .xls."""

    path: Path
    format: str
    parts: Mapping[str, str] = field(default_factory=dict)


def open_package(path: Path) -> Package:
    """Check the archive and find its sheets. Raises UnreadableInput, BadZipFile, ParseError."""
    with zipfile.ZipFile(path) as archive:
        check_sizes(path, archive.infolist())
        format_ = package_format(path, archive)
        check_prologs(path, archive)
        parts = {} if format_ == "ods" else sheet_parts(archive, format_)
        if len(parts) > MAX_PARTS:
            raise refusal(path, f"{len(parts):,} sheets, at most {MAX_PARTS:,} are read", SPLIT)
        check_small_parts(archive)
    return Package(path, format_, parts)


def open_part(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Open a part, which raises BadZipFile at its end where it holds more than it says.

    `zipfile` stops where the directory says that a part ends, the workbook parser where it ends:
    so a byte more is asked for than there is.
    """
    info = copy.copy(archive.getinfo(name))
    info.file_size += 1
    return archive.open(info)


def whole_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part that is small in any workbook. Raises BadZipFile where it is not."""
    with open_part(archive, name) as stream:
        content = stream.read(MAX_TREE + 1)
    if len(content) > MAX_TREE:
        raise zipfile.BadZipFile(f"{name} has more than {MAX_TREE:,} bytes")
    return content


def check_small_parts(archive: zipfile.ZipFile) -> None:
    """Read the parts that the workbook parser reads when it opens a file, but for the texts.

    Raises BadZipFile where one is too large or holds more than it says.
    """
    for name in archive.namelist():
        folder, _, file = part_name(name).rpartition("/")
        if folder in SMALL and file not in COUNTED:
            whole_part(archive, name)


def check_sizes(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive that is encrypted, ambiguous, or unpacks to more than the limits."""
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise protected(path)
    if len({part_name(part.filename) for part in parts}) < len(parts):
        raise refusal(path, "two parts of the workbook have the same name", COPY_AGAIN)
    if len(parts) > MAX_PARTS:
        raise refusal(path, f"{len(parts):,} parts inside, at most {MAX_PARTS:,} are read", SPLIT)
    size = sum(part.file_size for part in parts)
    if size > MAX_SIZE:
        raise refusal(path, f"unpacks to {size:,} bytes, at most {MAX_SIZE:,} are read", SPLIT)
    if sum(part.compress_size for part in parts) > path.stat().st_size:
        raise refusal(path, "its parts overlap, as in a file made to do harm", SAVE_AS)
    for part in parts:
        check_ratio(path, part)


def check_ratio(path: Path, part: zipfile.ZipInfo) -> None:
    """Refuse a part that is packed far more tightly than any real sheet (about 15 to 1)."""
    if part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * part.compress_size:
        ratio = part.file_size // max(part.compress_size, 1)
        seen = f"{part.filename} is packed {ratio:,} to 1, as in a file made to do harm"
        raise refusal(path, seen, SAVE_AS)


def package_format(path: Path, archive: zipfile.ZipFile) -> str:
    """Return `xlsx`, `xlsm`, `xlsb` or `ods`. Raises UnreadableInput for another archive."""
    format_ = workbook_format(archive.namelist())
    if format_ == "xlsx":
        return "xlsm" if MACROS in content(archive, "[Content_Types].xml") else "xlsx"
    if format_ == "xlsb" or (
        format_ == "ods" and content(archive, "mimetype").startswith(ODS_TYPE)
    ):
        return format_
    names = set(map(part_name, archive.namelist()))
    for part, what in OTHER_DOCUMENTS.items():
        if part in names:
            raise refusal(path, f"is {what}, not a workbook", SAVE_AS)
    if format_ == "ods":
        raise refusal(path, "is an OpenDocument file, but not a spreadsheet", SAVE_AS)
    raise refusal(path, "is a zip archive without a workbook in it", "Unpack it first")


def content(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part's bytes, empty where the archive has no such part."""
    return whole_part(archive, name) if name in archive.namelist() else b""


def check_prologs(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse a DOCTYPE in any XML part: no spreadsheet program writes one."""
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels")) and part.file_size:
            with archive.open(part) as stream:
                # Without its zeros, UTF-16 markup reads like UTF-8.
                prolog = stream.read(PROLOG).replace(b"\0", b"")
            root = ROOT_ELEMENT.search(prolog)
            if b"<!DOCTYPE" in prolog[: root.start() if root else None] or not root:
                seen = f"{part.filename} has a DOCTYPE or no content, which no spreadsheet has"
                raise refusal(path, seen, SAVE_AS)


def sheet_parts(archive: zipfile.ZipFile, format_: str) -> dict[str, str]:
    """Return the name of each sheet's part by the sheet's name."""
    names = {part_name(name): name for name in archive.namelist()}
    main = names["xl/workbook.bin" if format_ == "xlsb" else "xl/workbook.xml"]
    relations = names.get(f"xl/_rels/{posixpath.basename(part_name(main))}.rels")
    targets = {
        entry.get("Id"): posixpath.normpath(posixpath.join("/xl", entry.get("Target", "")))
        for entry in (xml_root(archive, relations) if relations else ())
    }
    listed = sheet_relations if format_ == "xlsb" else listed_sheets
    sheets = listed(whole_part(archive, main)).items()
    found = {sheet: part_name(targets.get(identity, "")) for sheet, identity in sheets}
    return {sheet: names[target] for sheet, target in found.items() if target in names}


def listed_sheets(workbook_xml: bytes) -> dict[str, str]:
    """Return the id of the relationship to each sheet's part, by the sheet's name."""
    sheets = parsed(workbook_xml).iterfind("{*}sheets/{*}sheet")
    return {sheet.get("name", ""): relation_id(sheet) for sheet in sheets}


def relation_id(sheet: Element) -> str:
    """Return the sheet's `r:id`, in either of the two namespaces."""
    return next((value for name, value in sheet.items() if name.endswith("}id")), "")


def xml_root(archive: zipfile.ZipFile, name: str) -> Element:
    """Return the root element of a part."""
    return parsed(whole_part(archive, name))


def parsed(xml: bytes) -> Element:
    """Return the root element. Raises ParseError, or ValueError for a DOCTYPE."""
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    root: Element = fromstring(xml, forbid_dtd=True)
    return root
