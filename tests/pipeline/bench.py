"""Whole imports into a real sandbox, with real files, real HTTP, a real journal; row builders."""

import csv
import io
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from openpyxl import Workbook

from importer.journal import Journal, results
from importer.options import Options, ReportTo
from importer.pipeline.execution import Approval
from importer.pipeline.plan import plan, plan_undo
from importer.pipeline.request import ImportRequest
from importer.pipeline.resume import resume
from importer.pipeline.run import prepare, run
from importer.pipeline.undo import UndoRequest, undo
from importer.targets import systems
from importer.targets.connection import ConnectionSettings
from tests.pipeline.raw_api import Atlan, Trebellar

DATA = Path(__file__).parents[2] / "data"
TOKEN = "a-secret-key"
VARIABLE = "THE_KEYS_VARIABLE"
EMPTIED = ("relation", "entity", "asset", "atlas_relationship", "atlas_entity")
"""The tables of the sandbox that tests fill."""
BULK_PATHS = ("/api/meta/entity/bulk", "/api/v2/assets/bulk")
NO_REPORT = ReportTo(wanted=False)


class Bench:
    """One sandbox, one journal, a folder for files; `wrap` may wrap the target."""

    def __init__(self, box, folder, place):
        self.box = box
        self.folder = folder
        self.place = place
        self.journal = Journal(place)
        self.atlan = Atlan(box.url)
        self.trebellar = Trebellar(box.url)
        self.token = TOKEN
        self.wrap = lambda target: target
        self._opened = [self.journal, self.atlan.session, self.trebellar.session]
        self._numbers = count(1)

    def close(self):
        for one in self._opened:
            one.close()

    def empty_the_sandbox(self):
        """Empty the sandbox: starting another takes longer than most tests."""
        with closing(sqlite3.connect(self.box.database)) as database, database:
            for table in EMPTIED:
                database.execute(f"DELETE FROM {table}")
        self.box.requests.clear()

    def connect(self, of, options):
        options = {**options, "index_lag": 0}
        settings = ConnectionSettings(self.box.url, self.token, token_name=VARIABLE, rate=None)
        target = systems()[of[0]].open(settings, options)
        self._opened.append(target)
        return self.wrap(target)

    def book(self, sheets, name=None):
        """A workbook: sheet name -> rows, each a dict of heading -> value."""
        return book(self.folder / (name or f"book{next(self._numbers)}.xlsx"), sheets)

    def text(self, name, rows, delimiter=","):
        """A delimited file of rows, each a dict of heading -> value."""
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        out = io.StringIO()
        writer = csv.DictWriter(out, headings, "", delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
        path = self.folder / name
        path.write_bytes(out.getvalue().encode())
        return path

    def run(self, *files, report=NO_REPORT, confirm=None, **options):
        """Import files, or a workbook of the sheets given as a dict."""
        paths = [self.book(one) if isinstance(one, dict) else one for one in files]
        return self.run_files(paths, Options(landing=0, **options), report, confirm=confirm)

    def run_files(self, files, options, report=NO_REPORT, confirm=None, saved=None):
        """Import files, with a saved plan, or asking `confirm`."""
        return run(
            self.request(files, options),
            journal=self.journal,
            report=report,
            approval=Approval(saved, confirm),
        )

    def request(self, files, options):
        return ImportRequest(files, options, "sandbox", self.connect)

    def plan_files(self, files, options, save=False):
        """Plan a run."""
        return plan(self.request(files, options), save=save)

    def plan_undo(self, name):
        """Plan an undo."""
        return plan_undo(UndoRequest(name, "sandbox", self.connect, self.journal))

    def glossary(self, sheets, **options):
        """Import sheets of the glossary template."""
        return self.run(sheets, template="atlan-glossary", **options)

    def portfolio(self, sheets, **options):
        """Import sheets of the portfolio template."""
        return self.run(sheets, template="trebellar-portfolio", **options)

    def prepare(self, sheets, template, **options):
        """Run up to the plan; return the run and its preview."""
        files = [self.book(sheets) if isinstance(sheets, dict) else sheets]
        request = self.request(files, Options(template=template, landing=0, **options))
        return prepare(request, journal=self.journal, report=NO_REPORT)

    def undo(self, result, report=NO_REPORT, confirm=None, **more):
        """Undo a run."""
        request = UndoRequest(result.run, "sandbox", self.connect, self.journal, **more)
        approval = Approval(confirm=confirm)
        return undo(request, journal=self.journal, report=report, approval=approval)

    def resume(self, name):
        return resume(name, connect=self.connect, journal=self.journal, report=NO_REPORT)

    def rows(self, result):
        """Return (sheet, row) -> its outcome."""
        found = list(results(self.journal, self.journal.run(result.run)))
        by_place = {(row.sheet, row.row): row for row in found}
        assert len(by_place) == len(found), "a row has two outcomes"
        return by_place

    def statuses(self, result):
        """Return sheet -> the outcomes of its rows, from top to bottom."""
        found = {}
        for (sheet, _), row in self.rows(result).items():
            found.setdefault(sheet, []).append(row.status.value)
        return found

    def bodies(self, since=0):
        """Return the bodies of the bulk requests since request number `since`."""
        return [
            request.body
            for request in self.box.requests[since:]
            if request.path in BULK_PATHS and request.method == "POST"
        ]

    def silent(self, act):
        """Return the result of `act`, which must post nothing."""
        before = len(self.bodies())
        answer = act()
        assert len(self.bodies()) == before, "something was posted"
        return answer


def book(path, sheets):
    """A workbook: sheet name -> rows, each a dict of heading -> value."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        sheet.append(headings)
        for row in rows:
            sheet.append([row.get(heading) for heading in headings])
    made.save(path)
    return path


@pytest.fixture
def bench(box, tmp_path, journal_place):
    bench = Bench(box, tmp_path, journal_place)
    bench.empty_the_sandbox()
    yield bench
    bench.close()


def glossary(name="Finance", **more):
    return {"Glossary": name, **more}


def category(name, parent="", glossary="Finance", **more):
    return {"Glossary": glossary, "Category": name, "Parent category": parent, **more}


def term(name, glossary="Finance", **more):
    """`See_also="x"` fills the column `See also`."""
    row = {"Glossary": glossary, "Term": name}
    return row | {heading.replace("_", " "): value for heading, value in more.items()}


def link(term, title, url, glossary="Finance", **more):
    return {"Glossary": glossary, "Term": term, "Title": title, "URL": url, **more}


def building(name="HQ", **more):
    return {"External ID": f"B-{name}", "Building": name, "Timezone": "Europe/Berlin", **more}


def floor(name, building="HQ", **more):
    return {"External ID": f"F-{building}-{name}", "Floor": name, "Building": building, **more}


def space(name, floor, building="HQ", **more):
    return {"External ID": f"S-{name}", "Space": name, "Floor": floor, "Building": building, **more}


def desk(name, floor, building="HQ", **more):
    return {"External ID": f"D-{name}", "Desk": name, "Floor": floor, "Building": building, **more}


def diffs(change):
    """Heading -> old and new value of a row that a plan shows."""
    return {heading: [diff.old, diff.new] for heading, diff in change.fields.items()}
