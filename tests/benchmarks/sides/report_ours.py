"""Write the same report with ours, verified: `FILE SHEET ROWS [plain|unverified]`.

With `plain` it has no marked cells, as where all rows are created.
"""

import sys
from pathlib import Path

from importer.model import Finding, Place, RowResult, Severity, SheetLayout, Status
from importer.report.content import Outcomes
from importer.report.ooxml import write
from importer.report.write import RunReport, Summary, write_report
from tests.benchmarks.sides.report import GUID, MARKED, MESSAGE

if "unverified" in sys.argv:
    write.verify = lambda *_: None
path, name, last = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]) + 1
results = (RowResult(name, row, Status.CREATED, "", GUID.format(row)) for row in range(2, last + 1))
findings = [
    Finding("owner", MESSAGE, Place(name, row, 6, "Owners"), Severity.ERROR, "jane", None)
    for row in range(2, last + 1, max(1, last // MARKED))
]
summary = Summary(
    "Import", "sandbox", "r1", "finished", "10:00", "10:01", {"created": last - 1}, ("",)
)
layout = SheetLayout(name, 1, 2, last, 12)
report = RunReport([layout], Outcomes(results), [] if "plain" in sys.argv else findings, summary)
write_report(path, path.with_suffix(f".report{path.suffix}"), report)
