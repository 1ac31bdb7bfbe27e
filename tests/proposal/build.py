"""Builds small lists for the tests of the proposal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from importer.proposal.cells import Row, Table
from importer.proposal.columns import columns_of
from importer.proposal.profile import profile_of
from importer.proposal.rules import rules_of
from importer.template import find


@dataclass(frozen=True)
class Sheet:
    """A sheet of a list, as `propose` takes it."""

    file: str
    name: str
    rows: list


def sheet(*rows, name="Sheet1", file="list.xlsx", first=1):
    """A sheet of rows that are numbered from 1 on."""
    return Sheet(file, name, [(at, list(row)) for at, row in enumerate(rows, start=first)])


def table(*rows, name="Sheet1", file="list.xlsx"):
    """The rows of a sheet as texts."""
    return Table.of(sheet(*rows, name=name, file=file))


def rows_of(*rows):
    """Rows of texts below the headings."""
    return [Row(at, tuple(row)) for at, row in enumerate(rows, start=2)]


def columns(headings, *rows, named=frozenset()):
    """The columns of a list."""
    return columns_of(tuple(headings), rows_of(*rows), named)


def column(heading, *cells):
    """A column of a list that has no other."""
    return columns([heading], *([cell] for cell in cells))[0]


def profile(*cells):
    """The profile of a column of these cells."""
    return profile_of(rows_of(*([cell] for cell in cells)), 0)


@cache
def templates():
    """The templates that lists are mapped onto."""
    return [find("atlan-glossary"), find("trebellar-portfolio")]


@cache
def rules(kind):
    """The rules of a kind of the shipped templates."""
    return rules_of(templates())[kind]
