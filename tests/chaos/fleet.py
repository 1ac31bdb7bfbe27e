"""Targets, jobs with files, one journal and one queue, and workers on machines of their own."""

import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from importer import sandbox
from importer.errors import ImporterError
from importer.jobs.performer import KIND
from importer.jobs.turns import whose_turn
from importer.journal.job_pass import PassState
from importer.journal.job_passes import add_pass, find_pass, open_passes
from importer.sandbox.faults import Faults, Rule
from importer.session import open_journal
from importer.template.shipped import shipped
from importer.work import Line, Task, open_queue
from tests.pipeline.bench import book, glossary, term

ROOT = Path(__file__).parents[2]
KEY = "a-secret-key"
LAG = 0.3
LOOK = 0.1
AGAIN = 2.0
"""Seconds between two times that passes are submitted whose turn it is."""


@dataclass(frozen=True)
class Size:
    """How many targets, jobs into each, terms of each job, and how slow the targets are.

    `batch` is how many terms one request has, `lease` in seconds.
    """

    targets: int = 2
    jobs: int = 2
    terms: int = 12
    delay: float = 0.05
    lease: float = 3.0
    batch: int = 4


class Fleet:
    """What all workers share, in a folder; `addresses` are those of journal and queue."""

    def __init__(self, folder, addresses, size):
        self.folder, self.size = folder, size
        self.journal_at, self.queue_at = addresses
        self._open, self._numbers = ExitStack(), itertools.count(1)
        slow = Faults([Rule("delay", share=1.0, parameters={"seconds": size.delay})])
        self.targets = {
            f"target{n}": self._open.enter_context(
                sandbox.start(folder / f"target{n}.db", record=True, faults=slow)
            )
            for n in range(size.targets)
        }
        self.jobs = {
            f"job{at}-{n}": name for n in range(size.jobs) for at, name in enumerate(self.targets)
        }
        self.config = self._configured()
        self.journal = open_journal(self.journal_at)
        self._open.callback(self.journal.close)
        self.passes, self.workers = {}, []
        self._submitted = 0.0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for one in self.workers:
            one.die()
        self._open.close()

    def enter(self):
        """Enter a pass of each job, in their order."""
        for name, target in self.jobs.items():
            self.passes[name] = add_pass(self.journal.store, name, target, "")

    def begin(self, threads=2):
        """Begin a worker on a machine that is new."""
        self.workers.append(Worker(self, f"machine{next(self._numbers)}", threads))
        return self.workers[-1]

    @property
    def requests(self):
        """How many requests the targets have got."""
        return sum(len(one.requests) for one in self.targets.values())

    def ended(self, name):
        """The pass of a job, once it has ended."""
        one = find_pass(self.journal.store, self.passes[name])
        return one if one.state is PassState.ENDED else None

    def until(self, true, seconds=300.0):
        """Wait until something is true, while what is left alone is submitted again."""
        late = time.monotonic() + seconds
        while time.monotonic() < late:
            with suppress(ImporterError):  # a server that was ended is not back yet
                if found := true():
                    return found
                self._submit()
            time.sleep(LOOK)
        raise AssertionError(f"{open_passes(self.journal.store)}\n{self.said()}")

    def all_ended(self):
        return all(self.ended(name) for name in self.passes)

    def said(self):
        """What all workers have written to their logs."""
        return "\n".join(one.log.read_text() for one in self.workers)

    def _submit(self):
        if time.monotonic() - self._submitted < AGAIN:
            return
        self._submitted = time.monotonic()
        queue = open_queue(self.queue_at)
        try:
            for one in whose_turn(open_passes(self.journal.store)):
                queue.submit(Task(KIND, str(one.no), Line.SEND))
        finally:
            queue.close()

    def _configured(self):
        template = self.folder / "template"
        shutil.copytree(shipped("templates") / "atlan-glossary", template)
        mapping = template / "mapping.toml"
        text = mapping.read_text("utf-8")
        mapping.write_text(text.replace("[options]\n", f"[options]\nindex_lag = {LAG}\n"), "utf-8")
        lines = [f"lease = {self.size.lease}"]
        for name, box in self.targets.items():
            lines += [f"[targets.{name}]", 'system = "atlan"', f'base_url = "{box.url}"']
            lines += ['api_key_env = "CHAOS_KEY"', "landing = 0.4", "rate = 1000000"]
        for name, target in self.jobs.items():
            self._drop(name)
            lines += [f"[jobs.{name}]", f'source = "{self.folder / name}/in/*.xlsx"']
            lines += [f'target = "{target}"', f'template = "{template}"', "settle = 0"]
            lines += [f"options = {{ jobs = 1, batch_size = {self.size.batch} }}"]
        path = self.folder / "importer.toml"
        path.write_text("\n".join(lines))
        return path

    def _drop(self, name):
        folder = self.folder / name / "in"
        folder.mkdir(parents=True)
        terms = [term(one, glossary=name) for one in self.terms(name)]
        book(folder / "terms.xlsx", {"Glossaries": [glossary(name)], "Terms": terms})

    def terms(self, name):
        """The names of the terms of a job."""
        return [f"{name} {n}" for n in range(self.size.terms)]


class Worker:
    """`importer worker` as a process of a machine of its own, with a state folder of its own."""

    def __init__(self, fleet, machine, threads):
        self.state = fleet.folder / machine
        self.state.mkdir()
        self.log = self.state.with_suffix(".log")
        environment = {
            **{name: one for name, one in os.environ.items() if not name.startswith("IMPORTER_")},
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests" / "chaos" / "machine"))),
            "CHAOS_MACHINE": machine,
            "CHAOS_KEY": KEY,
            "XDG_STATE_HOME": str(self.state),
            "XDG_CONFIG_HOME": str(self.state),
            "IMPORTER_JOURNAL": fleet.journal_at,
            "IMPORTER_QUEUE": fleet.queue_at,
        }
        command = [sys.executable, "-m", "importer", "worker", "--threads", str(threads)]
        with self.log.open("w") as log:
            self._process = subprocess.Popen(
                [*command, "--config", str(fleet.config)], env=environment, stderr=log
            )

    @property
    def lives(self):
        return self._process.poll() is None

    def wait_until_it_works(self):
        while "Working for" not in self.log.read_text():
            assert self.lives, self.log.read_text()
            time.sleep(LOOK)

    def die(self):
        """End it, its children and theirs at once, as where its machine ends."""
        for pid in (*self._children(self._process.pid), self._process.pid):
            _kill(pid)
        self._process.wait()

    def end_alone(self):
        """End it, while what it has begun goes on."""
        self._process.kill()
        self._process.wait()

    def end_a_pass(self):
        """End the processes of passes that it has begun, while it goes on itself."""
        servers = set(self._of(self._process.pid))
        for pid in self._children(self._process.pid):
            if pid not in servers:
                _kill(pid)

    def _children(self, pid):
        """The processes that it has begun, and those that these have begun."""
        for child in self._of(pid):
            yield from self._children(child)
            yield child

    def _of(self, pid):
        with suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                yield from map(int, (task / "children").read_text().split())


def _kill(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@contextmanager
def fleet(folder, addresses, size):
    """A fleet, of which nothing runs any more in the end."""
    with Fleet(folder, addresses, size) as made:
        yield made
