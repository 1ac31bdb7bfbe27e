"""The files of an export: a filled workbook, or a text file for each sheet that has rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from importer.errors import UsageError
from importer.export import SUFFIXES, Export, csv_paths, why_not_exportable, write_csv_files
from importer.pipeline.report_paths import refuse_existing
from importer.template import Template, find_all
from importer.template.blank import write_blank


class ExportFiles(Struct, frozen=True):
    """Where an export goes: `out`, or a text file for each sheet beside it."""

    template: Template
    out: Path
    texts: Mapping[str, Path]

    @classmethod
    def at(cls, template: Template, out: Path) -> ExportFiles:
        """Return the files of an export. Raises UsageError where one of them exists."""
        names = [sheet.name for sheet in template.sheets]
        texts = csv_paths(out, names) if out.suffix.lower() in SUFFIXES else {}
        for path in texts.values() if texts else [out]:
            refuse_existing(path)
        return cls(template, out, texts)

    def write(self, found: Export) -> list[Path]:
        """Write what was found; return the files. Raises UsageError."""
        if not self.texts:
            return [write_blank(self.template, self.out, rows=found.rows, own=found.own)]
        try:
            return write_csv_files(dict(self.texts), found.rows)
        except OSError as error:
            raise UsageError(f"{error.filename} could not be written: {error.strerror}.") from None


def refuse_one_way(template: Template) -> None:
    """Refuse a template whose export could not be imported again. Raises UsageError."""
    if why := why_not_exportable(template):
        others = [
            other
            for other in find_all()
            if {*other.systems} & {*template.systems} and not why_not_exportable(other)
        ]
        names = " or ".join(other.name for other in others)
        raise UsageError(f"{template.name} cannot be exported: {why}. Export {names} instead.")
