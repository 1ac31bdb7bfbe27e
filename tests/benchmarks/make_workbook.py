"""Makes a workbook of glossary terms with 12 columns and any number of rows.

It is written as a spreadsheet program writes it: shared strings, no blank cells, dates and numbers
with a style. Small sheets of glossaries and categories follow the terms, so that every reference is
found. Run `python tests/benchmarks/make_workbook.py terms.xlsx 100000`; the same seed gives the
same bytes.
"""

from __future__ import annotations

import argparse
import random
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

HEADINGS = (
    "Glossary", "Term", "Description", "Categories", "Certificate", "Owners",
    "Tags", "Synonyms", "Abbreviation", "Usage", "Examples", "Announcement message",
)  # fmt: skip
WORDS = (
    "ledger", "margin", "account", "balance", "region", "customer", "invoice",
    "supply", "tariff", "patient", "meter", "asset", "revenue", "order",
    "channel", "claim", "policy", "branch", "carrier", "segment",
)  # fmt: skip
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TAGS = ("PII", "Confidential", "Public", "GDPR")
FIRST_DAY = 44000
GLOSSARIES = 7
Row = Sequence[str | float | None]
DATE_STYLE, NUMBER_STYLE = 1, 2


def terms(rows: int) -> Iterator[Row]:
    """Yield the heading row and `rows` terms of 12 values; None is a blank cell."""
    random_ = random.Random(rows)
    names: list[str] = []
    yield HEADINGS
    for row in range(rows):
        words = random_.choices(WORDS, k=14)
        names.append(f"{words[0]} {words[1]} {row}")
        yield (
            f"Glossary {row % GLOSSARIES}",
            names[row],
            " ".join(words[2:]) + f", number {row}.",
            f"{words[2]} > {words[3]}" + (f"; {words[4]}" if row % 10 == 0 else ""),
            random_.choice(("VERIFIED", "DRAFT", "DEPRECATED", None)),
            f"{words[5]}.{words[6]}@example.com" if row % 3 else None,
            ";".join(random_.sample(TAGS, 2)),
            names[row - GLOSSARIES] if row % 5 == 0 and row >= GLOSSARIES else None,
            words[10][:3].upper() if row % 2 else None,
            " ".join(words[4:9]) if row % 4 else None,
            FIRST_DAY + row % 1500,
            round(random_.random() * 100, 2),
        )


def glossaries() -> Iterator[Row]:
    """Yield the heading row and the glossaries of the terms."""
    yield ("Glossary",)
    yield from ((f"Glossary {number}",) for number in range(GLOSSARIES))


def categories() -> Iterator[Row]:
    """Yield the heading row and each glossary's categories: all words, and all words below each."""
    yield ("Glossary", "Category", "Parent category")
    for number in range(GLOSSARIES):
        for word in WORDS:
            yield (f"Glossary {number}", word, None)
        for parent in WORDS:
            yield from ((f"Glossary {number}", word, parent) for word in WORDS)


class SharedStrings:
    """The table of shared strings."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.uses = 0

    def number(self, text: str) -> int:
        """Return the text's index in the table."""
        self.uses += 1
        return self.numbers.setdefault(text, len(self.numbers))

    def xml(self) -> Iterator[str]:
        """Yield the shared strings part."""
        yield f'<sst xmlns="{MAIN}" count="{self.uses}" uniqueCount="{len(self.numbers)}">'
        for text in self.numbers:
            yield f"<si><t>{escape(text)}</t></si>"
        yield "</sst>"


def cell_xml(column: int, row: int, value: str | float | None, strings: SharedStrings) -> str:
    """Return a cell, "" where it is blank."""
    address = f"{chr(65 + column)}{row}"
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{address}" t="s"><v>{strings.number(value)}</v></c>'
    style = DATE_STYLE if isinstance(value, int) else NUMBER_STYLE
    return f'<c r="{address}" s="{style}"><v>{value}</v></c>'


def sheet_xml(rows: Iterable[Row], strings: SharedStrings) -> Iterator[str]:
    """Yield the part of a sheet with the rows."""
    yield f'<worksheet xmlns="{MAIN}">'
    yield '<cols><col min="1" max="12" width="18" customWidth="1"/></cols><sheetData>'
    for number, values in enumerate(rows, 1):
        cells = (cell_xml(column, number, value, strings) for column, value in enumerate(values))
        yield f'<row r="{number}" spans="1:12">{"".join(cells)}</row>'
    yield "</sheetData></worksheet>"


STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
    '<xf numFmtId="2" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def workbook_xml(names: Iterable[str]) -> str:
    """Return the workbook part, the sheets in their order."""
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'


def content_types(sheets: int) -> str:
    """Return the part that says what each part is."""
    kinds = {f"worksheets/sheet{number}": "worksheet" for number in range(1, sheets + 1)}
    kinds = {"workbook": "sheet.main", **kinds, "styles": "styles"}
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType='
        f'"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for part, kind in {**kinds, "sharedStrings": "sharedStrings"}.items()
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def relationships(*targets: tuple[str, str]) -> str:
    """Return the relationships part with (type, target) pairs as rId1, rId2, ..."""
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def write_part(archive: zipfile.ZipFile, name: str, pieces: Iterator[str]) -> None:
    """Stream the pieces into the part."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as part:
        for piece in pieces:
            part.write(piece.encode())


def write_workbook(path: Path, sheets: Mapping[str, Iterable[Row]]) -> None:
    """Write a workbook of sheets, each with its heading row and its rows."""
    strings = SharedStrings()
    parts = [("worksheet", f"worksheets/sheet{number}.xml") for number, _ in enumerate(sheets, 1)]
    others = (("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml"))
    small = {
        "[Content_Types].xml": content_types(len(sheets)),
        "_rels/.rels": relationships(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook_xml(sheets),
        "xl/_rels/workbook.xml.rels": relationships(*parts, *others),
        "xl/styles.xml": STYLES,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in small.items():
            write_part(archive, name, iter([text]))
        for (_, part), rows in zip(parts, sheets.values(), strict=True):
            write_part(archive, f"xl/{part}", sheet_xml(rows, strings))
        write_part(archive, "xl/sharedStrings.xml", strings.xml())


def make_workbook(path: Path, rows: int) -> None:
    """Write a workbook of `rows` terms."""
    sheets = {"Terms": terms(rows), "Glossaries": glossaries(), "Categories": categories()}
    write_workbook(path, sheets)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make a workbook of glossary terms.")
    parser.add_argument("path", type=Path, help="the workbook to write")
    parser.add_argument("rows", type=int, nargs="?", default=100_000, help="how many terms")
    arguments = parser.parse_args()
    make_workbook(arguments.path, arguments.rows)
