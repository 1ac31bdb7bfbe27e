"""Write a report into a workbook with openpyxl: three columns, 1,000 marked cells with a note."""

import sys

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tests.benchmarks.sides.report import GUID, MARKED, MESSAGE

book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
right, last = sheet.max_column, sheet.max_row
for at, name in enumerate(("import_status", "import_message", "import_id"), 1):
    sheet.cell(1, right + at, name)
for row in range(2, last + 1):
    sheet.cell(row, right + 1, "created")
    sheet.cell(row, right + 3, GUID.format(row))
for row in range(2, last + 1, max(1, last // MARKED)):
    cell = sheet.cell(row, 6)
    cell.fill = PatternFill("solid", start_color="FFF8CBCB")
    cell.comment = Comment(MESSAGE, "importer")
    sheet.cell(row, right + 2, MESSAGE)
book.save(sys.argv[1])
