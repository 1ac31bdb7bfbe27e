"""A template that keeps to the vocabulary in, out what does not hang together: paths, headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from importer.suggest import nearest
from importer.template.model import Column, EntityRule, Kind, Reference, SheetRule, Template, fold
from importer.template.paths import leaves, node_at
from importer.template.source import Mistake, Raw, Source, Way

Placed = tuple[Way, Any]
"""A rule and where it stands in the file."""


def mistakes(template: Template, source: Source) -> Iterator[Mistake]:
    """Every wrong path, heading, kind and set name, and headings that two columns claim."""
    for name in source.own.get("kinds", {}):
        yield from _kind_mistakes(template.kinds[name], ("kinds", name))
    for number, (sheet, raw) in enumerate(zip(template.sheets, source.own["sheets"], strict=True)):
        way: Way = ("sheets", number)
        yield from _claims(sheet, way)
        yield from _letters(sheet, way)
        entities = iter(sheet.entities)
        for index, rule in enumerate(raw["entities"]):
            here = (*way, "entities", index)
            yield from _unknown_sets(rule, source, here)
            for _ in range(rule.get("repeat", 1)):
                yield from _entity(template, sheet, next(entities), _ways(rule, source, here))


def _kind_mistakes(kind: Kind, way: Way) -> Iterator[Mistake]:
    for name in ("key", "identities", "constants"):
        for path in getattr(kind, name):
            yield from _path(kind, path, (*way, name))
    for path, value in kind.constants.items():
        if isinstance(value, dict) and value:
            inner = next(iter(value))
            yield (*way, "constants"), f"write `{path}.{inner}` for a value inside {path}."


def _claims(sheet: SheetRule, way: Way) -> Iterator[Mistake]:
    """A heading, however it is written, leads to one column."""
    claimed: dict[str, str] = {}
    for heading, name in _names(sheet):
        first = claimed.setdefault(fold(name), heading)
        if first != heading:
            yield way, f"the heading {name} means both {first} and {heading}."
    for name in sheet.ignored:
        if fold(name) in claimed:
            yield (*way, "ignored"), f"{name} is ignored and means {claimed[fold(name)]} too."


def _names(sheet: SheetRule) -> Iterator[tuple[str, str]]:
    for entity in sheet.entities:
        for column in entity.columns:
            if column.heading:
                yield from ((column.heading, name) for name in column.names)


def _letters(sheet: SheetRule, way: Way) -> Iterator[Mistake]:
    if sheet.header:
        return
    for heading, column in sheet.columns.items():
        if not column.letter:
            yield way, f"the sheet has no header row, so {heading} needs a letter."


def _unknown_sets(rule: Raw, source: Source, way: Way) -> Iterator[Mistake]:
    known = source.columns.keys() | source.references.keys()
    for name in rule.get("include", ()):
        if name not in known:
            yield (*way, "include"), f"there is no set called {name}.{_hint(name, known)}"


def _ways(rule: Raw, source: Source, way: Way) -> dict[str, list[Way]]:
    """Where each column and reference of an entity rule stands, in the order they are built."""
    found: dict[str, list[Way]] = {"": [way]}
    for word, sets in (("columns", "column_sets"), ("references", "reference_sets")):
        found[word] = [(*way, word, index) for index in range(len(rule.get(word, ())))]
        for name in rule.get("include", ()):
            own = name in source.own.get(sets, {})
            rules = getattr(source, word).get(name, ())
            found[word] += [
                (sets, name, index) if own else (*way, "include") for index in range(len(rules))
            ]
    return found


def _entity(
    template: Template, sheet: SheetRule, entity: EntityRule, ways: dict[str, list[Way]]
) -> Iterator[Mistake]:
    way = ways[""][0]
    kind = template.kinds.get(entity.kind)
    if kind is None:
        yield (
            (*way, "kind"),
            f"there is no kind called {entity.kind}.{_hint(entity.kind, template.kinds)}",
        )
        return
    headings = {fold(name) for name in sheet.columns}
    for here, column in zip(ways["columns"], entity.columns, strict=True):
        yield from _column(kind, column, here)
        yield from _headings(column.headings, headings, (*here, "headings"))
    for here, reference in zip(ways["references"], entity.references, strict=True):
        yield from _reference(template, kind, reference, here)
        yield from _headings((*reference.by, *reference.within), headings, (*here, "by"))
    yield from _headings(entity.when, headings, (*way, "when"))
    if entity.each:
        yield from _headings((entity.each.heading,), headings, (*way, "each"))


def _column(kind: Kind, column: Column, way: Way) -> Iterator[Mistake]:
    if column.path is not None:
        yield from _path(kind, column.path, (*way, "path"))
        for path in column.takes_along:
            yield from _path(kind, path, (*way, "takes_along"))
        items = (node_at(kind.schema, column.path) or {}).get("items")
        if column.item_path and items is not None:
            inside = {**items, "$defs": kind.schema.get("$defs", {})}
            if node_at(inside, column.item_path) is None:
                yield (*way, "item_path"), f"an item of {column.path} has no {column.item_path}."
    if column.extract and not _groups(column.extract):
        yield (*way, "extract"), f"`{column.extract}` is not a regular expression with a group."


def _groups(pattern: str) -> int:
    try:
        return re.compile(pattern).groups
    except re.error:
        return 0


def _reference(template: Template, kind: Kind, reference: Reference, way: Way) -> Iterator[Mistake]:
    yield from _path(kind, reference.path, (*way, "path"))
    for name in reference.to:
        named = template.kinds.get(name)
        if named is None:
            yield (*way, "to"), f"there is no kind called {name}.{_hint(name, template.kinds)}"
        elif reference.via:
            yield from _path(named, reference.via, (*way, "via"))
        elif reference.inverse:
            yield from _path(named, reference.inverse, (*way, "inverse"))
    for form in reference.forms:
        if "{path}" not in form:
            yield (*way, "forms"), f"`{form}` does not say where the {{path}} stands."


def _headings(names: Iterable[str], known: set[str], way: Way) -> Iterator[Mistake]:
    for name in names:
        if fold(name) not in known:
            yield way, f"there is no column with the heading {name}."


def _path(kind: Kind, path: str, way: Way) -> Iterator[Mistake]:
    if node_at(kind.schema, path) is None:
        near = _hint(path, leaves(kind.schema))
        yield way, f"the schema of {kind.name} has no {path}.{near}"


def _hint(word: str, known: Iterable[str]) -> str:
    near = nearest(word, known)
    return f" Did you mean {near}?" if near else ""
