"""Mistakes in a template as a whole: its questions, kinds and sets, and each rule in its turn."""

from __future__ import annotations

from collections.abc import Iterator

from importer.template.consistency.columns import column_mistakes
from importer.template.consistency.names import hint, unknown_headings, unknown_path
from importer.template.consistency.references import reference_mistakes
from importer.template.consistency.sheets import sheet_mistakes, wrong_conditions
from importer.template.expectation import Expectation, expected
from importer.template.files import Raw
from importer.template.folded import fold
from importer.template.locate import Location, Mistake
from importer.template.model import Kind, Template
from importer.template.sheet_rule import EntityRule, SheetRule
from importer.template.source import Source
from importer.template.types import kind_types, no_type, two_types


def mistakes(template: Template, source: Source) -> Iterator[Mistake]:
    """Yield (location, message) for each wrong path, heading, kind and set name, and for headings
    that lead to two columns.
    """
    yield from _asks(template)
    for name in source.own.get("kinds", {}):
        yield from _kind_mistakes(template.kinds[name], ("kinds", name))
        yield from kind_types(template, template.kinds[name], ("kinds", name))
        yield from two_types(template, source.own["kinds"][name], ("kinds", name))
    for number, (sheet, raw) in enumerate(zip(template.sheets, source.own["sheets"], strict=True)):
        location: Location = ("sheets", number)
        yield from sheet_mistakes(sheet, location)
        entities = iter(sheet.entities)
        for index, rule in enumerate(raw["entities"]):
            here = (*location, "entities", index)
            yield from _unknown_sets(rule, source, here)
            for _ in range(rule.get("repeat", 1)):
                yield from _entity(template, sheet, next(entities), _locations(rule, source, here))


def _asks(template: Template) -> Iterator[Mistake]:
    """Yield the questions that a sheet should answer and cannot."""
    columns = {sheet.name: sheet.columns for sheet in template.sheets}
    for name, ask in template.asks.items():
        if ask.sheet and ask.sheet not in columns:
            words = f"there is no sheet called {ask.sheet}{hint(ask.sheet, columns)}"
            yield ("asks", name, "sheet"), words
        elif ask.sheet and ask.heading not in columns[ask.sheet]:
            words = f"there is no column with the heading {ask.heading} on {ask.sheet}."
            yield ("asks", name, "heading"), words


def _kind_mistakes(kind: Kind, location: Location) -> Iterator[Mistake]:
    for word in expected(kind.schema):
        if word not in set(Expectation):
            words = f"the schema expects `{word}`, which is not known{hint(word, Expectation)}"
            yield (*location, "schema"), words
    for name in ("key", "identities", "constants"):
        for path in getattr(kind, name):
            yield from unknown_path(kind, path, (*location, name))
    for path, value in kind.constants.items():
        if isinstance(value, dict) and value:
            inner = next(iter(value))
            yield (*location, "constants"), f"write `{path}.{inner}` for a value inside {path}."


def _unknown_sets(rule: Raw, source: Source, location: Location) -> Iterator[Mistake]:
    known = source.columns.keys() | source.references.keys()
    for name in rule.get("include", ()):
        if name not in known:
            yield (*location, "include"), f"there is no set called {name}{hint(name, known)}"


def _locations(rule: Raw, source: Source, location: Location) -> dict[str, list[Location]]:
    """Return the locations of the columns and references of an entity rule, in their order."""
    found: dict[str, list[Location]] = {"": [location]}
    for word, sets in (("columns", "column_sets"), ("references", "reference_sets")):
        found[word] = [(*location, word, index) for index in range(len(rule.get(word, ())))]
        for name in rule.get("include", ()):
            own = name in source.own.get(sets, {})
            rules = getattr(source, word).get(name, ())
            found[word] += [
                (sets, name, index) if own else (*location, "include")
                for index in range(len(rules))
            ]
    return found


def _entity(
    template: Template, sheet: SheetRule, entity: EntityRule, locations: dict[str, list[Location]]
) -> Iterator[Mistake]:
    location = locations[""][0]
    kind = template.kinds.get(entity.kind)
    if kind is None:
        yield (
            (*location, "kind"),
            f"there is no kind called {entity.kind}{hint(entity.kind, template.kinds)}",
        )
        return
    yield from no_type(template, kind, entity, (*location, "kind"))
    headings = {fold(name) for name in sheet.columns}
    for here, column in zip(locations["columns"], entity.columns, strict=True):
        yield from column_mistakes(template, kind, column, headings, here)
    for here, reference in zip(locations["references"], entity.references, strict=True):
        named = (*reference.by, *reference.within)
        yield from unknown_headings(named, headings, (*here, "by"))
        yield from reference_mistakes(template, sheet, entity, reference, here)
    yield from wrong_conditions(entity.when, headings, (*location, "when"))
    yield from wrong_conditions(entity.unless, headings, (*location, "unless"))
    if entity.each:
        yield from unknown_headings((entity.each.heading,), headings, (*location, "each"))
