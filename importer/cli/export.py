"""`importer export`: write what a target holds as a filled workbook, or as CSV files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from importer.cli import flags
from importer.cli.console import remark, say, show

if TYPE_CHECKING:
    from importer.export import Export
    from importer.template import Template


def export(
    name: Annotated[str, typer.Argument(metavar="NAME|DIR", help="The template.")],
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", metavar="FILE", help="The new workbook, or NAME.csv for text files."
        ),
    ],
    target: flags.Target = "sandbox",
    assets: Annotated[
        Path | None,
        typer.Option(
            "--assets",
            metavar="FILE",
            help="Also export the assets that this file lists by Type and Qualified name.",
        ),
    ] = None,
    rate: flags.Rate = None,
    config: flags.Config = None,
    allow_http: flags.AllowHttp = False,
) -> int:
    """Write what a target holds as a filled template workbook, ready to be changed and imported.

    With NAME.csv, each sheet that has rows becomes a file of its own: NAME-Terms.csv.
    """
    from importer.pipeline.export import export as export_live
    from importer.pipeline.report_paths import refuse_existing
    from importer.session import connector
    from importer.template import find
    from importer.template.blank import write_blank

    template = find(name)
    _refuse_one_way(template)
    texts = _texts(template, out)
    for path in texts.values() if texts else [out]:
        refuse_existing(path)
    with connector(config, target, rate=rate, allow_http=allow_http) as connect:
        connect.announce = remark
        found = export_live(template, connect, assets)
    written = _as_texts(texts, found) if texts else [out]
    if not texts:
        write_blank(template, out, rows=found.rows, own=found.own)
    say(*found.left_blank)
    say(*(f"  {sheet}: {len(rows):,}" for sheet, rows in found.rows.items() if rows))
    show(map(str, written))
    return 0


def _refuse_one_way(template: Template) -> None:
    """Refuse a template whose export could not be imported again. Raises UsageError."""
    from importer.errors import UsageError
    from importer.export import why_not_exportable
    from importer.template import find_all

    if why := why_not_exportable(template):
        others = [
            other
            for other in find_all()
            if {*other.systems} & {*template.systems} and not why_not_exportable(other)
        ]
        names = " or ".join(other.name for other in others)
        raise UsageError(f"{template.name} cannot be exported: {why}. Export {names} instead.")


def _texts(template: Template, out: Path) -> dict[str, Path]:
    """Return sheet -> its text file; none where a workbook is asked for."""
    from importer.export import SUFFIXES, csv_paths

    names = [sheet.name for sheet in template.sheets]
    return csv_paths(out, names) if out.suffix.lower() in SUFFIXES else {}


def _as_texts(paths: dict[str, Path], found: Export) -> list[Path]:
    from importer.errors import UsageError
    from importer.export import write_csv_files

    try:
        return write_csv_files(paths, found.rows)
    except OSError as error:
        raise UsageError(f"{error.filename} could not be written: {error.strerror}.") from None
