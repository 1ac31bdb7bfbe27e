"""Writes the sample files into a folder, by default this one; they are always the same.

Run `python -m data.make_samples [FOLDER]` in the top folder of the project.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

from openpyxl import Workbook

from data.making import (
    catalogue_lists,
    cobie,
    glossary,
    lists,
    mistakes,
    peers,
    portfolio,
    rooms,
    workplace_lists,
)
from data.making.table import Table, add_table
from importer.template.blank.reproducible import save_reproducible

SEED = 20260114


def make_samples(folder: Path) -> None:
    """Write every sample file into a folder."""
    workbooks = {
        "glossary": glossary.tables(),
        "portfolio": portfolio.tables(_chance()),
        "rooms": rooms.tables(_chance()),
        "mistakes": mistakes.tables(),
    }
    for name, tables in workbooks.items():
        _write_workbook(folder / f"{name}.xlsx", tables)
    _write_texts(folder)
    _write_lists(folder / "peers")


def _write_lists(folder: Path) -> None:
    """Write lists as other systems make them."""
    for name, text in {**catalogue_lists.LISTS, **workplace_lists.LISTS}.items():
        (folder / f"{name}.csv").write_bytes(text.encode())
    save_reproducible(cobie.workbook(), folder / "cobie.xlsx")
    save_reproducible(workplace_lists.eptura(), folder / "eptura-spaces.xlsx")


def _chance() -> Random:
    return Random(SEED)  # noqa: S311 - the same samples every time are the point


def _write_workbook(path: Path, tables: Sequence[Table]) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        add_table(book, table)
    save_reproducible(book, path)


def _write_texts(folder: Path) -> None:
    desks = lists.delimited(lists.DESK_HEADINGS, lists.DESKS, ";", "\r\n")
    (folder / "desks.csv").write_bytes(desks.encode("cp1252"))
    files = {
        "assets": (lists.ASSET_HEADINGS, lists.ASSETS),
        "terms": (lists.TERM_HEADINGS, lists.TERMS),
        "peers/atlan-glossary": (peers.ATLAN_HEADINGS, peers.ATLAN),
        "peers/apache-atlas": (peers.ATLAS_HEADINGS, peers.ATLAS),
        "peers/openmetadata": (peers.OPEN_METADATA_HEADINGS, peers.OPEN_METADATA),
    }
    (folder / "peers").mkdir(exist_ok=True)
    for name, (headings, rows) in files.items():
        (folder / f"{name}.csv").write_bytes(lists.delimited(headings, rows).encode())


if __name__ == "__main__":
    make_samples(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
