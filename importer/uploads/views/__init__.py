"""What pages and the HTTP API show of uploads and runs."""

from importer.uploads.views.findings import (
    PAGE,
    Cause,
    CellFinding,
    CellPlace,
    Fix,
    RowsPage,
    SheetTab,
    ShownCell,
    ShownRow,
)
from importer.uploads.views.matches import (
    ColumnMatch,
    Match,
    Question,
    SheetChoice,
    SheetMatch,
    SheetQuestion,
)
from importer.uploads.views.plans import (
    FieldChange,
    LevelProgress,
    PlanLine,
    PlanPage,
    PlanView,
    ProgressView,
)
from importer.uploads.views.runs import (
    Download,
    HistoryPage,
    HistoryQuery,
    Named,
    OutcomePage,
    RowOutcome,
    RunView,
)

__all__ = [
    "PAGE",
    "Cause",
    "CellFinding",
    "CellPlace",
    "ColumnMatch",
    "Download",
    "FieldChange",
    "Fix",
    "HistoryPage",
    "HistoryQuery",
    "LevelProgress",
    "Match",
    "Named",
    "OutcomePage",
    "PlanLine",
    "PlanPage",
    "PlanView",
    "ProgressView",
    "Question",
    "RowOutcome",
    "RowsPage",
    "RunView",
    "SheetChoice",
    "SheetMatch",
    "SheetQuestion",
    "SheetTab",
    "ShownCell",
    "ShownRow",
]
