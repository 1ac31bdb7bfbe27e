"""Builders for the tests of reading: files with exactly the content a test needs.

No library writes .ods, .xlsb and .xls files for us, and a library would correct faulty .xlsx parts.
"""

import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from importer.errors import UnreadableInput
from importer.read import open_input

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="4"><numFmt numFmtId="164" formatCode="00000"/>'
    r'<numFmt numFmtId="165" formatCode="000\-00"/><numFmt numFmtId="166" formatCode="0.00"/>'
    '<numFmt numFmtId="167" formatCode="000&quot;-&quot;0"/></numFmts>'
    '<cellXfs count="7"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/>'
    '<xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs>'
    "</styleSheet>"
)
DATE, MOMENT, FIVE_ZEROS, DASHED, DECIMALS, QUOTED_DASH = 1, 2, 3, 4, 5, 6


ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def sheet_xml(rows, before="", after="", prefix=""):
    space = f'xmlns:{prefix[:-1]}="{MAIN}"' if prefix else f'xmlns="{MAIN}"'
    data = f"<{prefix}sheetData>{rows}</{prefix}sheetData>"
    return f"<{prefix}worksheet {space}>{before}{data}{after}</{prefix}worksheet>"


def parts(*sheets, states=(), workbook_type=WORKBOOK_TYPE, properties=""):
    """The parts of a workbook whose sheets S1, S2, ... have these whole XML texts."""
    numbers = range(1, len(sheets) + 1)
    states = dict(zip(numbers, states, strict=False))
    listed = "".join(
        f'<sheet name="S{n}" sheetId="{n}" state="{states.get(n, "visible")}" r:id="rId{n}"/>'
        for n in numbers
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override PartName='
        f'"/xl/workbook.xml" ContentType="{workbook_type}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId99" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    } | {f"xl/worksheets/sheet{n}.xml": xml for n, xml in zip(numbers, sheets, strict=True)}


def with_texts(path: Path, texts, *rows):
    """A workbook whose sheets have these rows' XML and share the texts of this XML."""
    contents = parts(*map(sheet_xml, rows))
    link = f'<Relationship Id="rId98" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    links = contents["xl/_rels/workbook.xml.rels"]
    end = "</Relationships>"
    contents["xl/_rels/workbook.xml.rels"] = links.replace(end, link + end)
    contents["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{texts}</sst>'
    return pack(path, contents)


def understated(path: Path, part, size=2_000):
    """The same workbook, whose directory says that a part has only so many bytes."""
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        true, start = archive.getinfo(part).file_size, archive.read(part)[:size]
    for header, at in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        place = content.find(header)
        while place >= 0:
            if struct.unpack_from("<I", content, place + at + 8)[0] == true:
                struct.pack_into("<I", content, place + at, zlib.crc32(start))
                struct.pack_into("<I", content, place + at + 8, size)
            place = content.find(header, place + 4)
    path.write_bytes(content)
    return path


def pack(path: Path, contents, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
    return path


def workbook(path: Path, rows, **more):
    """A workbook of one sheet with these rows' XML."""
    return pack(path, parts(sheet_xml(rows), **more))


def read(path, sheet=0):
    """All rows of a sheet, as its chunks give them."""
    return rows_of(open_input(path).sheets[sheet])


def rows_of(sheet, first_row=1, size=5000):
    """All rows from `first_row` on, each at its number; one that is blank or left out is []."""
    rows = []
    for chunk in sheet.chunks(first_row, size):
        left_out = chunk.first_row - first_row - len(rows)
        assert left_out >= 0
        assert len(chunk) == len(chunk.rows) <= size
        rows += [[]] * left_out + emptied(chunk.rows)
    return rows


def emptied(rows):
    """The rows, each that is blank without its cells."""
    return [row if any(cell != "" for cell in row) else [] for row in rows]


def read_all(path):
    """The rows of every sheet."""
    return [row for sheet in open_input(path).sheets for row in rows_of(sheet)]


def refused(path):
    """The refusal's text; it is one line and begins with the file's name."""
    with pytest.raises(UnreadableInput) as caught:
        read_all(path)
    text = str(caught.value)
    assert text.startswith(f"{path.name}: ")
    assert text.endswith(".")
    assert "\n" not in text
    return text


def assert_refused(path, *words):
    text = refused(path)
    for each in words:
        assert each in text


def text_file(path, content, encoding="utf-8"):
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


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


def xls(path, cells, before=b"", after=b""):
    """An .xls with one sheet X; `cells` are (row, column, number), from 0.

    `before` are records of the workbook, `after` records of the sheet behind its cells.
    """
    start = biff(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + before
    bound = biff(0x85, struct.pack("<IBBBB", len(start) + 17, 0, 0, 1, 0) + b"X")
    numbers = (biff(0x203, struct.pack("<HHHd", *at, 0, value)) for *at, value in cells)
    sheet = biff(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0)) + b"".join(numbers) + after
    assert len(bound) + len(biff(0xA)) == 17
    path.write_bytes(compound_file(start + bound + biff(0xA) + sheet + biff(0xA)))
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
