"""Pieces of .ods, .xlsb and .xls files in, files on disk out: no library writes these for us."""

import struct
import zipfile

from tests.read.build import PACKAGE, pack

ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def ods(path, *tables):
    """An .ods whose sheets T1, T2, ... have these rows' XML."""
    listed = "".join(
        f'<table:table table:name="T{number}">{rows}</table:table>'
        for number, rows in enumerate(tables, 1)
    )
    content = (
        f"<office:document-content {SPACES} {CALC}><office:body><office:spreadsheet>{listed}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{ODS}"/></m:manifest>'
    )
    return pack(path, {"mimetype": ODS, "META-INF/manifest.xml": manifest, "content.xml": content})


def record(kind, payload=b""):
    """A record of an .xlsb part; lengths below 128 only."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(payload)]) + payload


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_row(row, *cells, hidden=False):
    """`cells` are (column from 0, record type, payload after the style)."""
    header = struct.pack("<IIHBBB", row - 1, 0, 300, 0, 0x10 * hidden, 0) + struct.pack("<I", 0)
    return record(0, header) + b"".join(
        record(kind, struct.pack("<II", column, 0) + payload) for column, kind, payload in cells
    )


def xlsb(path, rows):
    """An .xlsb with one sheet B of these rows."""
    extent = struct.pack("<IIII", 0, 0, 0, 0)
    sheet = record(129) + record(148, extent) + record(145) + rows + record(146) + record(130)
    listed = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("B"))
    contents = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "xl/workbook.bin": record(131) + record(143) + listed + record(144) + record(132),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        '<Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/worksheets/sheet1.bin": sheet,
    }
    return pack(path, contents, zipfile.ZIP_STORED)


def xls(path, cells):
    """An .xls with one sheet X; `cells` are (row, column, number), from 0."""
    start = biff(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    bound = biff(0x85, struct.pack("<IBBBB", len(start) + 16, 0, 0, 1, 0) + b"X")
    numbers = (biff(0x203, struct.pack("<HHHd", *at, 0, value)) for *at, value in cells)
    sheet = biff(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0)) + b"".join(numbers)
    assert len(bound) + len(biff(0xA)) == 17
    stream = start + bound.replace(bound[4:8], struct.pack("<I", len(start) + 17), 1)
    path.write_bytes(compound_file(stream + biff(0xA) + sheet + biff(0xA)))
    return path


def biff(kind, payload=b""):
    return struct.pack("<HH", kind, len(payload)) + payload


def compound_file(stream, name="Workbook"):
    """One stream in the wrapper of old Office files: allocation table, directory, stream."""
    free, end, special = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    size = max(4096, -(-len(stream) // 512) * 512)
    sectors = size // 512
    table = [special, end, *range(3, 2 + sectors), end]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    directory = entry("Root Entry", 5, end, 0, child=1) + entry(name, 2, 2, size)
    return (
        header
        + struct.pack("<128I", *table, *[free] * (128 - len(table)))
        + directory.ljust(512, b"\0")
        + stream.ljust(size, b"\0")
    )


def entry(name, kind, start, size, child=0xFFFFFFFF):
    text = name.encode("utf-16-le") + b"\0\0"
    none = 0xFFFFFFFF
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, none, none, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
