"""What stdout and the terminal show: results, lines, colours, questions and progress bars."""

from __future__ import annotations

import codecs
import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from getpass import getpass
from typing import TYPE_CHECKING, Any, TextIO

import typer

from importer.credentials import without_credentials
from importer.errors import ResultNotWritten
from importer.invisible import escaped

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from importer.cli.signals import Breaks

COLOURS = {
    "error:": "red",
    "warning:": "yellow",
    "info:": "cyan",
    "create": "green",
    "update": "yellow",
    "move": "blue",
    "delete": "red",
}
"""The first word of a line -> its colour on a terminal."""


_as_log: list[Callable[[Iterable[str], bool], None]] = []
"""What takes lines instead of stderr, and whether they say what went wrong, as the log does."""

_COMMAND = re.compile("`importer [^`]*`")

_UNBROKEN = "\x1f"
"""Stands for a blank of a command while a line is folded; no line that is shown has it."""


def say(*lines: str, bad: bool = False) -> None:
    """Write lines for people to stderr; where nobody can read them any more, nowhere.

    `bad` says that they tell why a command ends, and may quote a cell or a target.
    """
    if _as_log:
        _as_log[-1](lines, bad)
        return
    try:
        _print(lines, sys.stderr)
    except OSError:  # its terminal has closed, say
        _to_nowhere(sys.stderr)


def complain(*lines: str) -> None:
    """Write to stderr what has ended a command, under the program's name."""
    say(*(f"importer: {line}" for line in lines), bad=True)


@contextmanager
def logged_as_json() -> Iterator[None]:
    """Let what goes to stderr be a log of JSON within the block."""
    import logging

    from importer import log

    own = logging.getLogger("importer.cli")

    def write(lines: Iterable[str], bad: bool) -> None:
        for line in filter(None, map(_harmless, lines)):
            own.log(logging.ERROR if bad else logging.INFO, line.removeprefix("importer: "))

    with log.as_json():
        _as_log.append(write)
        try:
            yield
        finally:
            _as_log.remove(write)


def remark(words: str) -> None:
    """Write a line of the program's own to stderr, under its name."""
    say(f"importer: {words}")


def show(lines: Iterable[str]) -> None:
    """Write a result for people to stdout. Raises ResultNotWritten."""
    with stdout():
        _print(lines, sys.stdout)


def _print(lines: Iterable[str], stream: TextIO) -> None:
    """Write lines that do no harm; on a terminal folded to its width, and coloured."""
    colour = coloured(stream)
    width = shutil.get_terminal_size().columns if stream.isatty() else 0
    for line in map(_harmless, lines):
        whole = folded(line, width) if width else line
        print(painted(whole) if colour else whole, file=stream)
    stream.flush()


def show_json(value: Any) -> None:
    """Write a result for programs to stdout: one JSON object. Raises ResultNotWritten."""
    text = _as_text(value)
    with stdout():
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def _as_text(value: Any) -> str:
    """Return JSON; in ASCII where stdout is not UTF-8, or a file name is not Unicode.

    Control and bidirectional characters are in the escaped form of JSON, so that they read back;
    links have no credentials.
    """
    import orjson

    if codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8":
        with suppress(orjson.JSONEncodeError):
            return _harmless(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())
    return _harmless(json.dumps(value, indent=2))


def _harmless(text: str) -> str:
    """Return a text in which nothing pretends to be something else, and without credentials."""
    return escaped(without_credentials(text))


@contextmanager
def stdout() -> Iterator[None]:
    """Turn a failing stdout (a full disk, say) into ResultNotWritten.

    Who closes a pipe early, as `head` does, wants no more.
    """
    try:
        yield
    except BrokenPipeError:
        _to_nowhere(sys.stdout)
    except OSError as error:
        _to_nowhere(sys.stdout)
        raise ResultNotWritten(
            f"The result could not be written to stdout: {error.strerror}. "
            "`importer runs` shows what became of a run."
        ) from error


def _to_nowhere(stream: TextIO) -> None:
    """Let a stream that fails lead nowhere: else what is left in it fails again at the exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def folded(line: str, width: int) -> str:
    """Return a line broken between words, with all further lines indented.

    A command is left whole, so that it can be copied: a long one begins a line of its own.
    """
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    whole = _COMMAND.sub(lambda found: found[0].replace(" ", _UNBROKEN), line)
    parts = textwrap.fill(
        whole, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return parts.replace(_UNBROKEN, " ")


def painted(line: str) -> str:
    """Return a line with its first word in colour, where that word has one."""
    first, _, rest = line.partition(" ")
    if first not in COLOURS:
        return line
    return f"{typer.style(first, fg=COLOURS[first], bold=True)} {rest}"


def coloured(stream: TextIO) -> bool:
    """Whether a stream takes colours: a terminal, and no NO_COLOR (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def attended() -> bool:
    """Whether a user is at the terminal who can be asked; a log asks nobody."""
    return not _as_log and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, *, default: bool = False) -> bool:
    """Ask yes or no. Raises KeyboardInterrupt where no answer comes."""
    with _answered():
        return typer.confirm(question, default=default, err=True)


