"""Export: the live state of a target as rows of a template's sheets, the inverse of mapping."""

from typing import TypeAlias

from importer.export.csv_files import SUFFIXES, csv_paths, write_csv_files
from importer.export.exportable import why_not_exportable
from importer.export.rows import Export, export_rows

# former names, until importer.cli.export uses the new ones
Filled: TypeAlias = Export
ENDINGS, filled, one_way, places = SUFFIXES, export_rows, why_not_exportable, csv_paths
write_texts = write_csv_files

__all__ = [
    "ENDINGS",
    "SUFFIXES",
    "Export",
    "Filled",
    "csv_paths",
    "export_rows",
    "filled",
    "one_way",
    "places",
    "why_not_exportable",
    "write_csv_files",
    "write_texts",
]
