"""The command line: parse it, run one command, turn what is raised into an exit status."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Annotated, Any, NoReturn, TextIO

import typer
from typer.core import TyperCommand, TyperGroup

from importer import __version__
from importer.cli.commands import ABOUT, CommandsByName
from importer.cli.console import say, show, stdout
from importer.cli.startup import hold, status_of
from importer.errors import ReasonCode, ResultNotWritten
from importer.now import utc_now

ENDS = (".", "?", "!")

NEW_OBJECTS = 100_000
"""After so many new objects Python looks for cycles among them.

After 700, as usual, it looks again and again through modules that are being loaded.
"""

UsageMistake: type[Any] = typer.BadParameter.__bases__[0]
"""What typer raises for wrong arguments; it has no public name of its own."""


class Commands(TyperGroup):
    """The commands; wrong arguments become a line on stderr and an exit status."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.commands: Any = CommandsByName()

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands without loading any."""
        listed = [TyperCommand(name, help=about) for name, about in ABOUT.items()]
        TyperGroup(commands=listed).format_commands(ctx, formatter)

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> NoReturn:
        """Run one command and exit with its status."""
        given = list(sys.argv[1:] if args is None else args)
        started = utc_now()
        try:
            with stdout():  # help and version are written by typer
                status = super().main(given or ["--help"], "importer", standalone_mode=False)
        except UsageMistake as mistake:
            status = _mistaken(mistake, given, started)
        except ResultNotWritten as error:
            say(f"importer: {error}")
            status = error.exit_status
        sys.exit(status or 0)


def _mistaken(mistake: Any, given: Sequence[str], started: str) -> int:
    context = mistake.ctx
    where = context.command_path if context else "importer"
    words = _plain(mistake)
    words = f"{words}{'' if words.endswith(ENDS) else '.'} `{where} --help` tells more."
    say(f"importer: {words}")
    if not _wants_json(given):
        return 2
    from importer.cli.answer import Answer
    from importer.cli.command import print_answer
    from importer.cli.without_result import without_result, words_of
    from importer.pipeline.reason import Reason

    name, known = (words_of(context), context.params) if context else ("", {})
    reason = Reason(ReasonCode.USAGE, words)
    answer = Answer(2, lambda: without_result(name, known), reason)
    return print_answer(answer, started)


def _plain(mistake: Any) -> str:
    """Return what is wrong with an argument; of a number, also which are allowed."""
    words: str = mistake.format_message()
    allowed = getattr(getattr(mistake, "param", None), "type", None)
    least, most = (getattr(allowed, name, None) for name in ("min", "max"))
    range_ = f"from {least} to {most}" if most is not None else f"from {least} on"
    return words.replace("is not a valid int range", f"is not a whole number {range_}")


def _wants_json(given: Sequence[str]) -> bool:
    """Whether arguments that cannot be parsed ask for JSON."""
    flags = list(takewhile(lambda word: word != "--", given))
    return "--format=json" in flags or ("--format", "json") in pairwise(flags)


def main() -> None:
    """Run the command line in a process of its own."""
    hold()
    gc.set_threshold(NEW_OBJECTS)
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a file name may be no Unicode
    try:
        app()
    except KeyboardInterrupt as signalled:  # after the command, while its answer was printed
        sys.exit(status_of(signalled))
    finally:
        gc.freeze()  # else Python looks through all that is left once more
        exec("")  # noqa: S102 - else Python ends by SIGINT where one has cut off an exec of a text


def _nowhere() -> TextIO:
    """Return a stream in place of one that the parent process has closed."""
    return open(os.devnull, "w")


def _version(wanted: bool) -> None:
    if wanted:
        show([f"importer {__version__}"])
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
