"""The text by which a cell names another entity in, the (scope, path) readings it allows out."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from importer.model import Key

Reading = tuple[str | None, str]
"""Scope text (None: the row's own) and path text."""


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """`{path}@{scope}` -> a pattern; the path is as long as it can be.

    A placeholder of any other name stands for text that does not count.
    """
    scope_first = form.find("{scope}") < form.find("{path}")
    escaped = re.escape(form)
    scope = r"(?P<scope>.+?)" if scope_first else r"(?P<scope>[^@]+?)"
    named = {"scope": scope, "path": r"(?P<path>.+)"}
    pattern = re.sub(r"\\\{(\w+)\\\}", lambda m: named.get(m.group(1), ".+?"), escaped)
    return re.compile(pattern, re.DOTALL)


@cache
def _literals(forms: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Each form with what stands between its placeholders."""
    pieces = (re.split(r"\{\w+\}", form) for form in forms)
    return [(form, tuple(filter(None, found))) for form, found in zip(forms, pieces, strict=True)]


def readings(text: str, forms: tuple[str, ...]) -> tuple[Reading, ...]:
    """Every way in which `forms` let `text` be read, in their order."""
    found: list[Reading] = []
    for form, literals in _literals(forms):
        if form == "{path}":
            found.append((None, _bare(text)))
        elif all(map(text.__contains__, literals)) and (match := _pattern(form).fullmatch(text)):
            parts = match.groupdict()
            scope = parts.get("scope")
            found.append((_bare(scope) if scope else None, _bare(parts["path"])))
    return tuple(found)


def _bare(text: str) -> str:
    text = text.strip()
    quoted = len(text) > 2 and text[0] == text[-1] == '"' and '"' not in text[1:-1]
    return text[1:-1] if quoted else text


@lru_cache(maxsize=100_000)
def labels(text: str, separators: tuple[str, ...]) -> tuple[Key, ...]:
    """The label paths a text may mean: as one label first, then split by each separator.

    A label in double quotes may hold a separator.
    """
    whole = (text,)
    split = (_split_path(text, separator) for separator in separators)
    return (whole, *(path for path in split if path and path != whole))


def _split_path(text: str, separator: str) -> Key:
    if separator.strip() not in text:
        return (text,)
    items = map(_bare, _path_pattern(separator).findall(text))
    return tuple(filter(None, items))


@cache
def _path_pattern(separator: str) -> re.Pattern[str]:
    """What stands between separators; one with blanks around it needs none in the text."""
    spaced = separator != separator.strip()
    apart = rf"\s*{re.escape(separator.strip())}" if spaced else re.escape(separator)
    return re.compile(rf'(\s*"[^"]*"\s*|(?:(?!{apart})[\s\S])*)(?:{apart}|\Z)')


def show(key: Key, separator: str = " > ") -> str:
    """A key as a person writes it: `Vitals > Heart`, a label that holds the separator in quotes."""
    mark = separator.strip()
    return separator.join(f'"{label}"' if mark in label else label for label in key)
