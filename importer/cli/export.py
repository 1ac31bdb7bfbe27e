"""`export`: a template and a target in, a workbook of all that the target holds of it out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from importer.cli import options as flags
from importer.cli.places import refuse_existing
from importer.cli.screen import say, show
from importer.cli.session import connector


def export(
    name: Annotated[str, typer.Argument(metavar="NAME|DIR", help="The template.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="The new workbook.")],
    target: flags.Target = "sandbox",
    assets: Annotated[
        Path | None,
        typer.Option(
            "--assets", metavar="FILE", help="Assets to export too, by Type and Qualified name."
        ),
    ] = None,
    rate: flags.Rate = None,
    config: flags.Config = None,
) -> int:
    """Write what a target holds as a filled template workbook, ready to be changed and imported."""
    from importer.export import filled
    from importer.template import find
    from importer.template.blank import write_blank

    template = find(name)
    refuse_existing(out)
    named = list(_named(assets, name)) if assets else []
    with connector(config, target, rate=rate) as connect:
        found = filled(template, connect(template.system, template.options), named)
    write_blank(template, out, rows=found.rows)
    say(*found.left_blank)
    say(*(f"  {sheet}: {len(rows):,}" for sheet, rows in found.rows.items() if rows))
    show([str(out)])
    return 0


def _named(file: Path, template: str) -> Iterator[tuple[str, str]]:
    """Type and name of what a file lists that only ever changes here, and is never made."""
    from importer.intake import Nowhere, open_intake

    intake = open_intake([file], template)
    intake.read(Nowhere())
    for entity in intake.registry.entities:
        if entity.bound.kind.mode == "update" and len(entity.labels) > 1:
            yield entity.labels[0], entity.labels[-1]
