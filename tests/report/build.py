"""Builders for the tests of reports: workbooks, layouts, outcomes, findings and their report."""

import zipfile
from collections import Counter
from pathlib import Path

import openpyxl

from importer.model import Finding, Place, RowResult, Severity, SheetLayout, Status
from importer.report.content import Content, Outcomes, RunReport, Summary
from importer.report.write import write_report, write_standalone
from importer.spreadsheet import Dialect

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


def run_report(layouts=None, results=(), findings=()):
    layouts = [layout()] if layouts is None else layouts
    return RunReport(layouts, Outcomes(results), findings, summary(results))


def content(source, results=(), findings=()):
    """The content of the report of a file with one table."""
    outcomes = Outcomes(results).of_file(source.name)
    return Content(source, (layout(),), tuple(findings), outcomes, summary(results))


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


def members(path):
    """The content of each part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path, parts):
    """A workbook of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def repacked(path, changed=(), added=()):
    """The workbook with some parts changed, each by a function, and others added."""
    changes = dict(changed)
    parts = members(path)
    assert changes.keys() <= parts.keys()
    patched = {name: changes.get(name, bytes)(content) for name, content in parts.items()}
    return packed(path, {**patched, **dict(added)})


def report(source, out=None, layouts=None, results=(), findings=(), **options):
    """The path of the report of a file."""
    out = out or source.with_name(f"out{source.suffix}")
    return write_report(source, out, run_report(layouts, results, findings), **options)


def standalone(source, out, layouts=None, results=(), findings=()):
    """The path of the report of a file that is no longer what was read."""
    return write_standalone(source, out, run_report(layouts, results, findings))


def opened(path):
    return openpyxl.load_workbook(path, rich_text=True)


def highlights(path, sheet="Terms"):
    """Range -> colour of each highlight of ours."""
    return {
        str(block.sqref): rule.dxf.fill.bgColor.rgb
        for block in opened(path)[sheet].conditional_formatting
        for rule in block.rules
        if "importer-report" in rule.formula[0]
    }


def comments(path, sheet="Terms"):
    """Cell -> text of each comment, the user's and ours."""
    cells = (cell for row in opened(path)[sheet].iter_rows() for cell in row)
    return {cell.coordinate: cell.comment.text for cell in cells if cell.comment}


def values(path, rows=(1, 2, 3, 4), columns="DEF", sheet="Terms"):
    """The values of some cells, by default those of our columns."""
    sheet = opened(path)[sheet]
    return [[sheet[f"{column}{row}"].value for column in columns] for row in rows]


def dump(path, columns=9):
    """All that a reader sees on the sheet of terms."""
    sheet = opened(path)["Terms"]
    cells = {
        cell.coordinate: (cell.value, cell.data_type, cell.number_format, cell.fill.fgColor.rgb)
        for row in sheet.iter_rows(max_col=columns)
        for cell in row
        if cell.value is not None
    }
    return cells, comments(path), highlights(path)


def dialect(encoding="utf-8", delimiter=",", quotechar='"'):
    return Dialect(encoding, False, delimiter, quotechar, "\n", True)
