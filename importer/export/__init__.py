"""Export: the live state of a target as rows of a template's sheets, the inverse of mapping."""

from importer.export.csv_files import SUFFIXES, csv_paths, write_csv_files
from importer.export.exportable import why_not_exportable
from importer.export.rows import Export, export_rows

__all__ = [
    "SUFFIXES",
    "Export",
    "csv_paths",
    "export_rows",
    "why_not_exportable",
    "write_csv_files",
]
