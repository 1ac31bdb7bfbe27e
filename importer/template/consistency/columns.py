"""Mistakes in a column: a path, a pattern or signs of numbers that make no sense there."""

from __future__ import annotations

from collections.abc import Iterator

from importer.template.answers import asked_in
from importer.template.columns import Column
from importer.template.consistency.names import hint, unknown_headings, unknown_path
from importer.template.locate import Location, Mistake
from importer.template.model import Kind, Template
from importer.template.paths import node_at
from importer.template.patterns import PatternError, compiled
from importer.template.types import column_types
from importer.template.values import unfit_values


def column_mistakes(
    template: Template, kind: Kind, column: Column, headings: set[str], location: Location
) -> Iterator[Mistake]:
    """Yield what is wrong with a column; `headings` are those of its sheet, folded."""
    yield from _column(kind, column, location)
    yield from column_types(template, column, location)
    yield from _answers(template, column, location)
    yield from unfit_values(kind, column, location)
    yield from unknown_headings(column.headings, headings, (*location, "headings"))


def _column(kind: Kind, column: Column, location: Location) -> Iterator[Mistake]:
    if column.path is not None:
        yield from unknown_path(kind, column.path, (*location, "path"))
        for path in column.takes_along:
            yield from unknown_path(kind, path, (*location, "takes_along"))
        items = (node_at(kind.schema, column.path) or {}).get("items")
        if column.item_path and items is not None:
            inside = {**items, "$defs": kind.schema.get("$defs", {})}
            if node_at(inside, column.item_path) is None:
                yield (
                    (*location, "item_path"),
                    f"an item of {column.path} has no {column.item_path}.",
                )
    if column.in_sections and not column.heading:
        yield (*location, "carry"), "a column of sections needs a heading, for messages to name it."
    yield from _numbers(column, location)
    if column.others == "error" and not column.extract:
        yield (*location, "others"), "`error` is about what does not fit `extract`: there is none."
    yield from _extract(column, (*location, "extract"))


def _extract(column: Column, location: Location) -> Iterator[Mistake]:
    try:
        if column.extract and not compiled(column.extract).groups:
            yield location, f"`{column.extract}` is not a regular expression with a group."
    except PatternError as problem:
        yield location, f"{problem}."


def _numbers(column: Column, location: Location) -> Iterator[Mistake]:
    numeric = {column.type, column.item if column.type == "list" else ""} & {"number", "integer"}
    for key in ("decimal", "thousands", "currency"):
        if getattr(column, key) and not numeric:
            yield (*location, key), f"{key} is for numbers, and the column's type is {column.type}."
    if column.decimal and column.decimal == column.thousands:
        yield (*location, "thousands"), f"`{column.decimal}` cannot stand before decimals too."


def _answers(template: Template, column: Column, location: Location) -> Iterator[Mistake]:
    for key in ("default", "constant"):
        for name in asked_in(getattr(column, key)):
            if name not in template.asks:
                words = f"nothing asks for {{{name}}}{hint(name, template.asks)}"
                yield (*location, key), words
