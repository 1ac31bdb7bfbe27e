"""Finds what a sheet must have a column for and has none: a required value, the owner of a row."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundEntity, BoundSheet
from importer.model import Finding
from importer.template import Column, Reference


class Absence(Struct, frozen=True):
    """A required column, or every way to name what a row needs, that a sheet does not have.

    `identifies` says that the row has no identity without it. `headings` are those that
    would do.
    """

    message: str
    identifies: bool
    headings: frozenset[str]


def absences(sheet: BoundSheet, bound: BoundEntity) -> Iterator[Absence]:
    """Yield what an entity of the sheet needs and the sheet has no column for."""
    owners = list(_owners(sheet, bound))
    yield from owners
    explained = {heading for owner in owners for heading in owner.headings}
    for column in _columns(sheet, bound):
        if column.heading not in explained:
            identifies = column.path is None or column.path in bound.kind.key
            yield Absence(no_column(column.heading), identifies, frozenset({column.heading}))


def no_column(name: str) -> str:
    """Return the message on a required value whose column the sheet does not have."""
    return f"{name} is required, and the sheet has no such column."


def of_every_row(bound: BoundEntity) -> bool:
    """Return whether all rows of the sheet make the entity, and none may delete it instead."""
    return not bound.when and bound.each is None and bound.action_column is None


def absence_findings(sheet: BoundSheet) -> Iterator[tuple[Absence, Finding]]:
    """Yield each thing that no row of the sheet can do without, with the finding on it."""
    found = [a for b in sheet.entities if of_every_row(b) for a in absences(sheet, b)]
    place = sheet.place(sheet.header.row)
    several = {heading for a in found if len(a.headings) > 1 for heading in a.headings}
    for absence in found:
        if len(absence.headings) > 1 or not absence.headings <= several:
            yield absence, Finding(FindingCode.MISSING_COLUMN, absence.message, place)


def on_every_row(bound: BoundEntity, column: Column) -> bool:
    """Return whether each row must have it: of an entity that many rows state, only its key."""
    return not bound.rule.creates or column.path is None or column.path in bound.kind.key


def _columns(sheet: BoundSheet, bound: BoundEntity) -> Iterator[Column]:
    """Yield the required columns that the sheet lacks and that no other reference replaces."""
    named = {reference.rule.path for reference in bound.references}
    for column in bound.rule.columns:
        paths = {ref.path for ref in bound.rule.references if column.heading in ref.by}
        replaced = bool(paths & named) or not (column.path or paths)
        if _needed(bound, column) and _lacks(sheet, column) and not replaced:
            yield column


def _needed(bound: BoundEntity, column: Column) -> bool:
    """Return whether each row must fill it; a key without a default is needed always."""
    if column.default is not None or column.constant is not None:
        return False
    return column.path in bound.kind.key or (column.required and on_every_row(bound, column))


def _lacks(sheet: BoundSheet, column: Column) -> bool:
    names = column.headings or (column.heading,)
    return names != ("",) and sheet.present.isdisjoint(names)


def _owners(sheet: BoundSheet, bound: BoundEntity) -> Iterator[Absence]:
    """Yield the references that a row needs and that none of the sheet's columns can name."""
    named = {reference.rule.path for reference in bound.references}
    ways: dict[str, list[Reference]] = {}
    for reference in bound.rule.references:
        ways.setdefault(reference.path, []).append(reference)
    for path, references in ways.items():
        if path not in named and any(reference.required for reference in references):
            yield Absence(
                _needs(sheet, bound.kind.word, [reference.by for reference in references]),
                True,
                frozenset(heading for reference in references for heading in reference.by),
            )


def _needs(sheet: BoundSheet, word: str, ways: list[tuple[str, ...]]) -> str:
    """Return what would do: `Each link needs Glossary and Term, or Asset; there is no Term.`"""
    if ways == [ways[0][:1]]:
        return no_column(ways[0][0])
    need = ", or ".join(" and ".join(map(sheet.called, way)) for way in dict.fromkeys(ways))
    begun = max(ways, key=lambda way: (len(sheet.present & {*way}), -len(way)))
    lacking = [heading for heading in begun if heading not in sheet.present]
    some = len(lacking) < len(begun)
    end = f"no column {' or '.join(lacking)}" if some else "none of these columns"
    return f"Each {word} needs {need}; the sheet has {end}."
