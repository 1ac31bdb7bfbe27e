"""Where the files are: folders of this machine and stores elsewhere, taken from and written to."""

from importer.sources.open import open_source
from importer.sources.source import (
    Limits,
    ReadOnly,
    Source,
    SourceChanged,
    SourceFile,
    SourceTooLarge,
    SourceUnreachable,
)
from importer.sources.whole import whole_files

__all__ = [
    "Limits",
    "ReadOnly",
    "Source",
    "SourceChanged",
    "SourceFile",
    "SourceTooLarge",
    "SourceUnreachable",
    "open_source",
    "whole_files",
]
