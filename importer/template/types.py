"""Checks the target's types that a template names, where the system has a closed list of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from importer.suggest import Speller, did_you_mean
from importer.template.columns import Column
from importer.template.files import Raw
from importer.template.locate import Location, Mistake
from importer.template.model import Kind, Template
from importer.template.sheet_rule import EntityRule


@cache
def types_of(system: str) -> tuple[str, ...]:
    """Return all types that a system knows, none where their list is open."""
    known = json.loads(Path(__file__).with_name("types.json").read_text("utf-8"))
    return tuple(known.get(system, ()))


def kind_types(template: Template, kind: Kind, location: Location) -> Iterator[Mistake]:
    """Yield a mistake for each type of a kind that its system does not know."""
    yield from _unknown(template, [kind.type], (*location, "type"))
    carried = kind.constants.get(template.type_path)
    if carried != kind.type:
        yield from _unknown(template, [carried], (*location, "constants"))


def column_types(template: Template, column: Column, location: Location) -> Iterator[Mistake]:
    """Yield a mistake for each type that a column may give and its system does not know."""
    if template.type_path and column.path == template.type_path:
        given = [column.constant, column.default, *column.values.values()]
        yield from _unknown(template, given, location)


def two_types(template: Template, raw: Raw, location: Location) -> Iterator[Mistake]:
    """Yield a mistake where the constants of a kind give it another type than `type` does."""
    carried, own = raw.get("constants", {}).get(template.type_path), raw.get("type")
    if own is not None and carried not in (None, own):
        words = f"{template.type_path} is {carried} here, and `type` says {own}: keep one of them."
        yield (*location, "constants"), words


def no_type(
    template: Template, kind: Kind, rule: EntityRule, location: Location
) -> Iterator[Mistake]:
    """Yield a mistake where nothing says which of its system's types an entity has."""
    path = template.type_path
    if not (path and any(map(types_of, template.systems))) or path in kind.constants:
        return
    if not any(column.path == path for column in rule.columns):
        words = f"nothing says what type a {kind.word} has: give its kind a `type`"
        yield location, f"{words}, or the rule a column with the path {path}."


def _unknown(template: Template, types: Iterable[Any], location: Location) -> Iterator[Mistake]:
    named = dict.fromkeys(str(given) for given in types if given is not None)
    for system, known in ((system, types_of(system)) for system in template.systems):
        for name in named if known else ():
            if name not in known:
                near = Speller(known, fold=str.casefold).nearest(name)
                hint = did_you_mean(near, f"It has {', '.join(known)}.")
                yield location, f"{system} has no type {name}{hint}"
