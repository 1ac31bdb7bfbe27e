"""What the commands return: the result of a check, of a plan, of a run, and their JSON."""

from importer.pipeline.results.check import CheckResult
from importer.pipeline.results.counts import Objects, RowCounts, Rows, SheetCount
from importer.pipeline.results.plan import PlanResult, Preview
from importer.pipeline.results.planned_rows import PlannedRow, PlannedRows, RowLine
from importer.pipeline.results.run import RunResult

__all__ = [
    "CheckResult",
    "Objects",
    "PlanResult",
    "PlannedRow",
    "PlannedRows",
    "Preview",
    "RowCounts",
    "RowLine",
    "Rows",
    "RunResult",
    "SheetCount",
]