def ask_text(question: str, default: str = "", *, needed: bool = False, quiet: bool = False) -> str:
    """Ask for a text, until there is one where it is needed. Raises KeyboardInterrupt.

    `quiet` says that the question tells what is taken by the Enter key.
    """
    with _answered():
        while True:
            shown = f"{question} [{default}]" if default and not quiet else question
            given = typer.prompt(_harmless(shown), default=default, show_default=False, err=True)
            if (answer := str(given).strip()) or not needed:
                return answer


def ask_hidden(question: str) -> str:
    """Ask for a secret twice, without showing it. Raises KeyboardInterrupt.

    The question comes after the echo is off: what is typed before that would be lost.
    """
    while True:
        first = _typed_unseen(f"{question}: ")
        if first and first == _typed_unseen("Repeat it: "):
            return first
        say("That was nothing, or not twice the same: once more.")


def _typed_unseen(question: str) -> str:
    try:
        return getpass(question)
    except EOFError:
        raise KeyboardInterrupt from None


def ask_choice(question: str, words: Mapping[str, str], default: str = "") -> str:
    """Ask for one of some letters, each with its meaning. Raises KeyboardInterrupt."""
    offered = ", ".join(
        f"{letter}{' or Enter' if letter == default else ''}: {word}"
        for letter, word in words.items()
    )
    while True:
        answer = ask_text(f"{question} ({offered})", default, quiet=True).lower()
        found = [letter for letter in words if answer[:1] == letter]
        if found:
            return found[0]
        if answer:
            say(f"`{answer[:20]}` is none of them.")


@contextmanager
def _answered() -> Iterator[None]:
    """Raise KeyboardInterrupt, or what a signal raised, where no answer comes."""
    try:
        yield
    except typer.Abort as abort:
        signalled = abort.__context__  # what a signal raises; an end of the input raises another
        raise signalled if isinstance(signalled, KeyboardInterrupt) else KeyboardInterrupt from None


class Bars:
    """Progress bars on stderr, removed when they are closed; none where that is no terminal."""

    def __init__(self, breaks: Breaks | None = None) -> None:
        self._breaks = breaks
        self._shown = sys.stderr.isatty() and not _as_log
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._counted = 0
        self._total: int | None = None

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage; `total` is what it has to do, None where that is not known."""
        from importer.pipeline.progress import SENDING

        if self._breaks:
            self._breaks.sending = name == SENDING
        if _as_log:
            _as_log[-1]([name], False)
        if not self._shown:
            return
        self.close()
        self._progress = _progress(counted=total is not None)
        self._counted, self._total = 0, total
        self._task = self._progress.add_task(name, total=total, done=_done(0, total))
        self._progress.start()

    def advance(self, count: int) -> None:
        """Note that so many more are done."""
        if self._progress is not None and self._task is not None:
            self._counted += count
            done = _done(self._counted, self._total)
            self._progress.update(self._task, advance=count, done=done)

    def report(self, words: str) -> None:
        """Write a line to stderr."""
        self.close()
        remark(words)

    def between_batches(self) -> None:
        """Raise KeyboardInterrupt where the run is to be broken off."""
        if self._breaks:
            self._breaks.between_batches()

    def close(self) -> None:
        """Remove the bar, before other output and at the end."""
        if self._progress is not None:
            with suppress(OSError):  # its terminal may have closed
                self._progress.stop()
        self._progress = None

    def __enter__(self) -> Bars:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _progress(*, counted: bool) -> Progress:
    """Return a bar with counts and the time left, or what is done and the time it took."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    done = TextColumn("{task.fields[done]}")
    known: list[ProgressColumn] = [BarColumn(), done, TimeRemainingColumn()]
    columns = known if counted else [done, TimeElapsedColumn()]
    console = Console(stderr=True)
    text = TextColumn("{task.description}")
    return Progress(SpinnerColumn(), text, *columns, console=console, transient=True)


def _done(done: int, total: int | None) -> str:
    """Return what is done, and of how much; nothing where nothing is counted."""
    return f"{done:,} of {total:,}" if total is not None else f"{done:,}" if done else ""
