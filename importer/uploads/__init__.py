"""From a steward's files to their run: received, checked, matched, fixed, planned, imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.journal.upload import Step, Upload, UploadFile, UploadState
from importer.uploads.errors import (
    CellChanged,
    FormulaThere,
    NoSuchUpload,
    NotNow,
    PlanReplaced,
    ReleaseRefused,
    UploadRefused,
)
from importer.uploads.settings import UploadSettings
from importer.uploads.views import CellPlace, Download, HistoryQuery, SheetChoice

if TYPE_CHECKING:
    from importer.uploads.uploads import Uploads

__all__ = [
    "CellChanged",
    "CellPlace",
    "Download",
    "FormulaThere",
    "HistoryQuery",
    "NoSuchUpload",
    "NotNow",
    "PlanReplaced",
    "ReleaseRefused",
    "SheetChoice",
    "Step",
    "Upload",
    "UploadFile",
    "UploadRefused",
    "UploadSettings",
    "UploadState",
    "Uploads",
]


def __getattr__(name: str) -> object:
    """Load what pages use at first use only: a process that reads one file does without."""
    if name == "Uploads":
        from importer.uploads.uploads import Uploads

        return Uploads
    raise AttributeError(name)
