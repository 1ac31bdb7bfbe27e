"""Read the files of a template: not too large, not too deep, in UTF-8."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from importer.errors import TemplateError
from importer.template.schema_rules import nests_deeply
from importer.template.shipped import is_ours

MAX_FILE = 4 << 20
"""Bytes of a mapping or a schema; the largest of those that ship has 50 kB."""
MAX_WORDS = 300
TOO_DEEP = "its values have too many levels."

Raw = dict[str, Any]


def read_toml(path: Path) -> tuple[str, Raw]:
    """Return a TOML file of a template, as text and parsed. Raises TemplateError."""
    try:
        text = text_of(path)
    except OSError as error:
        raise TemplateError(f"{path}: cannot be read ({error.strerror}).") from None
    try:
        found = tomllib.loads(text)
    except ValueError as error:
        raise TemplateError(f"{path}: not valid TOML: {error}.") from None
    except RecursionError:
        raise TemplateError(f"{path}: {TOO_DEEP}") from None
    demand_shallow(path, found)
    return text, found


def demand_shallow(path: Path, found: Any) -> None:
    """Raise TemplateError where values from a stranger's file have too many levels."""
    if not is_ours(path) and nests_deeply(found):
        raise TemplateError(f"{path}: {TOO_DEEP}")


def text_of(path: Path) -> str:
    """Return the text of a file of a template. Raises OSError and TemplateError."""
    if path.exists() and not path.is_file():
        raise TemplateError(f"{path}: is no file.")
    with path.open("rb") as stream:
        content = stream.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        raise TemplateError(f"{path}: has more than {MAX_FILE:,} bytes.")
    try:
        return content.decode().replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise TemplateError(f"{path}: is not UTF-8 text.") from None


def short(words: object) -> str:
    """Return words on one line, cut where they quote a whole file."""
    line = " ".join(str(words).split())
    return line if len(line) <= MAX_WORDS else f"{line[:MAX_WORDS]}…"
