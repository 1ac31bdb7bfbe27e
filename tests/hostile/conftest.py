"""The real command line in this process, a recording system to send to, and malformed files."""

import zipfile

import pytest
from openpyxl import Workbook

from importer.sandbox import start
from tests.commands import importer

__all__ = ["importer"]


@pytest.fixture(autouse=True)
def _at_home(home):
    """Every test works in a folder of its own."""


@pytest.fixture
def system(monkeypatch):
    """A system that both targets lead to, and that keeps every request; its index never lags."""
    monkeypatch.setattr("importer.targets.atlan.target.INDEX_LAG", 0.0)
    with start(record=True) as running:
        for name in ("ATLAN", "TREBELLAR"):
            monkeypatch.setenv(f"{name}_BASE_URL", running.url)
            monkeypatch.setenv(f"{name}_API_KEY", "any")
        yield running


@pytest.fixture
def send(importer, system):
    """`importer run` into the recording system."""

    def run(*args, target="atlan"):
        return importer("run", *args, "--target", target, "--yes", "--rate", "60000")

    return run


@pytest.fixture
def put(tmp_path):
    """Write a file: bytes, text, or a dict of sheets for a workbook."""

    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, dict):
            book(path, content)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def book(path, sheets):
    """A workbook of these sheets: name -> rows."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def swollen(path):
    """The same workbook, its last sheet blown up to more than fits into memory."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    last = max(name for name in parts if name.startswith("xl/worksheets/sheet"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, bytes(30 << 20) if name == last else content)
    return path


def written(running):
    """The requests that change something."""
    return [request for request in running.requests if "/bulk" in request.path]


def named(running):
    """Names of all that was sent to be created or changed."""
    return [
        entity["attributes"].get("name")
        for request in written(running)
        if isinstance(request.body, dict)
        for entity in request.body.get("entities", ())
    ]
