"""The samples of `data/`, imported, changed, deleted and undone, with a judge on the way."""

import os
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path

from openpyxl import load_workbook

from importer import sandbox
from importer.journal import Journal
from importer.sandbox.seed import read_assets
from importer.template.shipped import shipped
from tests.forked import Forked
from tests.fuzz.wire import SpoiltServer

DATA = shipped("data")
ASSETS = DATA / "assets.csv"
IMPORTS = {
    "atlan": [
        ["glossary.xlsx", "terms.csv"],
        ["assets.csv"],
        ["glossary.xlsx"],
        ["peers/atlan-glossary.csv"],
        ["peers/apache-atlas.csv"],
        ["peers/openmetadata.csv"],
    ],
    "trebellar": [["portfolio.xlsx", "desks.csv"], ["portfolio.xlsx"], ["rooms.xlsx"]],
}
"""The files of each run; a file that was imported before comes again with changes."""
CHANGES = {
    "Glossaries": {"Usage": "Changed"},
    "Categories": {"Description": "Changed"},
    "Terms": {"Description": "Changed", "Examples": "One\nTwo", "Tags": "Public"},
    "Links": {"Title": "Changed"},
    "Buildings": {"Seats": 7, "Holidays": "2027-01-01"},
    "Floors": {"Capacity": 12, "Effective from": "2026-02-01"},
    "Spaces": {"Description": "Changed", "Bookable": "no"},
    "Desks": {"Bookable": "no", "Property: Monitor": "none"},
}
CLEARED = {
    "Terms": ["Synonyms", "See also", "Categories", "Owners"],
    "Categories": ["Owners"],
    "Spaces": ["Capacity"],
    "Desks": ["Property: Cost centre"],
}
MOVED = {"Desks": ["Building", "Floor", "Space"]}
"""What a row takes over from the next one."""
DELETED = ("Terms", "Links", "Desks", "Sensors")


def recorded(judge):
    """Import, change, delete and undo the samples of the judge's system."""
    with ExitStack() as open_ones:
        folder = Path(open_ones.enter_context(tempfile.TemporaryDirectory(prefix="judges-")))
        box = open_ones.enter_context(sandbox.start(assets=read_assets(ASSETS)))
        server = open_ones.enter_context(closing(SpoiltServer()))
        open_ones.callback(judge.close)
        judge.begin(box.url)
        open_ones.enter_context(server.before(box.url, judge))
        command = Command(judge.system, server.url, folder)
        for files in IMPORTS[judge.system]:
            command.run(files)
        command.undo_all()


class Command:
    """The command line with a target that is a judge."""

    def __init__(self, system, url, folder):
        self.system, self.folder, self.seen = system, folder, set()
        name = system.upper()
        self.journal = folder / "journal.db"
        self.environment = {
            **os.environ,
            "XDG_STATE_HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "IMPORTER_JOURNAL": str(self.journal),
            f"{name}_BASE_URL": url,
            f"{name}_API_KEY": "a-key",
            f"IMPORTER_TARGETS__{name}__RATE": "100000",
        }

    def run(self, files):
        """Import files, with changes where they were imported before."""
        paths = [
            altered(DATA / one, self.folder) if one in self.seen else DATA / one for one in files
        ]
        self.seen.update(files)
        self._do(
            "run", *paths, "--target", self.system, "--allow-mass-change", "--report", self.folder
        )

    def undo_all(self):
        """Undo all runs, the last first."""
        with closing(Journal(self.journal)) as journal:
            names = [run.name for run in journal.runs()]
        for name in names:
            self._do("undo", name, "--report", self.folder)

    def _do(self, *words):
        """Do one command. Raises AssertionError where it stops early."""
        with Forked("importer", *words, "--yes", env=self.environment) as process:
            out, err = process.communicate()
        assert process.returncode in (0, 1), f"{words}: {out}{err}"


def altered(path, folder):
    """Return a copy of a workbook in which every other row is changed, moved or deleted."""
    book = load_workbook(path)
    for sheet in book:
        headings, first = _headings(sheet)
        action = headings.setdefault("Action", len(headings) + 1)
        sheet.cell(first - 1, action).value = "Action"
        for row in range(first, sheet.max_row):
            _alter(sheet, row, headings)
    book.save(folder / path.name)
    return folder / path.name


def _headings(sheet):
    """Return the column of each heading, and the first row below them."""
    for row in range(1, 5):
        found = {cell.value: cell.column for cell in sheet[row] if cell.value}
        if len(found) > 2:
            return found, row + 1
    raise ValueError(f"{sheet.title} has no headings")


def _alter(sheet, row, headings):
    title, turn = sheet.title, row % 6
    if turn == 0 and title in DELETED:
        sheet.cell(row, headings["Action"]).value = "delete"
    elif turn == 1:
        for heading in CLEARED.get(title, ()):
            sheet.cell(row, headings[heading]).value = "<clear>"
    elif turn == 2:
        for heading in MOVED.get(title, ()):
            below = sheet.cell(row + 1, headings[heading]).value
            sheet.cell(row, headings[heading]).value = below
    elif turn in (3, 4):
        for heading, value in CHANGES.get(title, {}).items():
            sheet.cell(row, headings[heading]).value = value
