"""Makes the README's first example: a sheet with a mistake, and a picture of its report.

Run `python -m data.readme.make` in the top folder of the project, with LibreOffice (`soffice`)
and poppler (`pdftoppm`) installed: `revenue.xlsx` goes through the real command line into a fresh
sandbox, and the Terms sheet of its report becomes `revenue.png`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from data.making.table import Row, Table, add_table
from importer.template.blank.reproducible import save_reproducible

HERE = Path(__file__).parent
SHEET = HERE / "revenue.xlsx"
REPORTED = HERE / "revenue.reported.xlsx"
PICTURE = HERE / "revenue.png"

SHOWN = "Terms"
DOTS_PER_INCH = 160
MARGIN = 6

TERMS: list[Row] = [
    {
        "Glossary": "Finance",
        "Term": "Net revenue",
        "Description": "Sales after returns and tax.",
        "Certificate": "VERIFIED",
    },
    {
        "Glossary": "Finance",
        "Term": "Gross revenue",
        "Description": "Sales at list price.",
        "Certificate": "Verfied",
    },
    {
        "Glossary": "Finance",
        "Term": "Discount",
        "Description": "A price cut granted at the till.",
        "Certificate": "DRAFT",
    },
]


def make(folder: Path) -> None:
    """Write the sheet, its report and the picture of the report."""
    source = write_sheet(folder / SHEET.name)
    with TemporaryDirectory() as temporary:
        reported = import_into_sandbox(source, Path(temporary))
        shutil.copyfile(reported, folder / REPORTED.name)
        draw(reported, Path(temporary), folder / PICTURE.name)


def write_sheet(path: Path) -> Path:
    """Write the workbook as a person fills it in; return `path`."""
    book = Workbook()
    book.remove(book.worksheets[0])
    glossary: Row = {"Glossary": "Finance", "Description": "Words of our reports."}
    add_table(
        book,
        Table(sheet="Glossaries", headings={"Glossary": 16, "Description": 30}, rows=[glossary]),
    )
    widths = {"Glossary": 11, "Term": 15, "Description": 34, "Certificate": 14}
    add_table(book, Table(sheet=SHOWN, headings=widths, rows=TERMS))
    return save_reproducible(book, path)


def import_into_sandbox(source: Path, folder: Path) -> Path:
    """Import a file into an empty sandbox; return the report."""
    reported = folder / source.name
    command = [sys.executable, "-m", "importer", "run", str(source), "--report", str(reported)]
    finished = subprocess.run(  # noqa: S603 - our own command, our own file
        command, env={**os.environ, "XDG_STATE_HOME": str(folder / "state")}, check=False
    )
    if finished.returncode != 1:
        raise SystemExit(f"The run should have reported one row in error: {finished.returncode}")
    return reported


def draw(reported: Path, folder: Path, picture: Path) -> None:
    """Draw the sheet SHOWN of a workbook as LibreOffice prints it, cut to its content."""
    book = load_workbook(reported)
    for name in book.sheetnames:
        if name != SHOWN:
            book[name].sheet_state = "hidden"
    book.active = book.sheetnames.index(SHOWN)
    _lay_out(book[SHOWN])
    page = folder / "page.xlsx"
    book.save(page)
    _command("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(page))
    _cut(page.with_suffix(".pdf"), picture)


def _lay_out(sheet: Worksheet) -> None:
    """Set the sheet to print on a single page, with column letters and row numbers."""
    sheet.print_options.headings = True
    sheet.print_options.gridLines = True
    sheet.page_setup.fitToHeight = 1
    sheet.print_title_rows = None
    sheet.oddHeader.center.text = sheet.oddFooter.center.text = ""


def _cut(page: Path, picture: Path) -> None:
    """Write a PDF page as a PNG without its white margins."""
    draw_page = ("pdftoppm", "-r", str(DOTS_PER_INCH), "-singlefile")
    bitmap = _command(*draw_page, str(page))
    left, top, right, bottom = _inked(bitmap)
    box = ("-x", left, "-y", top, "-W", right - left, "-H", bottom - top)
    _command(*draw_page, "-png", *map(str, box), str(page), str(picture.with_suffix("")))


def _inked(bitmap: bytes) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of the ink in a binary PPM, plus a margin, in pixels."""
    _magic, size, _deepest, pixels = bitmap.split(b"\n", 3)
    width, height = map(int, size.split())
    lines = [pixels[at : at + 3 * width] for at in range(0, 3 * width * height, 3 * width)]
    rows = [number for number, line in enumerate(lines) if line.strip(b"\xff")]
    left = min((3 * width - len(lines[row].lstrip(b"\xff"))) // 3 for row in rows)
    right = max(len(lines[row].rstrip(b"\xff")) // 3 for row in rows)
    return (
        max(0, left - MARGIN),
        max(0, rows[0] - MARGIN),
        min(width, right + MARGIN),
        min(height, rows[-1] + MARGIN),
    )


def _command(*command: str) -> bytes:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout  # noqa: S603


if __name__ == "__main__":
    make(HERE)
