"""`importer template`: list templates, make blank workbooks, write first mappings."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from importer.cli import flags
from importer.cli.answer import Answer
from importer.cli.command import Command
from importer.cli.console import remark, show
from importer.cli.flags import Format
from importer.spreadsheet import TextForm

if TYPE_CHECKING:
    from importer.template import Template
    from importer.template.blank import OwnColumn

app = typer.Typer(help="List templates, make a blank workbook, write a first mapping.")


@app.command("list", cls=Command)
def list_all(
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
) -> Answer:
    """List the templates that ship."""
    from importer.template import find_all

    found = [_as_json(template) for template in find_all()]
    if format is Format.JSON:
        return Answer(0, lambda: {"templates": found})
    for one in found:
        show([one["template"], f"  {one['title']}", f"  Sheets: {', '.join(one['sheets'])}", ""])
    show(["`importer template new NAME -o FILE` makes a blank workbook of one."])
    return Answer(0)


@app.command(cls=Command)
def new(
    name: Annotated[str, typer.Argument(metavar="NAME|DIR", help="The template.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", metavar="FILE", help="The new workbook; without it, NAME.xlsx."
        ),
    ] = None,
    live: Annotated[
        bool,
        typer.Option(
            "--live",
            help="Offer what the target has in drop-downs, its custom metadata in columns.",
        ),
    ] = False,
    target: flags.Target = "sandbox",
    config: flags.Config = None,
    allow_http: flags.AllowHttp = False,
) -> int:
    """Make the blank workbook of a template, to be filled in."""
    from importer.pipeline.report_paths import refuse_existing
    from importer.template import find
    from importer.template.blank import write_blank

    template = find(name)
    path = out or Path(f"{template.name}.xlsx")
    refuse_existing(path)
    found = _live(template, target, config, allow_http=allow_http) if live else ({}, {})
    show([str(write_blank(template, path, lists=found[0], own=found[1]))])
    return 0


def _live(
    template: Template, target: str, config: Path | None, *, allow_http: bool
) -> tuple[dict[str, list[str]], dict[str, list[OwnColumn]]]:
    """Return what the target has to choose from, and columns for its own fields."""
    from importer.pipeline.choices import live_choices, live_columns
    from importer.session import connector

    with connector(config, target, allow_http=allow_http) as connect:
        connect.announce = remark
        opened = connect(template.systems, template.options)
        return live_choices(template, opened), live_columns(template, opened)


@app.command(cls=Command)
def init(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook or CSV file.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", metavar="DIR", help="The new folder; without it, named like the file."
        ),
    ] = None,
    system: Annotated[
        str, typer.Option(metavar="NAME", help="The system: atlan, atlas or trebellar.")
    ] = "atlan",
    encoding: flags.Encoding = "",
    delimiter: flags.Delimiter = "",
) -> int:
    """Write a first mapping from the headings of a file: a new kind of import."""
    from importer.errors import UsageError
    from importer.pipeline.report_paths import refuse_existing
    from importer.read import open_input
    from importer.targets import systems
    from importer.template.init import write_first_mapping

    if system not in systems():
        raise UsageError(f"There is no system called {system}; there are: {', '.join(systems())}.")
    opened = open_input(file, TextForm(encoding, delimiter))
    folder = out or Path(file.stem)
    refuse_existing(folder)
    made = write_first_mapping(folder.name, opened.sheets, folder, system=system)
    show(
        [
            str(made),
            f"Next: complete {made / 'mapping.toml'}, then "
            f"`importer check {shlex.join([str(file), '--template', str(made)])}`",
        ]
    )
    return 0


def _as_json(template: Template) -> dict[str, Any]:
    return {
        "template": template.name,
        "title": template.title,
        "system": template.system,
        "systems": list(template.systems),
        "sheets": [sheet.name for sheet in template.sheets],
    }
