"""What a test leaves open in; layouts, outcomes, findings and summaries out."""

from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import openpyxl

from importer.model import Finding, Place, RowResult, Severity, SheetLayout, Status
from importer.report.content import Summary
from importer.report.write import write_report

GUID = "0f2c1d7e-7a5b-4d53-9a3f-{:012d}"


def layout(name="Terms", header=1, last=4, width=3, file=""):
    return SheetLayout(name, header, header + 1, last, width, file)


def result(row, status=Status.CREATED, message="", identity="", sheet="Terms", file=""):
    return RowResult(sheet, row, status, message, identity, file)


def finding(
    cell_row,
    column=3,
    message="no such owner",
    *,
    severity=Severity.ERROR,
    sheet="Terms",
    heading="Owners",
    code="owner",
    value="jane",
    suggestion=None,
    file="",
):
    place = Place(sheet, cell_row, column, heading if column else None, file)
    return Finding(code, message, place, severity, value, suggestion)


def summary(results=(), title="Import of terms.xlsx", files=("terms.xlsx",)):
    counted = Counter(each.status for each in results)
    counts = {str(status): counted[status] for status in Status if counted[status]}
    return Summary(title, "sandbox", "r1", "finished", "10:00", "10:01", counts, files)


def workbook(path: Path, rows=None, sheet="Terms", edit=None) -> Path:
    """A workbook of one sheet: a header, three rows; `edit` may change it before it is saved."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows or [
        ["Term", "Description", "Owners"],
        *[[f"t{i}", "d", "jane"] for i in "123"],
    ]:
        book.active.append(row)
    if edit:
        edit(book)
    book.save(path)
    return path


def report(source, out=None, layouts=None, results=(), findings=(), **options):
    out = out or source.with_name(f"out{source.suffix}")
    layouts = [layout()] if layouts is None else layouts
    return write_report(source, out, layouts, results, findings, summary(results), **options)


def opened(path):
    return openpyxl.load_workbook(path, rich_text=True)


def dialect(encoding="utf-8", delimiter=",", quotechar='"'):
    return SimpleNamespace(encoding=encoding, delimiter=delimiter, quotechar=quotechar)
