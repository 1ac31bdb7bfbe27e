"""Reads the texts by which cells name entities: scope and path, label paths, quotes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from importer.invisible import trimmed
from importer.model import Key
from importer.template.patterns import compiled

Reading = tuple[str | None, str]
"""Scope text (None: the row's own) and path text."""

_PATH = "{path}"
_SHORT = 200
"""Characters of a text that Python's engine, the faster one on most, reads with two placeholders in
an instant, whatever they are; with more of either, RE2 still needs no time to speak of."""


@cache
def _pattern(form: str) -> str:
    """Return the pattern of a form like `{path}@{scope}`; the path is as long as it can be.

    A placeholder with any other name matches text that is ignored.
    """
    scope_first = form.find("{scope}") < form.find("{path}")
    escaped = re.escape(form)
    scope = r"(?P<scope>.+?)" if scope_first else r"(?P<scope>[^@]+?)"
    named = {"scope": scope, "path": r"(?P<path>.+)"}
    return "(?s)" + re.sub(r"\\\{(\w+)\\\}", lambda m: named.get(m.group(1), ".+?"), escaped)


@cache
def _quick(form: str) -> re.Pattern[str] | None:
    """Return the pattern of a form for short texts, None where it has many placeholders."""
    return re.compile(_pattern(form)) if form.count("{") <= 2 else None


def _match(form: str, text: str) -> dict[str, str] | None:
    """Return scope and path of a text that has a form, else None."""
    pattern = _quick(form) if len(text) <= _SHORT else None
    match = (pattern or compiled(_pattern(form))).fullmatch(text)
    return match.groupdict() if match else None


@cache
def _marks(forms: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return the marks without which a text is a bare path; None where any text may be more."""
    marks = [next(filter(None, re.split(r"\{\w+\}", form)), "") for form in forms if form != _PATH]
    return re.compile("|".join(map(re.escape, marks))) if all(marks) and _PATH in forms else None


def readings(text: str, forms: tuple[str, ...]) -> tuple[Reading, ...]:
    """Return the readings of a text that its forms allow, in their order."""
    marks = _marks(forms)
    if marks and not marks.search(text):
        return ((None, _bare(text)),)
    found: list[Reading] = []
    for form in forms:
        if form == _PATH:
            found.append((None, _bare(text)))
        elif parts := _match(form, text):
            scope = parts.get("scope")
            found.append((_bare(scope) if scope else None, _bare(parts["path"])))
    return tuple(found)


def _bare(text: str) -> str:
    text = trimmed(text)
    quoted = len(text) > 2 and text[0] == text[-1] == '"' and '"' not in text[1:-1]
    return text[1:-1] if quoted else text


@lru_cache(maxsize=100_000)
def labels(text: str, separators: tuple[str, ...]) -> tuple[Key, ...]:
    """Return the label paths a text may mean: one label first, then split by each separator.

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
    """Return the pattern of a label and its separator, without the blanks of either."""
    apart = re.escape(separator.strip())
    return re.compile(rf'(\s*"[^"]*"\s*|(?:(?!{apart})[\s\S])*)(?:{apart}|\Z)')


def show(key: Key, separator: str = " > ") -> str:
    """Return a key as a user writes it: `Vitals > Heart`, labels with a separator in quotes."""
    mark = separator.strip()
    return separator.join(f'"{label}"' if mark in label else label for label in key)
