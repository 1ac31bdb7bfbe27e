"""An upload, as pages and tasks see it."""

from importer.journal.upload import (
    BUSY,
    CHANGEABLE,
    Step,
    Upload,
    UploadFile,
    UploadState,
)

__all__ = ["BUSY", "CHANGEABLE", "Step", "Upload", "UploadFile", "UploadState"]
