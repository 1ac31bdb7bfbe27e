"""Says in Python what messages say in commands and flags, and names rows as a DataFrame has them.

Messages are written where a mistake is seen and kept in the journal as the command line has them;
here they are turned for who reads them in a program. A flag is the keyword of the same name.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager

from importer.errors import ImporterError
from importer.read.frames import HEADING_ROWS
from importer.spreadsheet import column_number

_FLAGS = (
    "allow-http|allow-mass-change|batch-size|config|delimiter|encoding|in-place|jobs|out|plan|"
    "prune|quote|rate|report|set|sheet|strict|target|template|verify"
)
_VALUE = r"'[^']*'(?:[^\s,;`']*')*|[^\s`,;]*[\w/](?:=?\.\.\.)?"
_PROSE = r"(?!(?:and|or|is|was|writes|of|takes|says|counts|deletes|exclude|to|for)\b)"
_FLAG = re.compile(rf"--({_FLAGS})\b(?:[ =]{_PROSE}({_VALUE}))?")
_COMMAND = re.compile(r"(`importer [^`]*`)")
_BARE = frozenset({"allow-http", "allow-mass-change", "in-place", "strict", "verify"})
_QUOTED = re.compile(r"(`[^`]*`)")
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_ROWS = re.compile(rf"\b([Rr]ows? )({_DIGITS}(?:(?:, | and | to |-){_DIGITS})*)")
_NUMBER = re.compile(_DIGITS)
_HEADING_CELL = re.compile(r"\bin ([A-Z]{1,3})1\b")
_COLUMN = re.compile(r"\b([Cc]olumn )([A-Z]{1,3})\b")


def in_python(text: str) -> str:
    """Return a message with the calls and keywords of Python for commands and flags.

    A command that has no call stays as it is: it is typed at a terminal.
    """
    parts = _COMMAND.split(text)
    parts[::2] = [_FLAG.sub(_keyword, part) for part in parts[::2]]
    parts[1::2] = [f"`{_call(command.strip('`'))}`" for command in parts[1::2]]
    return "".join(parts)


def _call(command: str) -> str:
    words = _words(command)[1:]
    match words:
        case ["check" | "plan" | "run" as name] | ["plan" as name, "FILE"]:
            return f"api.{name}(source)"
        case ["plan", "FILE", "--out", path]:
            return f"api.plan(source).save({_text(path)})"
        case ["resume" | "undo" as name, run]:
            return f"api.{name}({'run' if run == 'RUN' else _text(run)})"
        case ["template", "init", *_] if "--keep" not in words and "-o" not in words:
            return "api.propose(source)"
        case ["template", "init", *_, "--keep", name]:
            return f"api.propose(source).keep({_text(name)})"
        case ["runs"]:
            return "api.runs()"
        case ["runs", run, "--approve"]:
            return f"api.approve({_text(run)})"
    return command


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:  # a quotation mark of a user's is not closed
        return command.split()


def _text(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)


def _keyword(found: re.Match[str]) -> str:
    flag, value = found[1], found[2]
    name = flag.replace("-", "_")
    if flag in _BARE:
        return f"{name}=True" + (f" {value}" if value else "")
    if not value:
        return f"{name}="
    plain = "".join(_words(value)) if "'" in value else value
    if flag == "set":
        one, _, answer = plain.partition("=")
        return f"set={{{_text(one)}: {_text(answer or '...')}}}"
    return f"{name}={_text(plain)}"


def of_frame(text: str) -> str:
    """Return a message with rows by their position from 0, but for what it quotes."""
    parts = _QUOTED.split(text)
    parts[::2] = [_positions(part) for part in parts[::2]]
    return "".join(parts)


def _positions(text: str) -> str:
    text = _HEADING_CELL.sub(lambda found: f"in column {column_number(found[1]) - 1}", text)
    text = _COLUMN.sub(lambda found: f"{found[1]}{column_number(found[2]) - 1}", text)
    return _ROWS.sub(lambda found: found[1] + _NUMBER.sub(_position, found[2]), text)


def _position(found: re.Match[str]) -> str:
    row = int(found[0].replace(",", "")) - HEADING_ROWS - 1
    return f"{row:,}" if row >= 0 else "of the headings"


@contextmanager
def python_words(*, frames: bool = False) -> Iterator[None]:
    """Let what is raised within the block say in Python what to do."""
    try:
        yield
    except ImporterError as error:
        text = in_python(str(error))
        error.args = (of_frame(text) if frames else text, *error.args[1:])
        raise
