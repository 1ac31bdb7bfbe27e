"""A system of another package is found by its entry point, and imported into like any other."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow(6, together="shelf")

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "shelf-for-importer"
version = "1.0"

[project.entry-points."importer.targets"]
shelf = "shelf:SYSTEM"

[tool.hatch.build.targets.wheel]
packages = ["shelf"]
"""

PACKAGE = '''
"""Shelf keeps books in a file: what a system needs, and not more."""

import json
import os

from importer.model import Action, Status
from importer.targets.protocol import Accepted, Landed, LiveEntity
from importer.targets.system import System


class Shelf:
    system = "shelf"
    batch_size = 10
    lists_all = True

    def __init__(self, settings, options):
        self.identity = f"shelf {settings.base_url}"
        self.file = os.environ["SHELF_FILE"]

    def books(self):
        with open(self.file) as stream:
            return json.load(stream)

    def fetch(self, query):
        for number, book in self.books().items():
            yield LiveEntity("Book", (book["title"],), number, book)

    def submit(self, changes):
        books, landed = self.books(), []
        for change in changes:
            number = change.id or str(len(books) + 1)
            books[number] = {**books.get(number, {}), **change.payload}
            created = change.action is Action.CREATE
            status = Status.CREATED if created else Status.UPDATED
            landed.append(Landed(change.seq, status, number))
        with open(self.file, "w") as stream:
            json.dump(books, stream)
        return Accepted(tuple(landed))

    def find(self, changes):
        live = {one.key: one for one in self.fetch(None)}
        return {change.seq: live[change.key] for change in changes if change.key in live}

    read_back = find

    def names(self):
        return {}

    def fields(self):
        return {}

    def refuses(self, type_name, path, name):
        return False

    def lacks(self, type_name, paths):
        return frozenset(paths) & {"weight"}

    def guard(self, check):
        pass

    def catch_up(self, seconds):
        pass

    def ping(self):
        pass

    def close(self):
        pass


SYSTEM = System(
    name="shelf", title="Shelf", open=Shelf, address="SHELF_BASE_URL", key="SHELF_KEY"
)
'''

MAPPING = """
title = "Books"
system = "shelf"

[kinds.book]
type = "Book"
key = ["title"]

[[sheets]]
name = "Books"

[[sheets.entities]]
kind = "book"
columns = [
  { heading = "Title", path = "title", required = true },
  { heading = "Author", path = "author" },
  { heading = "Weight", path = "weight" },
]
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder in which the package of the system is installed."""
    made, into = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("installed")
    (made / "shelf").mkdir()
    (made / "pyproject.toml").write_text(PROJECT)
    (made / "shelf" / "__init__.py").write_text(PACKAGE)
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--target", into, made], check=True)
    return into


@pytest.fixture
def importer(installed, tmp_path):
    """Runs a command on the books of a folder; returns its status and its JSON."""
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "mapping.toml").write_text(MAPPING)
    (tmp_path / "books" / "book.schema.json").write_text('{"type": "object"}')
    (tmp_path / "books.csv").write_text("Title,Author,Weight\nEmma,Austen,1 kg\nUlysses,Joyce,\n")
    (tmp_path / "shelf.json").write_text("{}")
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "SHELF_BASE_URL": "https://shelf.example",
        "SHELF_KEY": "any",
        "SHELF_FILE": str(tmp_path / "shelf.json"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }

    def run(*words):
        command = [sys.executable, "-m", "importer", *words, "books.csv", "--template", "books"]
        ended = subprocess.run(
            [*command, "--format", "json"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        result = json.loads(ended.stdout)
        counts = {name: n for name, n in result.get("counts", {}).items() if n}
        return ended.returncode, {**result, "counts": counts}

    return run


def test_a_package_adds_a_system(importer, tmp_path):
    status, result = importer("run", "--target", "shelf", "--yes")
    assert (status, result["counts"]) == (0, {"created": 2})
    assert [one["code"] for one in result["findings"]] == ["no_such_field"]
    assert json.loads((tmp_path / "shelf.json").read_text()) == {
        "1": {"title": "Emma", "author": "Austen"},
        "2": {"title": "Ulysses", "author": "Joyce"},
    }
    status, result = importer("run", "--target", "shelf", "--yes")
    assert (status, result["counts"]) == (0, {"unchanged": 2})


def test_the_sandbox_does_not_stand_in_for_it(importer):
    status, result = importer("run", "--yes")
    assert status == 2
    assert "does not stand in for shelf: name another --target." in json.dumps(result)
