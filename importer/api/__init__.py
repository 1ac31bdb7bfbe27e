"""The Python interface: what the command line does, as functions, for files and DataFrames alike.

    from importer import api

    result = api.check("terms.xlsx")
    result.findings                      # a DataFrame
    plan = api.plan(frame, template="atlan-glossary", target="atlan")
    plan.changes                         # a DataFrame: old and new value of each field
    api.run(frame, template="atlan-glossary", target="atlan", plan=plan).rows

A *source* is a path, a file that is open for reading, a DataFrame, a mapping of sheet names to
DataFrames, or a list of these. In results, `row` is the row that the spreadsheet shows; for a
DataFrame it is the position from 0, and `index` holds its label. A DataFrame is never changed.

Options have the names of the command line's flags, with `_` for `-`. Wrong rows are data: they
stand in `findings` and `rows`. What cannot be used at all raises `ImporterError`, whose text is
for people and whose `code` is for programs. All functions block, and may be called from several
threads; two runs into one target at once are refused (`TargetLocked`). Nothing heavy is imported
before it is needed, pandas only for what is or becomes a DataFrame.
"""

from importer.api.checking import check
from importer.api.export_result import Export
from importer.api.exporting import export
from importer.api.planning import plan, plan_undo
from importer.api.progress import Progress
from importer.api.proposing import Proposal, propose
from importer.api.results import CheckResult, Plan
from importer.api.run_result import RunResult
from importer.api.running import resume, run, undo
from importer.api.runs import approve, runs
from importer.api.target import Target
from importer.errors import ImporterError

__all__ = [
    "CheckResult",
    "Export",
    "ImporterError",
    "Plan",
    "Progress",
    "Proposal",
    "RunResult",
    "Target",
    "approve",
    "check",
    "export",
    "plan",
    "plan_undo",
    "propose",
    "resume",
    "run",
    "runs",
    "undo",
]
