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
_VALUE = r"'[^']*'(?:[^\s,;`']*')*|[^\s`,;]*[\w/]"
_PROSE = r"(?!(?:and|or|is|was|writes|of|takes|says|counts|deletes|exclude|to|for)\b)"
_FLAG = re.compile(rf"--({_FLAGS})\b(?:[ =]{_PROSE}({_VALUE}))?")
_COMMAND = re.compile(r"`importer (check|plan|run|resume|undo|runs)\b ?([^`]*)`")
_BARE = frozenset({"allow-http", "allow-mass-change", "in-place", "strict", "verify"})
_PREFIXES = ("a lower ", "another ")

_QUOTED = re.compile(r"(`[^`]*`)")
_ROWS = re.compile(r"\b([Rr]ows? )(\d[\d,]*(?:(?:, | and | to |-)\d[\d,]*)*)")
_NUMBER = re.compile(r"\d[\d,]*")
_HEADING_CELL = re.compile(r"\bin ([A-Z]{1,3})1\b")
_COLUMN = re.compile(r"\b([Cc]olumn )([A-Z]{1,3})\b")


def in_python(text: str) -> str:
    """Return a message with the calls and keywords of Python for commands and flags."""
    return _FLAG.sub(_keyword, _COMMAND.sub(_call, text))


def _call(found: re.Match[str]) -> str:
    command, rest = found[1], found[2].strip()
    if command == "runs":
        return f"`{_call_of_runs(rest)}`"
    words, _, flags = rest.partition("--")
    given = [json.dumps(word) for word in words.split()[:1] if word != "RUN"]
    keywords = _FLAG.sub(_keyword, f"--{flags}") if flags else ""
    return f"`api.{command}({', '.join(filter(None, (*given, keywords.replace(' ', ', '))))})`"


def _call_of_runs(rest: str) -> str:
    name, _, flag = rest.partition(" --")
    if flag == "approve":
        return f"api.approve({json.dumps(name)})"
    return f"importer runs {rest}" if flag else "api.runs()"


def _keyword(found: re.Match[str]) -> str:
    flag, value = found[1], found[2]
    name = flag.replace("-", "_")
    if flag in _BARE:
        return f"{name}=True" + (f" {value}" if value else "")
    if not value:
        return f"{name}="
    plain = "".join(shlex.split(value)) if "'" in value else value
    if flag == "set":
        one, _, answer = plain.partition("=")
        return f"set={{{json.dumps(one)}: {json.dumps(answer or '...')}}}"
    return f"{name}={json.dumps(plain, ensure_ascii=False)}"


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
