"""Finds the shipped template that knows most headings of a file; writes one that extends it."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importer.template.init.table import Table
from importer.template.init.toml import comment, stated, toml
from importer.template.model import Column, EntityRule, SheetRule, Template, fold

MANY = 8
"""From this many known headings on, the likeness is no coincidence, whatever they are."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How the headings of a table fit a sheet of a template.

    `known` maps headings of the rule to those of the file, `near` does so for headings that only
    resemble each other. The other headings of the file are `strange` (fit nothing), `passed` (the
    rule ignores them) or `doubled` (lead to a column that another heading leads to).
    """

    table: Table
    rule: SheetRule
    known: dict[str, str]
    near: dict[str, str]
    strange: tuple[str, ...]
    passed: tuple[str, ...]
    doubled: tuple[str, ...]

    @property
    def most(self) -> bool:
        """Whether the template knows most headings, and not only those that every list has."""
        strange = len(self.near) + len(self.strange)
        if 5 * strange > 2 * len(self.table.headings):
            return False
        return self._of_its_kind() or len(self.known) >= MANY

    def _of_its_kind(self) -> bool:
        """Return whether half of the required headings are there under names other than `Name`."""
        must = [heading for heading, column in self.rule.columns.items() if column.required]
        telling = [main for main in must if fold(self.known.get(main, "name")) != "name"]
        return 0 < len(must) <= 2 * len(telling)


def most_similar(
    templates: Sequence[Template], tables: Sequence[Table]
) -> tuple[Template, list[Likeness]] | None:
    """Return the template that knows most headings, and how each table fits; None if none does."""
    found = []
    for template in templates:
        likenesses = [_best(template, table) for table in tables if table.header]
        fitting = [likeness for likeness in likenesses if likeness.most]
        if fitting:
            found.append((_score(fitting), template, fitting))
    best = max(found, key=lambda one: one[0], default=None)
    return best[1:] if best else None


def _score(fitting: Sequence[Likeness]) -> tuple[int, int]:
    known = sum(len(likeness.known) for likeness in fitting)
    lacking = sum(1 for likeness in fitting for _ in _lacking(likeness))
    return known - lacking, len(fitting)


def _best(template: Template, table: Table) -> Likeness:
    found = [_likeness(rule, table) for rule in template.sheets]
    return max(
        found, key=lambda likeness: (len(likeness.known), -sum(1 for _ in _lacking(likeness)))
    )


def _lacking(likeness: Likeness) -> Iterator[Column]:
    """Yield the required columns that the file lacks."""
    for heading, column in likeness.rule.columns.items():
        if column.required and heading not in likeness.known and heading not in likeness.near:
            yield column


def _likeness(rule: SheetRule, table: Table) -> Likeness:
    names = {fold(name): main for main, column in rule.columns.items() for name in column.names}
    passed = {fold(name) for name in rule.ignored}
    known: dict[str, str] = {}
    left: list[str] = []
    over: list[str] = []
    doubled: list[str] = []
    for heading in table.headings:
        main = names.get(fold(heading.text)) or _patterned(rule, heading.text)
        if main in known and "*" not in main:
            doubled.append(heading.text)
        elif main:
            known.setdefault(main, heading.text)
        elif fold(heading.text) in passed:
            over.append(heading.text)
        else:
            left.append(heading.text)
    near = _near(rule, known, left)
    strange = tuple(text for text in left if text not in near.values())
    return Likeness(table, rule, known, near, strange, tuple(over), tuple(doubled))


def _patterned(rule: SheetRule, text: str) -> str | None:
    """Return the heading with a `*` that a text fits, None if none does."""
    for main, column in rule.columns.items():
        for name in column.names:
            pattern = "(.+?)".join(map(re.escape, name.split("*")))
            if "*" in name and re.fullmatch(pattern, text):
                return main
    return None


def _near(rule: SheetRule, known: dict[str, str], left: Sequence[str]) -> dict[str, str]:
    free = {fold(main): main for main in rule.columns if main not in known and "*" not in main}
    near: dict[str, str] = {}
    for text in left:
        match = difflib.get_close_matches(fold(text), list(free), 1, 0.7)
        if match:
            near[free.pop(match[0])] = text
    return near


def extending_files(
    title: str, template: Template, likenesses: Sequence[Likeness], others: Sequence[str]
) -> dict[str, str]:
    """Return file name -> text of a template that extends `template` to read these tables.

    `others` are sheets that fit nothing.
    """
    lines = [
        f"# The template {template.name} knows most headings of this file. If it knows all of them",
        "# you need no mapping of your own; else this one says the rest.",
        f"title = {toml(title)}",
        f"systems = {toml(list(template.systems))}",
        f"extends = {toml(template.name)}",
    ]
    if others:
        lines.append(f"ignore_sheets = {toml(list(others))}  # they have other headings")
    for likeness in likenesses:
        lines += _sheet(likeness)
    return {"mapping.toml": "\n".join(lines) + "\n"}


def _sheet(likeness: Likeness) -> Iterator[str]:
    yield ""
    yield "[[sheets]]"
    yield f"name = {toml(likeness.table.name)}"
    if fold(likeness.table.name) != fold(likeness.rule.name):
        yield f"aliases = {toml([likeness.rule.name])}"
    if likeness.strange or likeness.passed:
        yield "# Not imported: give such a heading a column, or add it to a column's aliases."
        yield f"ignored = {toml([*likeness.strange, *likeness.passed])}"
    for heading in likeness.table.repeated:
        yield f"# {comment(heading)} stands there twice: rename one of the two in the file."
    for heading in likeness.doubled:
        yield f"# {comment(heading)} means a column that is there already: rename one in the file."
    for column in _lacking(likeness):
        yield f"# {column.heading} must be filled and is not in the file: add it, or a default."
    kept = set(likeness.known) | set(likeness.near) | {c.heading for c in _lacking(likeness)}
    for entity in likeness.rule.entities:
        yield from _entity(entity, kept, likeness)


def _entity(entity: EntityRule, kept: set[str], likeness: Likeness) -> Iterator[str]:
    """Yield the lines of a rule with the columns the file has; none if it needs other headings."""
    needed = [*entity.when, *([entity.each.heading] if entity.each else [])]
    columns = [column for column in entity.columns if _stays(column, kept)]
    if not set(map(fold, needed)) <= set(map(fold, kept)) or not columns:
        return
    yield ""
    yield "[[sheets.entities]]"
    yield f"kind = {toml(entity.kind)}"
    for word in ("when", "creates", "each"):
        if getattr(entity, word):
            yield f"{word} = {toml(stated(getattr(entity, word)))}"
    yield "columns = ["
    for column in columns:
        yield f"  {toml(stated(_with_alias(column, likeness)))},{_doubt(column, likeness)}"
    yield "]"
    yield from _references(entity, kept)


def _stays(column: Column, kept: set[str]) -> bool:
    names = column.headings or ((column.heading,) if column.heading else ())
    return all(name in kept for name in names)


def _with_alias(column: Column, likeness: Likeness) -> Column:
    suggested = likeness.near.get(column.heading)
    if suggested is None:
        return column
    return dataclasses.replace(column, aliases=(*column.aliases, suggested))


def _doubt(column: Column, likeness: Likeness) -> str:
    suggested = likeness.near.get(column.heading)
    return f"  # is {comment(suggested)} the same? else take it out" if suggested else ""


def _references(entity: EntityRule, kept: set[str]) -> Iterator[str]:
    references = [
        dataclasses.replace(rule, within=tuple(name for name in rule.within if name in kept))
        for rule in entity.references
        if set(rule.by) <= kept
    ]
    if references:
        yield "references = ["
        yield from (f"  {toml(stated(rule))}," for rule in references)
        yield "]"
