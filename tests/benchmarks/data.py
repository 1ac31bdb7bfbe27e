"""The files that are imported, made once for each size and kept in the cache folder.

They are seeded: the same size gives the same bytes. Each is made in a process of its own, by
`python -m tests.benchmarks.data NAME FILE ROWS`.
"""

import csv
import random
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.make_workbook import (
    FIRST_DAY,
    categories,
    glossaries,
    make_workbook,
    terms,
    write_workbook,
)
from tests.benchmarks.process import ROOT

BUILDINGS, FLOORS = 20, 10
DESK_HEADINGS = (
    "External ID", "Desk", "Building", "Floor", "Bookable", "Seats", "Capacity", "Headcount",
    "Property: Cost centre", "Property: Zone", "Property: Screen", "Property: Team",
)  # fmt: skip
TEAMS = ("Finance", "Sales", "Support", "Legal", "Research")


def desks(rows):
    """Yield the heading row and desks of 12 values in their buildings and floors."""
    chosen = random.Random(rows)
    yield DESK_HEADINGS
    for row in range(rows):
        yield (
            f"D-{row:07}",
            f"{row % FLOORS}A-{row:06}",
            f"Building {row % BUILDINGS}",
            f"Floor {row // BUILDINGS % FLOORS}",
            ("yes", "no", None)[row % 3],
            1,
            chosen.randint(1, 4),
            chosen.randint(0, 1) if row % 4 else None,
            f"CC-{chosen.randint(1000, 1200)}",
            chosen.choice("NESW"),
            "TRUE" if row % 2 else None,
            chosen.choice(TEAMS),
        )


def buildings(_rows):
    """Yield the heading row and the buildings of the desks, with their floors."""
    yield ("Building", "Timezone", "Floors")
    floors = ", ".join(f"Floor {number}" for number in range(FLOORS))
    yield from ((f"Building {number}", "Europe/Berlin", floors) for number in range(BUILDINGS))


def desks_with_errors(rows):
    """Yield desks each of which has a number of seats that is none."""
    yield from (_with(row, "Seats", f"many{number}") for number, row in enumerate(desks(rows)))


def desks_of_one_floor(rows):
    """Yield desks that all stand on one floor."""
    at = DESK_HEADINGS.index("Floor"), DESK_HEADINGS.index("Building")
    for row in desks(rows):
        yield (
            row if row is DESK_HEADINGS else _replaced(row, {at[0]: "Floor 0", at[1]: "Building 0"})
        )


def terms_as_text(rows):
    """Yield terms with the dates as a spreadsheet program writes them into a CSV file."""
    from datetime import date, timedelta

    for number, row in enumerate(terms(rows)):
        day = row[10] if number == 0 else date(1899, 12, 30) + timedelta(days=row[10] or FIRST_DAY)
        yield (*row[:10], day, row[11])


def plain_terms(rows, of=terms_as_text):
    """Yield terms without what they refer to but their glossary, and without tags."""
    keep = [0, 1, 2, 4, 5, 8, 9, 10, 11]
    yield from (tuple(row[at] for at in keep) for row in of(rows))


ENTITY_HEADINGS = (
    "typeName", "name", "qualifiedName", "userDescription", "categoryNames", "certificateStatus",
    "ownerUsers", "classifications", "abbreviation", "usage", "examples", "announcementMessage",
)  # fmt: skip


def entities(rows):
    """Yield the same terms under the headings that pyapacheatlas demands."""
    for number, row in enumerate(terms(rows)):
        first = ("AtlasGlossaryTerm", row[1], f"{row[1]}@{row[0]}")
        yield (*first, *row[2:7], *row[8:]) if number else ENTITY_HEADINGS


def _with(row, heading, value):
    return row if row is DESK_HEADINGS else _replaced(row, {DESK_HEADINGS.index(heading): value})


def _replaced(row, values):
    return tuple(values.get(at, value) for at, value in enumerate(row))


TABLES = {
    "terms.csv": terms_as_text,
    "glossaries.csv": lambda _: glossaries(),
    "categories.csv": lambda _: categories(),
    "plain_terms.csv": plain_terms,
    "desks.csv": desks,
    "buildings.csv": buildings,
    "desks_with_errors.csv": desks_with_errors,
    "desks_of_one_floor.csv": desks_of_one_floor,
}


def _plain_workbook(path, rows):
    write_workbook(path, {"Terms": plain_terms(rows, terms), "Glossaries": glossaries()})


WORKBOOKS = {
    "terms.xlsx": make_workbook,
    "plain_terms.xlsx": _plain_workbook,
    "entities.xlsx": lambda path, rows: write_workbook(path, {"BulkEntities": entities(rows)}),
}


def write(name, path, rows):
    """Write one of the files."""
    if name in WORKBOOKS:
        WORKBOOKS[name](path, rows)
        return
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(TABLES[name](rows))


def data_file(folder, name, rows):
    """Return one of the files, made where it is not there yet."""
    path = Path(folder) / str(rows) / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"new-{name}")
        command = [sys.executable, "-m", "tests.benchmarks.data", name, new, str(rows)]
        subprocess.run(command, check=True, cwd=ROOT)
        new.rename(path)
    return path


if __name__ == "__main__":
    write(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
