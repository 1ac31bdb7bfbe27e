"""Loads a template folder and checks it; reports all mistakes at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from importer.spreadsheet import TextForm
from importer.template.columns import Column, Each, Reference
from importer.template.consistency import mistakes
from importer.template.files import Raw
from importer.template.model import Ask, Template
from importer.template.sheet_rule import EntityRule, SheetRule, Skip
from importer.template.shipped import is_ours
from importer.template.source import MAPPING, Source, read
from importer.template.words import demand_names, words_beside

_TUPLES = frozenset(
    {
        "aliases",
        "blanks",
        "by",
        "currency",
        "formats",
        "takes_along",
        "forms",
        "headings",
        "path_separators",
        "separators",
        "to",
        "within",
    }
)


def load(folder: Path) -> Template:
    """Return the template in a folder.

    Raises TemplateError, which names file, line and key of every mistake.
    """
    source = read(folder)
    template = _build(source)
    source.refuse(list(mistakes(template, source)))
    _demand_words(template)
    return template


def _demand_words(template: Template) -> None:
    """Check the words of a template; those that ship were checked before, by a test."""
    for path in template.word_files:
        if path.parent == template.folder and not is_ours(path):
            demand_names(path, template)


def _build(source: Source) -> Template:
    raw = source.raw
    return Template(
        name=source.folder.resolve().name,
        title=raw["title"],
        systems=tuple(raw.get("systems") or (raw["system"],)),
        headings_of=raw.get("headings_of", ""),
        asks={name: Ask(**ask) for name, ask in raw.get("asks", {}).items()},
        folder=source.folder,
        description=raw.get("description", ""),
        type_path=raw.get("type_path", ""),
        kinds=source.kinds,
        sheets=tuple(_sheet(sheet, source) for sheet in raw["sheets"]),
        clear=raw.get("clear", "<clear>"),
        blanks=tuple(raw.get("blanks", ())),
        ignore_sheets=tuple(raw.get("ignore_sheets", ())),
        options=raw.get("options", {}),
        instructions=tuple(raw.get("instructions", ())),
        bases=source.extended,
        word_files=tuple(_word_files(source)),
    )


def _word_files(source: Source) -> Iterator[Path]:
    """Yield the files of words of a template: those of what it extends, and its own."""
    for folder in (*source.extended, source.folder):
        if path := words_beside(folder / MAPPING):
            yield path


def _sheet(raw: Raw, source: Source) -> SheetRule:
    return SheetRule(
        name=raw["name"],
        aliases=tuple(raw.get("aliases", ())),
        first=tuple(raw.get("first", ())),
        header_row=raw.get("header_row"),
        known_by=tuple(raw.get("known_by", ())),
        ignored=tuple(raw.get("ignored", ())),
        blanks=tuple(raw.get("blanks", ())),
        skip=tuple(_skip(rule) for rule in raw.get("skip", ())),
        others=raw.get("others", "error"),
        form=TextForm(*(raw.get(key, "") for key in ("encoding", "delimiter", "quote"))),
        entities=tuple(entity for rule in raw["entities"] for entity in _entities(rule, source)),
    )


def _skip(raw: Raw) -> Skip:
    return Skip(
        rows=tuple(raw.get("rows", ())),
        only=tuple(raw.get("only", ())),
        when=_conditions(raw.get("when", {})),
        unless=_conditions(raw.get("unless", {})),
    )


def _conditions(raw: Raw) -> dict[str, tuple[str, ...]]:
    return {heading: tuple(words) for heading, words in raw.items()}


def _entities(raw: Raw, source: Source) -> Iterator[EntityRule]:
    """Yield an entity rule, once for each repetition of its column group."""
    columns = _with_sets(raw, "columns", source.columns)
    references = _with_sets(raw, "references", source.references)
    for number in range(1, raw.get("repeat", 1) + 1):
        yield EntityRule(
            kind=raw["kind"],
            columns=tuple(Column(**_frozen(_numbered(rule, number))) for rule in columns),
            references=tuple(Reference(**_frozen(_numbered(rule, number))) for rule in references),
            when=_conditions(_numbered(raw.get("when", {}), number)),
            unless=_conditions(_numbered(raw.get("unless", {}), number)),
            creates=raw.get("creates", False),
            each=Each(**_frozen(_numbered(raw["each"], number))) if "each" in raw else None,
        )


def _with_sets(raw: Raw, word: str, sets: Raw) -> Sequence[Raw]:
    included = raw.get("include", ())
    return [*raw.get(word, ()), *(rule for name in included for rule in sets.get(name, ()))]


def _numbered(value: Any, number: int) -> Any:
    """Return a value of the mapping with the number of the group in place of `{n}`."""
    if isinstance(value, str):
        return value.replace("{n}", str(number))
    if isinstance(value, dict):
        return {_numbered(k, number): _numbered(v, number) for k, v in value.items()}
    if isinstance(value, list):
        return [_numbered(item, number) for item in value]
    return value


def _frozen(raw: Raw) -> Raw:
    return {key: tuple(value) if key in _TUPLES else value for key, value in raw.items()}
