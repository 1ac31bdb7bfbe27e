"""Pieces of files in, workbooks on disk out: exact XML where a library would mend it."""

import zipfile
from pathlib import Path

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
