"""`importer template`: list templates, make blank workbooks, write first mappings."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from importer.cli import flags
from importer.cli.answer import Answer
from importer.cli.command import Command
from importer.cli.console import attended, remark, show
from importer.cli.first_mapping import Wish, corrected, written
from importer.cli.flags import Format
from importer.cli.unknown_list import name_of
from importer.spreadsheet import TextForm

if TYPE_CHECKING:
    from importer.pipeline.propose import Lists
    from importer.template import Template
    from importer.template.blank import OwnColumn

ANEW = "That is guessed anew for each file; --encoding and --delimiter write it into the mapping."
"""How text files are read by a mapping of which nobody has said how they are written."""

app = typer.Typer(rich_markup_mode=None)


@app.command("list", cls=Command)
def list_all(
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
) -> Answer:
    """List the templates that ship, and the mappings that you have kept."""
    from importer.template import find_all, find_kept

    found = [_as_json(one, kept=False) for one in find_all()]
    found += [_as_json(one, kept=True) for one in find_kept()]
    if format is Format.JSON:
        return Answer(0, lambda: {"templates": found})
    show(line for one in found for line in _listed(one))
    show(["`importer template new NAME -o FILE` makes a blank workbook of one."])
    return Answer(0)


def _listed(one: dict[str, Any]) -> Iterator[str]:
    from importer.targets import unknown_systems

    yield one["template"]
    yield f"  {one['title']}"
    yield f"  Sheets: {', '.join(one['sheets'])}"
    yield from (f"  {words}" for words in unknown_systems(one["systems"]))
    if one["kept"]:
        yield f"  Kept by you in {one['folder']}; delete that folder to forget it."
    yield ""


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
    language: Annotated[
        str,
        typer.Option(
            "--language", metavar="CODE", help="The language of headings, notes and instructions."
        ),
    ] = "en",
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
    show([str(write_blank(template, path, lists=found[0], own=found[1], language=language))])
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
    files: flags.Files,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="DIR", help="Write the mapping into this new folder."),
    ] = None,
    keep: Annotated[
        str,
        typer.Option(
            "--keep", metavar="NAME", help="Keep the mapping: it is found again by the headings."
        ),
    ] = "",
    system: Annotated[
        str, typer.Option(metavar="NAME", help="The system that it is for, where that is known.")
    ] = "",
    encoding: flags.Encoding = "",
    delimiter: flags.Delimiter = "",
    quote: flags.Quote = "",
    set: flags.Settled = None,  # noqa: A002 - the flag's name
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
) -> Answer:
    """Propose how a list is imported: what its rows and columns are, and why."""
    from importer.cli.offered import Offer
    from importer.cli.proposed import proposal_lines
    from importer.errors import UsageError
    from importer.pipeline.proposal_json import as_json
    from importer.pipeline.propose import read_lists, unsure
    from importer.pipeline.set_answers import refuse_rest, with_answers

    _refuse_early(system, out, keep)
    form, where = TextForm(encoding, delimiter, quote), Wish(keep, out)
    lists = read_lists(files, form, system)
    settled = with_answers(lists, set or ())
    refuse_rest(settled, lists.answered)
    found = settled.proposal
    if format is Format.TEXT:
        show((*proposal_lines(found), *_guessed(lists)))
    offer = Offer(files, form, lists, found, keep or name_of(files), settled.choices)
    if format is Format.TEXT and attended():
        found, where = corrected(offer, where)
    elif keep and (why := offer.refused):
        raise UsageError(why)
    made = written(found, where)
    if format is Format.TEXT:
        show(_next(files, made, "" if made else offer.refused))
    open_ = bool(list(unsure(found)))
    return Answer(int(open_), lambda: as_json(found), files=[str(file) for file in files])


def _guessed(lists: Lists) -> Iterator[str]:
    """Yield how text files were understood, where that was not declared."""
    if not (lists.form.encoding and lists.form.delimiter):
        for file, guess in lists.guesses.items():
            yield f"{file}: {guess}. {ANEW}"


def _refuse_early(system: str, out: Path | None, keep: str) -> None:
    """Raise UsageError for what cannot be had, before anything is read."""
    from importer.errors import UsageError
    from importer.pipeline.report_paths import refuse_existing
    from importer.pipeline.steps.mapping_names import name_refused
    from importer.targets import systems

    if system and system not in systems():
        raise UsageError(f"There is no system called {system}; there are: {', '.join(systems())}.")
    if out:
        refuse_existing(out)
    if keep and (why := name_refused(keep)):
        raise UsageError(why)


def _next(files: list[Path], made: list[str], refused: str) -> Iterator[str]:
    """Yield the commands that come next; why a proposal is `refused` where it cannot be kept."""
    names = [str(file) for file in files]
    for template in made:
        check = shlex.join(["importer", "check", *names, "--template", template])
        yield f"Next: `{check}`"
    if refused:
        yield refused
    elif not made:
        init = ["importer", "template", "init", *names]
        keep = shlex.join([*init, "--keep", name_of(files)])
        write = shlex.join([*init, "-o", files[0].stem])
        yield f"Next: `{keep}` keeps it for lists like this; `{write}` writes it for changes."


def _as_json(template: Template, *, kept: bool) -> dict[str, Any]:
    return {
        "template": template.name,
        "title": template.title,
        "system": template.system,
        "systems": list(template.systems),
        "sheets": [sheet.name for sheet in template.sheets],
        "kept": kept,
        "folder": str(template.folder),
    }
