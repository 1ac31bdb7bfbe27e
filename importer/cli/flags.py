"""The flags that several commands share, each declared once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from importer.options import Options


class Format(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    JSON = "json"


Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="Workbooks or CSV files.", show_default=False),
]
RunName = Annotated[
    str, typer.Argument(metavar="RUN", help="The run, as `importer runs` names it.")
]
Template = Annotated[
    str | None,
    typer.Option("--template", metavar="NAME|DIR", help="The template; else the headings tell it."),
]
Target = Annotated[
    str, typer.Option("--target", metavar="NAME", help="Where to: sandbox, atlan, trebellar...")
]
LookUp = Annotated[
    str | None,
    typer.Option(
        "--target", metavar="NAME", help="Look up what the files refer to in this target."
    ),
]
Sheets = Annotated[
    list[str] | None,
    typer.Option("--sheet", metavar="NAME[=KIND]", help="Only this sheet; may be repeated."),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")]
Plan = Annotated[
    Path | None,
    typer.Option("--plan", metavar="PLAN", help="Send what this plan says, or nothing."),
]
PlanOut = Annotated[
    Path | None,
    typer.Option("-o", "--out", metavar="PLAN", help="Keep the plan, for `run --plan PLAN`."),
]
Mass = Annotated[
    bool,
    typer.Option("--allow-mass-change", help="Hold nothing, however much of the target changes."),
]
Prune = Annotated[
    list[str] | None,
    typer.Option(
        "--prune",
        metavar="SCOPE",
        help="Delete what stands in this and in none of the files; may be repeated.",
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Take warnings for errors.")]
BatchSize = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Changes a request: 20 for Atlan, 100 for Trebellar."),
]
Jobs = Annotated[int, typer.Option(min=1, max=64, metavar="N", help="Requests under way at once.")]
Rate = Annotated[int | None, typer.Option(min=1, metavar="N", help="Requests a minute at most.")]
OutputFormat = Annotated[Format, typer.Option("--format", help="What stdout gets.")]
Report = Annotated[
    Path | None,
    typer.Option(
        "--report", metavar="PATH", help="Where the report goes; a folder for several files."
    ),
]
InPlace = Annotated[bool, typer.Option("--in-place", help="Write the report into the file itself.")]
Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings, instead of ./importer.toml."),
]


def options(
    template: str | None, sheets: list[str] | None, prune: list[str] | None, *, strict: bool
) -> Options:
    """Return what the flags of a command ask for."""
    return Options(
        template=template, only=tuple(sheets or ()), prune=tuple(prune or ()), strict=strict
    )


def repeated(files: list[Path], asked: Options, target: str | None) -> list[str]:
    """Return the files and flags of a command, as the next command needs them too."""
    named = [("--template", asked.template), ("--target", target)]
    named += [("--sheet", sheet) for sheet in asked.only]
    named += [("--prune", scope) for scope in asked.prune]
    words = [word for flag, value in named if value for word in (flag, value)]
    return [*map(str, files), *words, *(["--strict"] if asked.strict else [])]
