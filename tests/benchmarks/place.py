"""Where programs are measured: a cache folder with the data, fresh folders, servers."""

import contextlib
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from tests.benchmarks.data import data_file
from tests.benchmarks.process import ROOT, measured

TARGETS = """
[targets.stub]
system = "{system}"
base_url = "{url}"
api_key_env = "STUB_KEY"
rate = 6000000
"""
HERE = Path(__file__).parent
MADE_BY = ("data.py", "growing.py", "make_workbook.py")
SYSTEMS = {"atlan-glossary": "atlan", "trebellar-portfolio": "trebellar"}


def cache():
    """The folder of what is made once: data, and what a sandbox holds.

    What was made by another code is not used again.
    """
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    made_by = b"".join((HERE / name).read_bytes() for name in MADE_BY)
    return home / "importer-benchmarks" / sha256(made_by).hexdigest()[:8]


class Place:
    """A folder for one turn after the other; `rows` is the size of what is imported.

    No size is above `limit`, where there is one.
    """

    def __init__(self, folder, rows, limit=None):
        self.folder, self.rows, self.limit = Path(folder), rows, limit
        self._open = contextlib.ExitStack()
        self._numbers = itertools.count(1)

    def __enter__(self):
        self._made = self._open.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-"))
        return self

    def __exit__(self, *_):
        self._open.close()

    def sized(self, rows):
        """The same place for files of another size."""
        other = Place(self.folder, min(rows, self.limit or rows), self.limit)
        other._made, other._numbers = self._made, self._numbers
        return other

    def file(self, name):
        """A file of the size; it may be read and must not be changed."""
        return data_file(self.folder, name, self.rows)

    def own(self, name):
        """A copy of a file in a folder that is new, for what writes beside it."""
        return Path(shutil.copy(self.file(name), self.fresh()))

    def fresh(self):
        """A folder that is new."""
        folder = Path(self._made) / str(next(self._numbers))
        folder.mkdir()
        return folder

    def python(self, *arguments, statuses=(0,), executable=sys.executable, **environment):
        """Measure what an interpreter does with these arguments."""
        log = self.fresh() / "output"
        return measured([executable, *arguments], log, statuses, environment)

    def importer(self, *arguments, folder=None, statuses=(0,), journal=None, url=None, system=None):
        """Measure a command of ours, its state in a folder that is new; `url` is its target."""
        folder = folder or self.fresh()
        command = [*arguments]
        if url:
            command += ["--target", "stub", "--config", _settings(folder, url, system)]
        journal = journal or folder / "journal.db"
        environment = _of_journal(journal)
        program = [sys.executable, "-m", "importer", *command]
        used = measured(program, folder / "output", statuses, environment)
        return replace(used, counts={"journal": _size(journal)})

    def stages(self, template, *files, url):
        """Measure an import; counts the CPU seconds of its stages, by their names."""
        folder = self.fresh()
        settings, out = _settings(folder, url, SYSTEMS[template]), folder / "stages.json"
        arguments = ("-m", "tests.benchmarks.sides.run_stages", template, settings, out, *files)
        used = self.python(*arguments, **_of_journal(folder / "journal.db"))
        return replace(used, counts=json.loads(out.read_text()))

    @contextlib.contextmanager
    def stub(self, delay=0.0):
        """A server that grants everything, for as long as the block lasts."""
        with _serving("stub", str(delay)) as url:
            yield url


def granted(url):
    """How many requests a stub has granted that changed something, and the entities made."""
    with urllib.request.urlopen(f"{url}/count", timeout=60) as answer:
        return json.load(answer)


@contextlib.contextmanager
def _serving(module, *arguments):
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as server:
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()


def live(database):
    """A sandbox that holds what a database says, for as long as the block lasts."""
    return _serving("live", str(database))


def _settings(folder, url, system):
    """Write the settings with a stub as target."""
    path = folder / "importer.toml"
    path.write_text(TARGETS.format(url=url, system=system))
    return path


def _of_journal(journal):
    return {"IMPORTER_JOURNAL": str(journal), "STUB_KEY": "key", "NO_COLOR": "1"}


def _size(journal):
    return sum(one.stat().st_size for one in journal.parent.glob(f"{journal.name}*"))
