"""Mistakes in the rule of a sheet: headings that mean two columns, rows to leave out, its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from importer.spreadsheet import TextForm, codec_of, delimiter_of, quote_of
from importer.template.consistency.names import unknown_headings
from importer.template.folded import fold
from importer.template.locate import Location, Mistake
from importer.template.patterns import PatternError, compiled, is_pattern
from importer.template.sheet_rule import SheetRule


def sheet_mistakes(sheet: SheetRule, location: Location) -> Iterator[Mistake]:
    """Yield what is wrong with a sheet, but for the entities that its rows make."""
    headings = set(map(fold, sheet.columns))
    yield from _claims(sheet, location)
    yield from _letters(sheet, location)
    yield from _sections(sheet, location)
    yield from unknown_headings(sheet.known_by, headings, (*location, "known_by"))
    yield from _form(sheet.form, location)
    yield from _skips(sheet, location)
    yield from unknown_headings(sheet.first, headings, (*location, "first"))


def _claims(sheet: SheetRule, location: Location) -> Iterator[Mistake]:
    """Yield the headings that lead to two columns, or to a column and to nothing."""
    claimed: dict[str, str] = {}
    for heading, name in _names(sheet):
        first = claimed.setdefault(fold(name), heading)
        if first != heading:
            yield location, f"the heading {name} means both {first} and {heading}."
    for name in sheet.ignored:
        if fold(name) in claimed:
            yield (*location, "ignored"), f"{name} is ignored and means {claimed[fold(name)]} too."


def _names(sheet: SheetRule) -> Iterator[tuple[str, str]]:
    for entity in sheet.entities:
        for column in entity.columns:
            if column.heading:
                yield from ((column.heading, name) for name in column.names)


def _letters(sheet: SheetRule, location: Location) -> Iterator[Mistake]:
    if sheet.header:
        return
    for heading, column in sheet.columns.items():
        stated = column.constant is not None or column.default is not None
        if not (column.letter or column.in_sections or stated):
            yield location, f"the sheet has no header row, so {heading} needs a letter."


def _sections(sheet: SheetRule, location: Location) -> Iterator[Mistake]:
    """Yield a mistake for two columns that would both take every section."""
    plain = [
        (heading, column.letter)
        for heading, column in sheet.columns.items()
        if column.in_sections and not column.extract
    ]
    for (one, here), (two, there) in combinations(plain, 2):
        if here == there or not (here and there):
            words = "give one of them a `letter` of its own, or both an `extract`."
            yield location, f"each section would be both {one} and {two}: {words}"


def _form(form: TextForm, location: Location) -> Iterator[Mistake]:
    if form.encoding and not codec_of(form.encoding):
        yield (*location, "encoding"), f"there is no encoding called {form.encoding}."
    if form.delimiter and not delimiter_of(form.delimiter):
        yield (*location, "delimiter"), f"`{form.delimiter}` is not one character, nor tab."
    if form.quote and quote_of(form.quote) is None:
        yield (*location, "quote"), f"`{form.quote}` is not one sign, nor `none`."


def _skips(sheet: SheetRule, location: Location) -> Iterator[Mistake]:
    headings = {fold(name) for name in sheet.columns}
    for number, skip in enumerate(sheet.skip):
        here = (*location, "skip", number)
        yield from wrong_conditions(skip.when, headings, (*here, "when"))
        yield from wrong_conditions(skip.unless, headings, (*here, "unless"))
        named = [name for name in skip.only if not re.fullmatch("[A-Z]{1,3}", name)]
        yield from unknown_headings(named, headings, (*here, "only"))


def wrong_conditions(
    asked: Mapping[str, Sequence[str]], headings: set[str], location: Location
) -> Iterator[Mistake]:
    """Yield a mistake for each heading there is not, and each word that is no right pattern."""
    yield from unknown_headings(asked, headings, location)
    for word in (word for words in asked.values() for word in words if is_pattern(word)):
        try:
            compiled(word[1:-1])
        except PatternError as error:
            yield location, f"{error}."
