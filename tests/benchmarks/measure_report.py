"""Measures CPU time and memory of writing a report into a workbook, compared with openpyxl.

Run `python tests/benchmarks/measure_report.py terms.xlsx 3` from the project's folder. The report
has three columns on every row of the first sheet, and 1,000 cells with a colour and a comment. A
third variant writes it without verification. Each variant runs in processes of its own, in turns.

A machine changes its pace within seconds, which affects short runs more than long ones. So a turn
takes the mean of five short runs; the results are the medians of the turns, and of the ratios
within each turn.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from typing import Any

OPENPYXL = """
import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
book = openpyxl.load_workbook(path)
sheet = book.worksheets[0]
right, last = sheet.max_column, sheet.max_row
for at, name in enumerate(("import_status", "import_message", "import_id"), 1):
    sheet.cell(1, right + at, name)
for row in range(2, last + 1):
    sheet.cell(row, right + 1, "created")
    sheet.cell(row, right + 3, GUID.format(row))
for row in range(2, last + 1, last // MARKED):
    cell = sheet.cell(row, 6)
    cell.fill = PatternFill("solid", start_color="FFF8CBCB")
    cell.comment = Comment(MESSAGE, "importer")
    sheet.cell(row, right + 2, MESSAGE)
book.save(out)
"""
OURS = """
from pathlib import Path
from importer.model import Finding, Place, RowResult, Severity, SheetLayout, Status
from importer.report.write import RunReport, Summary, write_report
rows = ROWS
layout = SheetLayout(SHEET, 1, 2, rows, 12)
results = (
    RowResult(SHEET, row, Status.CREATED, "", GUID.format(row)) for row in range(2, rows + 1)
)
findings = [
    Finding("owner", MESSAGE, Place(SHEET, row, 6, "Owners"), Severity.ERROR, "jane", None)
    for row in range(2, rows + 1, rows // MARKED)
]
counts = {"created": rows - 1}
summary = Summary("Import", "sandbox", "r1", "finished", "10:00", "10:01", counts, ("",))
write_report(Path(path), Path(out), RunReport([layout], lambda: results, findings, summary))
"""
UNVERIFIED = "from importer.report.ooxml import write\nwrite.verify = lambda *_: None\n" + OURS
USAGE = """
import json, resource
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""
VARIANTS = {"openpyxl": OPENPYXL, "ours": OURS, "ours without verifying": UNVERIFIED}
TIMES = {"openpyxl": 1, "ours": 5, "ours without verifying": 5}
"""The runs of each variant in a turn."""

SIZE = """
from python_calamine import CalamineWorkbook
sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
print(json.dumps([sheet.total_height, sheet.name]))
"""


def head(path: str) -> str:
    """Return the start of every variant: the names it uses.

    The workbook is inspected in a process of its own, since on Linux a process starts with the
    peak memory of its parent.
    """
    rows, sheet = ran(f"import json; path = {path!r}" + SIZE)
    return (
        f"import sys; sys.path.insert(0, '')\npath, out = {path!r}, {path + '.report.xlsx'!r}\n"
        f"ROWS, SHEET = {rows}, {sheet!r}\n"
        "GUID, MARKED = '0f2c1d7e-7a5b-4d53-9a3f-{:012d}', 1_000\n"
        "MESSAGE = 'no such owner: jane, did you mean jane.doe?'\n"
    )


def ran(code: str) -> list[Any]:
    """Return what a process that runs the code prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    result: list[Any] = json.loads(done.stdout)
    return result


def measured(code: str, times: int) -> tuple[float, float]:
    """Return the mean CPU seconds and peak memory in MB of processes that run the code."""
    cpu, memory = zip(*(ran(code + USAGE) for _ in range(times)), strict=True)
    return statistics.fmean(cpu), statistics.fmean(memory)


def main(path: str, rounds: int) -> None:
    """Print the medians and the ratios."""
    first = head(path)
    turns = [
        {name: measured(first + code, TIMES[name]) for name, code in VARIANTS.items()}
        for _ in range(rounds)
    ]
    for name in VARIANTS:
        cpu, memory = (statistics.median(turn[name][n] for turn in turns) for n in (0, 1))
        less = [
            statistics.median(turn["openpyxl"][n] / turn[name][n] for turn in turns) for n in (0, 1)
        ]
        sys.stdout.write(
            f"{name}: {cpu:.2f} s CPU, {memory:.0f} MB; {less[0]:.1f}x, {less[1]:.1f}x less\n"
        )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
