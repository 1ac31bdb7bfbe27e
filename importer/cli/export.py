"""`export`: a template and a target in, what the target holds of it as a workbook or CSV out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from importer.cli import options as flags
from importer.cli.places import refuse_existing
from importer.cli.screen import say, show
from importer.cli.session import connector

if TYPE_CHECKING:
    from importer.export import Filled
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
) -> int:
    """Write what a target holds as a filled template workbook, ready to be changed and imported.

    With NAME.csv, each sheet that has rows becomes a file of its own: NAME-Terms.csv.
    """
    from importer.export import filled
    from importer.template import find
    from importer.template.blank import write_blank

    template = find(name)
    _demand_two_ways(template)
    texts = _texts(template, out)
    for path in texts.values() if texts else [out]:
        refuse_existing(path)
    named = list(_named(assets, name)) if assets else []
    with connector(config, target, rate=rate) as connect:
        found = filled(template, connect(template.system, template.options), named)
    written = _as_texts(texts, found) if texts else [out]
    if not texts:
        write_blank(template, out, rows=found.rows)
    say(*found.left_blank)
    say(*(f"  {sheet}: {len(rows):,}" for sheet, rows in found.rows.items() if rows))
    show(map(str, written))
    return 0


def _demand_two_ways(template: Template) -> None:
    """Refuse what could not be imported again as it is. Raises UsageError."""
    from importer.errors import UsageError
    from importer.export import one_way
    from importer.template import find_all

    if why := one_way(template):
        others = [t for t in find_all() if t.system == template.system and not one_way(t)]
        names = " or ".join(other.name for other in others)
        raise UsageError(f"{template.name} cannot be exported: {why}. Export {names} instead.")


def _texts(template: Template, out: Path) -> dict[str, Path]:
    """Sheet -> its text file; none where a workbook is asked for."""
    from importer.export import ENDINGS, places

    names = [sheet.name for sheet in template.sheets]
    return places(out, names) if out.suffix.lower() in ENDINGS else {}


def _as_texts(paths: dict[str, Path], found: Filled) -> list[Path]:
    from importer.errors import UsageError
    from importer.export import write_texts

    try:
        return write_texts(paths, found.rows)
    except OSError as error:
        raise UsageError(f"{error.filename} could not be written: {error.strerror}.") from None


def _named(file: Path, template: str) -> Iterator[tuple[str, str]]:
    """Type and name of what a file lists that only ever changes here, and is never made."""
    from importer.intake import NullSink, open_intake

    intake = open_intake([file], template)
    intake.read(NullSink())
    for entity in intake.registry.entities:
        if entity.bound.kind.mode == "update" and len(entity.labels) > 1:
            yield entity.labels[0], entity.labels[-1]
