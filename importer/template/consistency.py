"""Checks that a template is consistent: its paths, headings, kinds and sets exist.

Its keys were checked before, against mapping.schema.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from importer.spreadsheet import TextForm, codec_of, delimiter_of, quote_of
from importer.suggest import did_you_mean, nearest
from importer.template.answers import asked_in
from importer.template.expectation import Expectation, expected
from importer.template.model import Column, EntityRule, Kind, Reference, SheetRule, Template, fold
from importer.template.paths import leaves, node_at, resolve
from importer.template.patterns import PatternError, compiled, is_pattern
from importer.template.source import Location, Mistake, Raw, Source
from importer.template.types import column_types, kind_types, no_type, two_types
from importer.template.values import unfit_values


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
        yield from _claims(sheet, location)
        yield from _letters(sheet, location)
        yield from _sections(sheet, location)
        yield from _headings(sheet.known_by, set(map(fold, sheet.columns)), (*location, "known_by"))
        yield from _form(sheet.form, location)
        yield from _skips(sheet, location)
        yield from _headings(sheet.first, set(map(fold, sheet.columns)), (*location, "first"))
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
            words = f"there is no sheet called {ask.sheet}{_hint(ask.sheet, columns)}"
            yield ("asks", name, "sheet"), words
        elif ask.sheet and ask.heading not in columns[ask.sheet]:
            words = f"there is no column with the heading {ask.heading} on {ask.sheet}."
            yield ("asks", name, "heading"), words


def _kind_mistakes(kind: Kind, location: Location) -> Iterator[Mistake]:
    for word in expected(kind.schema):
        if word not in set(Expectation):
            words = f"the schema expects `{word}`, which is not known{_hint(word, Expectation)}"
            yield (*location, "schema"), words
    for name in ("key", "identities", "constants"):
        for path in getattr(kind, name):
            yield from _path(kind, path, (*location, name))
    for path, value in kind.constants.items():
        if isinstance(value, dict) and value:
            inner = next(iter(value))
            yield (*location, "constants"), f"write `{path}.{inner}` for a value inside {path}."


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
        yield from _conditions(skip.when, headings, (*here, "when"))
        yield from _conditions(skip.unless, headings, (*here, "unless"))
        named = [name for name in skip.only if not re.fullmatch("[A-Z]{1,3}", name)]
        yield from _headings(named, headings, (*here, "only"))


def _unknown_sets(rule: Raw, source: Source, location: Location) -> Iterator[Mistake]:
    known = source.columns.keys() | source.references.keys()
    for name in rule.get("include", ()):
        if name not in known:
            yield (*location, "include"), f"there is no set called {name}{_hint(name, known)}"


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
            f"there is no kind called {entity.kind}{_hint(entity.kind, template.kinds)}",
        )
        return
    yield from no_type(template, kind, entity, (*location, "kind"))
    headings = {fold(name) for name in sheet.columns}
    for here, column in zip(locations["columns"], entity.columns, strict=True):
        yield from _column(kind, column, here)
        yield from column_types(template, column, here)
        yield from _answers(template, column, here)
        yield from unfit_values(kind, column, here)
        yield from _headings(column.headings, headings, (*here, "headings"))
    for here, reference in zip(locations["references"], entity.references, strict=True):
        yield from _reference(template, kind, reference, here)
        yield from _headings((*reference.by, *reference.within), headings, (*here, "by"))
        yield from _beside(template, sheet, entity, reference, (*here, "by"))
    yield from _conditions(entity.when, headings, (*location, "when"))
    yield from _conditions(entity.unless, headings, (*location, "unless"))
    if entity.each:
        yield from _headings((entity.each.heading,), headings, (*location, "each"))


def _answers(template: Template, column: Column, location: Location) -> Iterator[Mistake]:
    for key in ("default", "constant"):
        for name in asked_in(getattr(column, key)):
            if name not in template.asks:
                words = f"nothing asks for {{{name}}}{_hint(name, template.asks)}"
                yield (*location, key), words


def _conditions(
    asked: Mapping[str, Sequence[str]], headings: set[str], location: Location
) -> Iterator[Mistake]:
    yield from _headings(asked, headings, location)
    for word in (word for words in asked.values() for word in words if is_pattern(word)):
        try:
            compiled(word[1:-1])
        except PatternError as error:
            yield location, f"{error}."


def _beside(
    template: Template, sheet: SheetRule, entity: EntityRule, reference: Reference, at: Location
) -> Iterator[Mistake]:
    """Yield a mistake where a row should refer to what it makes besides, and makes nothing such."""
    others = {other.kind for other in sheet.entities if other is not entity}
    if not reference.by and others.isdisjoint(reference.to):
        words = " or ".join(template.kinds[to].word for to in reference.to if to in template.kinds)
        yield at, f"no other rule of {sheet.name} makes a {words}: name the headings that name it."


def _column(kind: Kind, column: Column, location: Location) -> Iterator[Mistake]:
    if column.path is not None:
        yield from _path(kind, column.path, (*location, "path"))
        for path in column.takes_along:
            yield from _path(kind, path, (*location, "takes_along"))
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


def _reference(
    template: Template, kind: Kind, reference: Reference, location: Location
) -> Iterator[Mistake]:
    yield from _path(kind, reference.path, (*location, "path"))
    for name in reference.to:
        named = template.kinds.get(name)
        if named is None:
            yield (*location, "to"), f"there is no kind called {name}{_hint(name, template.kinds)}"
        elif reference.via:
            yield from _path(named, reference.via, (*location, "via"))
        elif reference.inverse:
            yield from _path(named, reference.inverse, (*location, "inverse"))
    if reference.may_be_missing:
        yield from _may_be_missing(kind, reference, (*location, "missing"))
    for form in reference.forms:
        yield from _reading(form, (*location, "forms"))


def _may_be_missing(kind: Kind, reference: Reference, location: Location) -> Iterator[Mistake]:
    """Yield a mistake where a name that nothing has must be an error."""
    if reference.parent or reference.required:
        what = "a parent" if reference.parent else "what a row must refer to"
        yield location, f"{what} cannot be missing: only `error` is right here."
    if reference.kept_at:
        yield from _kept_at(kind, reference, location)


def _kept_at(kind: Kind, reference: Reference, location: Location) -> Iterator[Mistake]:
    """Yield a mistake where a name that nothing has cannot be kept as a text."""
    yield from _path(kind, reference.kept_at, location)
    if reason := _no_free_text(kind, reference.kept_at):
        yield location, f"{reference.kept_at} {reason}: a text that names nothing may not fit."
    elif reference.kept_at in (*kind.key, *kind.identities, *kind.constants):
        words = f"says which {kind.word} it is: that must stay as it is."
        yield location, f"{reference.kept_at} {words}"


_FREE = {"type", "maxLength", "uniqueItems", "items", "title", "description", "x-says", "default"}
"""The words of a schema that let a field take about any text, or about any list of texts."""


def _no_free_text(kind: Kind, path: str) -> str:
    """Return why a field does not take any text, or any list of texts; blank where it does."""
    node = node_at(kind.schema, path)
    if node is None:
        return ""
    items = resolve(kind.schema, node["items"]) if isinstance(node.get("items"), dict) else {}
    at = items if _types(node) == {"array"} else node
    if _types(at) != {"string"}:
        return "is neither a text nor a list of texts"
    strict = sorted({*node, *at} - _FREE)
    return f"takes certain texts only (`{strict[0]}`)" if strict else ""


def _types(node: Raw) -> set[str]:
    """Return the types that a schema names, but for null; where it names none, it is a text."""
    types = node.get("type", "string")
    return {types} - {"null"} if isinstance(types, str) else {*types} - {"null"}


def _reading(form: str, location: Location) -> Iterator[Mistake]:
    """Yield a mistake where a form has no path, or a placeholder twice."""
    if "{path}" not in form:
        yield location, f"`{form}` does not say where the {{path}} stands."
    for name in ("{path}", "{scope}"):
        if form.count(name) > 1:
            yield location, f"`{form}` has {name} twice."


def _headings(names: Iterable[str], known: set[str], location: Location) -> Iterator[Mistake]:
    for name in names:
        if fold(name) not in known:
            yield location, f"there is no column with the heading {name}."


def _path(kind: Kind, path: str, location: Location) -> Iterator[Mistake]:
    if node_at(kind.schema, path) is None:
        near = _hint(path, leaves(kind.schema))
        yield location, f"the schema of {kind.name} has no {path}{near}"


def _hint(word: str, known: Iterable[str]) -> str:
    return did_you_mean(nearest(word, known))
