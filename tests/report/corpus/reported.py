"""Reports on workbooks of the corpus, and the traces that they leave in them."""

from importer.model import Status
from tests.report.build import finding, layout, members, report, result

MARKER = b"importer-report"
ROWS = range(2, 13)
LAYOUT = layout(last=12)
FINDINGS = [finding(2, 2, "too\nlong"), finding(3, 3), finding(9, 1), finding(10, 1)]
RESULTS = [
    result(row, Status.INVALID if row in (2, 3, 9, 10) else Status.CREATED, identity=f"guid-{row}")
    for row in ROWS
]


FINE = [result(row, identity=f"guid-{row}") for row in ROWS]


def reported(source, name="reported", results=RESULTS, findings=FINDINGS):
    """The workbook with a report in it."""
    out = source.with_name(f"{name}{source.suffix}")
    return report(source, out, [LAYOUT], results, findings)


def parts_with_highlights(path):
    """The parts in which any highlight of ours is left."""
    traces = (MARKER, b"[importer report]")
    return [name for name, xml in members(path).items() if any(trace in xml for trace in traces)]
