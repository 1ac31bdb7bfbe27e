"""Import a million desks for real: killed twice in the middle, resumed, exported and compared.

`python -m tests.benchmarks.million [ROWS]`. The target is a sandbox in a process of its own. Prints
a table of the steps with CPU, wall clock and peak memory, then how many desks the target holds, how
many the export has and how many of them twice, how many rows the report has, and the bytes of the
journal. Trebellar lists all assets in one answer, which the last two steps read piece by piece.
"""

import csv
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter

from tests.benchmarks.ours import DESKS
from tests.benchmarks.place import TARGETS, Place, cache, live
from tests.benchmarks.process import ROOT

ROWS = 1_000_000
KILLED_AT = (0.25, 0.6)
"""The parts of the import that are done when it is killed."""

HEAD = ("step", "CPU s", "wall s", "peak MB", "status")


def main(rows=str(ROWS)):
    """Print the tables; 1 where anything was lost or doubled."""
    with Place(cache(), int(rows)) as place:
        folder = place.fresh()
        with live(folder / "target.db") as url:
            return _imported(place, folder, url)


def _imported(place, folder, url):
    (folder / "importer.toml").write_text(TARGETS.format(url=url, system="trebellar"))
    files = [place.own(name) for name in ("desks.csv", "buildings.csv")]
    program = _Importer(folder)
    program.step("check", "check", *files, "--template", DESKS)
    settings = ("--config", folder / "importer.toml")
    to = ("--target", "stub", *settings)
    sent = ("run", *files, "--template", DESKS, "--yes", "--jobs", "4", *to)
    program.step("run, killed", *sent, kill_at=KILLED_AT[0], rows=place.rows)
    run = program.run_name()
    program.step("resume, killed", "resume", run, *settings, kill_at=KILLED_AT[1], rows=place.rows)
    program.step("resume", "resume", run, *settings)
    program.step("run again", *sent)
    export = folder / "export.csv"
    program.step("export", "export", DESKS, "-o", export, *to)
    return _compared(place.rows, folder, files[0])


class _Importer:
    """Our command with a journal of its own; each step is measured and printed."""

    def __init__(self, folder):
        self._folder = folder
        self._journal = folder / "journal.db"
        self._environment = {
            **os.environ,
            "IMPORTER_JOURNAL": str(self._journal),
            "STUB_KEY": "key",
        }
        _line(HEAD)
        _line(["---"] + ["---:"] * (len(HEAD) - 1))

    def step(self, name, *arguments, kill_at=None, rows=0):
        """Do one step; it is killed once such a part of the rows has its outcome."""
        begun = time.monotonic()
        with (self._folder / "output").open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "importer", *map(str, arguments)],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
            if kill_at is not None:
                self._kill(process, kill_at * rows)
            _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu, wall = used.ru_utime + used.ru_stime, time.monotonic() - begun
        _line([name, f"{cpu:.0f}", f"{wall:.0f}", used.ru_maxrss // 1024, process.returncode])

    def run_name(self):
        """The name of the only run."""
        return self._ask("SELECT run FROM runs")

    def _kill(self, process, done):
        """Send SIGKILL once so many items have an outcome."""
        runs = os.WEXITED | os.WNOHANG | os.WNOWAIT
        while os.waitid(os.P_PID, process.pid, runs) is None and self._done() < done:
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)

    def _done(self):
        """About how many items have an outcome: those of the batches that are settled."""
        try:
            return 100 * (self._ask("SELECT count(*) FROM batches WHERE state != 'sending'") or 0)
        except sqlite3.OperationalError:
            return 0

    def _ask(self, query):
        with sqlite3.connect(f"file:{self._journal}?mode=ro", uri=True) as journal:
            return journal.execute(query).fetchone()[0]


def _compared(rows, folder, desks):
    """Print what came of it; 1 where it is not as it should be."""
    reported = sum(1 for _ in _values(desks.with_name(f"{desks.stem}.result.csv")))
    exported = folder / "export-Desks.csv"
    names = Counter(_values(exported, "External ID") if exported.exists() else ())
    doubled = sum(1 for count in names.values() if count > 1)
    with sqlite3.connect(folder / "target.db") as target:
        (held,) = target.execute("SELECT count(*) FROM asset WHERE type = 'DESK'").fetchone()
    journal = sum(path.stat().st_size for path in folder.glob("journal.db*"))
    facts = {
        "desks in the file": rows,
        "desks in the target": held,
        "desks in the export": len(names),
        "in it more than once": doubled,
        "rows of the report": reported,
        "bytes of the journal a row": round(journal / rows),
    }
    for name, number in facts.items():
        sys.stdout.write(f"{name}: {number:,}\n")
    whole = held == reported == len(names) == rows
    return int(bool(doubled) or not whole)


def _values(path, heading=None):
    """The values under a heading of a CSV file, by default the first one."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines)
        at = next(reader).index(heading) if heading else next(reader, []) and 0
        yield from (row[at] for row in reader)


def _line(cells):
    sys.stdout.write("| " + " | ".join(map(str, cells)) + " |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
