"""The options that several commands share, each declared once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from importer.options import Options
from importer.pipeline.file_names import unusable
from importer.spreadsheet import TextForm


class Format(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    JSON = "json"


class LogFormat(StrEnum):
    """How the log is written."""

    TEXT = "text"
    JSON = "json"


def _named(files: list[Path]) -> list[Path]:
    """Refuse names that no report and no journal can use."""
    if why := next(filter(None, map(unusable, files)), ""):
        raise typer.BadParameter(why)
    return files


Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE", help="Workbooks or CSV files.", show_default=False, callback=_named
    ),
]
RunName = Annotated[
    str, typer.Argument(metavar="RUN", help="The run, as `importer runs` names it.")
]
Template = Annotated[
    str | None,
    typer.Option(
        "--template", metavar="NAME|DIR", help="The template; without it, the headings decide."
    ),
]
Target = Annotated[
    str,
    typer.Option(
        "--target",
        metavar="NAME",
        help="The target: sandbox, atlan, trebellar or another of the settings.",
    ),
]
LookUp = Annotated[
    str | None,
    typer.Option(
        "--target", metavar="NAME", help="Look up in this target what the files refer to."
    ),
]
Sheets = Annotated[
    list[str] | None,
    typer.Option(
        "--sheet",
        metavar="NAME[=KIND]",
        help="Import only this sheet, as KIND if given; may be repeated.",
    ),
]
Encoding = Annotated[
    str,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="The encoding of text files, such as windows-1252 or mac-roman; else it is guessed.",
        show_default=False,
    ),
]
Delimiter = Annotated[
    str,
    typer.Option(
        "--delimiter",
        metavar="CHAR",
        help="What separates the cells of text files, such as ; or tab; else it is guessed.",
        show_default=False,
    ),
]
Quote = Annotated[
    str,
    typer.Option(
        "--quote",
        metavar="CHAR",
        help="The sign around cells of text files, such as '; or none; else it is a double quote.",
        show_default=False,
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before sending.")]
Plan = Annotated[
    Path | None,
    typer.Option(
        "--plan", metavar="PLAN", help="Do exactly what this saved plan says, or nothing."
    ),
]
PlanOut = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--out",
        metavar="PLAN",
        help="Save the plan in this file, for `run FILE... --plan PLAN`.",
    ),
]
Mass = Annotated[
    bool,
    typer.Option("--allow-mass-change", help="Let a run change much of the target at once."),
]
Prune = Annotated[
    list[str] | None,
    typer.Option(
        "--prune",
        metavar="SCOPE",
        help="Delete what this scope, a name or id, holds and no file names; may be repeated.",
    ),
]


def _answers(given: list[str]) -> list[str]:
    """Refuse an answer without a name, or without a value."""
    for text in given or ():
        name, sign, value = text.partition("=")
        if not (sign and name.strip() and value.strip()):
            raise typer.BadParameter(f"{text} is no answer. Write NAME=VALUE.")
    return given


Answers = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Answer what the template asks; may be given several times.",
        callback=_answers,
    ),
]
Settled = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Answer what the mapping is to hold; may be given several times.",
        callback=_answers,
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")]
BatchSize = Annotated[
    int | None,
    typer.Option(
        min=1,
        metavar="N",
        help="Changes per request; if not set, 20 for Atlan and 100 for Trebellar.",
    ),
]
Verify = Annotated[
    bool,
    typer.Option("--verify", help="Read back from the target whatever was sent, not only doubts."),
]
Jobs = Annotated[int, typer.Option(min=1, max=64, metavar="N", help="Requests in flight at once.")]
Rate = Annotated[int | None, typer.Option(min=1, metavar="N", help="Requests per minute at most.")]
OutputFormat = Annotated[Format, typer.Option("--format", help="How the result is printed.")]
LogAs = Annotated[
    LogFormat,
    typer.Option("--log-format", help="How what goes to stderr is written: json for programs."),
]
Report = Annotated[
    str | None,
    typer.Option(
        "--report",
        metavar="PATH",
        help="Where the report goes: a file, or a folder (`reports/`), as for several files.",
    ),
]
InPlace = Annotated[
    bool, typer.Option("--in-place", help="Write the report into the input file itself.")
]
Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="The settings file, instead of ./importer.toml."),
]
AllowHttp = Annotated[
    bool,
    typer.Option(
        "--allow-http", help="Send the key to another machine without encryption, if need be."
    ),
]


def options(
    template: str | None,
    sheets: list[str] | None,
    prune: list[str] | None = None,
    *,
    strict: bool,
    form: TextForm,
    answers: list[str] | None = None,
) -> Options:
    """Return what the flags of a command ask for."""
    return Options(
        template=template,
        only=tuple(sheets or ()),
        prune=tuple(prune or ()),
        strict=strict,
        answers=tuple(_pair(text) for text in answers or ()),
        encoding=form.encoding,
        delimiter=form.delimiter,
        quote=form.quote,
    )


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip(), value.strip()


def repeated(files: list[Path], asked: Options, target: str | None) -> list[str]:
    """Return the files and flags of a command, as the next command needs them too."""
    named = [("--template", asked.template), ("--target", target)]
    named += [("--sheet", sheet) for sheet in asked.only]
    named += [("--prune", scope) for scope in asked.prune]
    named += [("--set", f"{name}={answer}") for name, answer in asked.answers]
    named += [("--encoding", asked.encoding), ("--delimiter", asked.delimiter)]
    named += [("--quote", asked.quote)]
    words = [word for flag, value in named if value for word in (flag, value)]
    return [*map(_argument, files), *words, *(["--strict"] if asked.strict else [])]


def _argument(file: Path) -> str:
    """Return a path as an argument that is not taken for a flag."""
    return f"./{file}" if str(file).startswith("-") else str(file)
