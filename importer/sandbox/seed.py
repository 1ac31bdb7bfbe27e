"""Puts assets of other systems into a sandbox: what a crawler would have found in a tenant.

They come from a CSV file with the headings Type, Qualified name and Name; other columns do not
matter. An asset is put into every system that has its type: a Table into Atlan, a hive_table into
Apache Atlas, a Process into both. One that is there already, even archived, is left as it is.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from msgspec import Struct

from importer.sandbox.atlan import entities as atlan
from importer.sandbox.atlan.types import entity_type
from importer.sandbox.atlas import entities as atlas
from importer.sandbox.atlas.catalogue import ENTITIES
from importer.sandbox.atlas.types import types
from importer.sandbox.atlas.values import unset

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from importer.sandbox.database import Database

HEADINGS = ("type", "qualified name", "name")
MADE_BY_IMPORTS = ("AtlasGlossary", "AtlasGlossaryCategory", "AtlasGlossaryTerm", "Link", "Readme")


class SeedError(ValueError):
    """A mistake in a file of assets; the message names file, row and what is wrong."""


class Seed(Struct, frozen=True):
    """An asset to put into a sandbox."""

    type_name: str
    qualified_name: str
    name: str


def read_assets(path: Path) -> list[Seed]:
    """Read a CSV file of assets. Raises SeedError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_seeds(path, file))
    except OSError as error:
        raise SeedError(f"{path}: cannot be read ({error.strerror}).") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise SeedError(f"{path}: is no CSV file in UTF-8 ({error}).") from None


def _seeds(path: Path, lines: Iterable[str]) -> Iterator[Seed]:
    rows = csv.reader(lines)
    first = [heading.strip().lower() for heading in next(rows, [])]
    missing = [heading for heading in HEADINGS if heading not in first]
    if missing:
        raise SeedError(
            f"{path}: there is no heading {', '.join(missing)}. A file of assets has Type, "
            "Qualified name and Name."
        )
    places = [first.index(heading) for heading in HEADINGS]
    for number, row in enumerate(rows, 2):
        if any(cell.strip() for cell in row):
            values = [row[place].strip() if place < len(row) else "" for place in places]
            yield _checked(f"{path}, row {number}", Seed(*values))


def _checked(where: str, seed: Seed) -> Seed:
    if not (seed.type_name and seed.qualified_name and seed.name):
        raise SeedError(f"{where}: an asset needs a type, a qualified name and a name.")
    if seed.type_name in MADE_BY_IMPORTS:
        raise SeedError(f"{where}: a {seed.type_name} is made by an import, not seeded.")
    if entity_type(seed.type_name) is None and seed.type_name not in ENTITIES:
        raise SeedError(f"{where}: the sandbox does not know the type {seed.type_name}.")
    return seed


def put(database: Database, seeds: Iterable[Seed]) -> None:
    """Store the assets that are not there yet."""
    with database.transaction() as db:
        for seed in seeds:
            named = {"name": seed.name, "qualifiedName": seed.qualified_name}
            if entity_type(seed.type_name):
                _put_into_atlan(db, seed.type_name, named)
            if seed.type_name in ENTITIES:
                _put_into_atlas(db, seed.type_name, named)


def _put_into_atlan(db: sqlite3.Connection, type_name: str, named: dict[str, str]) -> None:
    if atlan.by_key(db, type_name, named["qualifiedName"]) is None:
        atlan.write(db, atlan.Entity(type_name, attributes={**named}))


def _put_into_atlas(db: sqlite3.Connection, type_name: str, named: dict[str, str]) -> None:
    kind = types(db).entity(type_name)
    if kind and not atlas.is_there(db, type_name, named["qualifiedName"]):
        attributes = {**unset(kind.attributes), **named}
        atlas.write(db, atlas.Entity(type_name, attributes=attributes))
