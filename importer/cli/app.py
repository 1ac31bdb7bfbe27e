"""The command line: parse it, run one command, turn what is raised into an exit status."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import Annotated, Any, NoReturn, TextIO

import typer
from typer.core import TyperGroup

from importer import __version__
from importer.cli import (
    check,
    demo,
    doctor,
    export,
    plan,
    resume,
    run,
    runs,
    sandbox,
    templates,
    undo,
)
from importer.cli.console import say
from importer.cli.signals import Terminated
from importer.errors import ImporterError

INTERRUPTED = 128 + signal.SIGINT
TERMINATED = 128 + signal.SIGTERM

UsageMistake: type[Any] = typer.BadParameter.__bases__[0]
"""What typer raises for wrong arguments; it has no public name of its own."""


class Commands(TyperGroup):
    """The commands; what they raise becomes a line on stderr and an exit status."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> NoReturn:
        """Run one command and exit with its status."""
        given = list(sys.argv[1:] if args is None else args)
        try:
            status = super().main(given or ["--help"], "importer", standalone_mode=False)
        except UsageMistake as mistake:
            status = _mistaken(mistake)
        sys.exit(status or 0)

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run one command and return its exit status."""
        try:
            return super().invoke(ctx)
        except ImporterError as error:
            for line in str(error).splitlines():
                say(f"importer: {line}")
            return error.exit_status
        except Terminated:
            return TERMINATED
        except KeyboardInterrupt:
            return INTERRUPTED


def _mistaken(mistake: Any) -> int:
    where = mistake.ctx.command_path if mistake.ctx else "importer"
    say(f"importer: {mistake.format_message()} `{where} --help` tells more.")
    return 2


def main() -> None:
    """Run the command line in a process of its own."""
    signal.signal(signal.SIGTERM, _terminate)
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    app()


def _nowhere() -> TextIO:
    """Return a stream in place of one that the parent process has closed."""
    return open(os.devnull, "w")


def _terminate(*_: object) -> NoReturn:
    raise Terminated


def _version(wanted: bool) -> None:
    if wanted:
        print(f"importer {__version__}")
        raise typer.Exit


app = typer.Typer(
    cls=Commands,
    name="importer",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback()
def importer(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Get spreadsheets into the systems they belong to.

    Every row is checked first, sent once, and every failure is traced to its cell.
    """


app.command()(demo.demo)
app.command()(check.check)
app.command()(plan.plan)
app.command()(run.run)
app.command()(resume.resume)
app.command()(undo.undo)
app.command()(runs.runs)
app.command()(export.export)
app.add_typer(templates.app, name="template")
app.command()(sandbox.sandbox)
app.command()(doctor.doctor)
