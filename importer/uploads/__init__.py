"""From a steward's files to their run: received, checked, matched, fixed, planned, imported."""

from importer.journal.upload import Step, Upload, UploadFile, UploadState
from importer.uploads.errors import (
    CellChanged,
    FormulaThere,
    NoSuchUpload,
    NotNow,
    ReleaseRefused,
    UploadRefused,
)
from importer.uploads.settings import UploadSettings
from importer.uploads.uploads import Uploads
from importer.uploads.views import CellPlace, Download, HistoryQuery, SheetChoice

__all__ = [
    "CellChanged",
    "CellPlace",
    "Download",
    "FormulaThere",
    "HistoryQuery",
    "NoSuchUpload",
    "NotNow",
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
