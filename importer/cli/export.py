"""`importer export`: write what a target holds as a filled workbook, or as CSV files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from importer.cli import flags
from importer.cli.console import remark, say, show


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
    from importer.pipeline.export_files import ExportFiles, refuse_one_way
    from importer.session import connector
    from importer.template import find

    template = find(name)
    refuse_one_way(template)
    files = ExportFiles.at(template, out)
    with connector(config, target, rate=rate, allow_http=allow_http) as connect:
        connect.announce = remark
        found = export_live(template, connect, assets)
    written = files.write(found)
    say(*found.left_blank)
    say(*(f"  {sheet}: {len(rows):,}" for sheet, rows in found.rows.items() if rows))
    show(map(str, written))
    return 0
