"""A workbook of the corpus in, the same with a report on some of its rows out."""

import zipfile

from importer.model import Status
from tests.report.build import finding, layout, report, result

MARKER = b"importer-report"
ROWS = range(2, 13)
LAYOUT = layout(last=12)
FINDINGS = [finding(2, 2, "too\nlong"), finding(3, 3), finding(9, 1), finding(10, 1)]
RESULTS = [
    result(row, Status.INVALID if row in (2, 3, 9, 10) else Status.CREATED, identity=f"guid-{row}")
    for row in ROWS
]


FINE = [result(row, identity=f"guid-{row}") for row in ROWS]


def told(source, name="told", results=RESULTS, findings=FINDINGS):
    """The same with a report in it."""
    out = source.with_name(f"{name}{source.suffix}")
    return report(source, out, [LAYOUT], results, findings)


def contents(path):
    """What is in each part."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def marks(path):
    """The parts in which a mark of ours stands."""
    found = (MARKER, b"[importer report]")
    return [name for name, xml in contents(path).items() if any(mark in xml for mark in found)]
