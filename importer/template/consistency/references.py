"""Mistakes in a reference: kinds, paths and forms, and the field that keeps what names nothing."""

from __future__ import annotations

from collections.abc import Iterator

from importer.template.columns import Reference
from importer.template.consistency.names import hint, unknown_path
from importer.template.files import Raw
from importer.template.locate import Location, Mistake
from importer.template.model import Kind, Template
from importer.template.paths import node_at, resolve
from importer.template.sheet_rule import EntityRule, SheetRule


def reference_mistakes(
    template: Template, sheet: SheetRule, entity: EntityRule, reference: Reference, at: Location
) -> Iterator[Mistake]:
    """Yield what is wrong with a reference of an entity whose kind is known."""
    yield from _reference(template, template.kinds[entity.kind], reference, at)
    yield from _beside(template, sheet, entity, reference, (*at, "by"))


def _reference(
    template: Template, kind: Kind, reference: Reference, location: Location
) -> Iterator[Mistake]:
    yield from unknown_path(kind, reference.path, (*location, "path"))
    for name in reference.to:
        named = template.kinds.get(name)
        if named is None:
            yield (*location, "to"), f"there is no kind called {name}{hint(name, template.kinds)}"
        elif reference.via:
            yield from unknown_path(named, reference.via, (*location, "via"))
        elif reference.inverse:
            yield from unknown_path(named, reference.inverse, (*location, "inverse"))
    if reference.kept_at:
        yield from _kept_at(kind, reference, (*location, "missing"))
    for form in reference.forms:
        yield from _reading(form, (*location, "forms"))


def _kept_at(kind: Kind, reference: Reference, location: Location) -> Iterator[Mistake]:
    """Yield a mistake where a name that nothing has cannot be kept as a text."""
    yield from unknown_path(kind, reference.kept_at, location)
    if reference.parent or reference.required:
        what = "a parent" if reference.parent else "what a row must refer to"
        yield location, f"{what} cannot be missing: only `error` is right here."
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


def _beside(
    template: Template, sheet: SheetRule, entity: EntityRule, reference: Reference, at: Location
) -> Iterator[Mistake]:
    """Yield a mistake where a row should refer to what it makes besides, and makes nothing such."""
    others = {other.kind for other in sheet.entities if other is not entity}
    if not reference.by and others.isdisjoint(reference.to):
        words = " or ".join(template.kinds[to].word for to in reference.to if to in template.kinds)
        yield at, f"no other rule of {sheet.name} makes a {words}: name the headings that name it."
