"""A run of the real command that is killed at random and resumed, while the sandbox misbehaves.

The sandbox misbehaves by dice, the command is killed with SIGKILL at moments that dice choose, and
resumed until it is done. Then the journal's outcomes are compared with the state of the sandbox.
"""

import os
import random
import shutil
import subprocess
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field

from importer import sandbox
from importer.journal import Journal, results
from importer.sandbox.faults import Faults, Rule
from importer.template.shipped import shipped
from tests.chaos.scenes import Verdict, judge, judge_log
from tests.forked import Forked
from tests.pipeline.bench import book

KEY = "a-secret-key"
LONGEST = 20.0
ATTEMPTS = 40
LANDING = 0.4
LAG = 0.3
BULK, SEARCH = "*/bulk*", "*/indexsearch*"


@dataclass
class Figures:
    """What happened, and what it came to."""

    scene: str
    seed: int
    kills: int = 0
    caught_sending: int = 0
    processes: int = 0
    requests: int = 0
    faults: Counter = field(default_factory=Counter)
    verdict: Verdict = field(default_factory=Verdict)
    state: str = ""

    def table(self):
        """Return the figures by heading."""
        verdict = self.verdict
        return {
            "runs": 1,
            "kills": self.kills,
            "in flight": self.caught_sending,
            "requests": self.requests,
            "faults": self.faults.total(),
            "duplicates": verdict.duplicates,
            "lost": verdict.lost + (self.state != "finished"),
            "wrong": verdict.wrong,
        }


def weather(seed):
    """What the target does wrong: a little of everything."""
    dice = random.Random(seed)
    writing = {
        "closed_before": {},
        "closed_after": {},
        "error_before": {"status": 503},
        "error_after": {"status": 502},
        "half": {},
        "html": {"status": 200, "carried_out": True},
        "too_many_requests": {"retry_after": 0},
        "late": {"seconds": 3.0},
        "empty_400": {},
    }
    rules = [
        Rule(fault, path=BULK, share=dice.uniform(0.005, 0.05), parameters=parameters)
        for fault, parameters in writing.items()
    ]
    rules += [
        Rule("html", path=BULK, share=0.02, parameters={"status": 502, "carried_out": False}),
        Rule("too_many_requests", share=0.01, parameters={"retry_after": "date"}),
        Rule("expired", at=(dice.randint(20, 200),)),
        Rule("closed_before", method="GET", share=0.02),
        Rule("lagging_index", path=BULK, share=0.2, parameters={"seconds": 0.15}),
        Rule("delay", share=0.1, parameters={"seconds": 0.03}),
    ]
    return Faults(rules, seed)


def storm(scene, seed, kills, folder):
    """The figures of one scene, whose processes are killed at most so often."""
    figures = Figures(scene.name, seed)
    if scene.before:
        with sandbox.start(folder / "target.db") as calm:
            assert Command(calm, scene, folder / "before").run(scene.before).returncode in (0, 1)
    with sandbox.start(folder / "target.db", record=True, faults=weather(seed)) as target:
        command = Command(target, scene, folder / "storm")
        _survive(command, figures, random.Random(seed), kills)
        figures.requests = len(target.requests)
        figures.faults = Counter(one.fault for one in target.requests if one.fault)
    with closing(Journal(folder / "storm" / "journal.db")) as journal:
        [run] = [one for one in journal.runs() if one.plan][:1]
        rows = {(row.sheet, row.row): row.status.value for row in results(journal, run)}
    figures.verdict = judge(scene, folder / "target.db", rows)
    judge_log(scene, target.requests, rows, figures.verdict)
    written = [path for path in (folder / "storm").rglob("*") if path.is_file()]
    assert not any(KEY.encode() in path.read_bytes() for path in written)
    return figures


def _survive(command, figures, dice, kills):
    """Run, be killed, resume; when all kills are spent, resume until it is done."""
    for _ in range(kills + ATTEMPTS):
        killed = command.run(moment=dice if figures.kills < kills else None).killed
        figures.processes += 1
        figures.kills += killed
        figures.caught_sending += killed and command.in_doubt()
        figures.state = command.state()
        if figures.state == "finished":
            return


class Command:
    """`importer run`, then `importer resume` of that run, as processes of their own."""

    def __init__(self, target, scene, folder):
        folder.mkdir()
        self.target = target
        self.folder = folder
        self.scene = scene
        self.environment = {
            **os.environ,
            "XDG_STATE_HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "IMPORTER_JOURNAL": str(folder / "journal.db"),
            f"{scene.system.upper()}_BASE_URL": target.url,
            f"{scene.system.upper()}_API_KEY": KEY,
            f"IMPORTER_TARGETS__{scene.system.upper()}__LANDING": str(LANDING),
            f"IMPORTER_TARGETS__{scene.system.upper()}__TIMEOUT": "1.5",
            f"IMPORTER_TARGETS__{scene.system.upper()}__RATE": "100000",
            f"IMPORTER_TARGETS__{scene.system.upper()}__STOP_AFTER": "0",
        }
        self.file = None

    def run(self, sheets=None, moment=None):
        """One process, killed at a moment that dice choose, or left alone."""
        if self.file is None:
            self.file = book(self.folder / "book.xlsx", sheets or self.scene.sheets)
        name = self._name()
        words = ["resume", name] if name else ["run", str(self.file), *self._flags()]
        return Process([*words, "--format", "json"], self, moment)

    def _flags(self):
        template = self._impatient()
        flags = ("--target", self.scene.system, "--template", template, "--batch-size", "4")
        return (*flags, "--yes", "--allow-mass-change")

    def _impatient(self):
        """The scene's template, with a search index that is not waited for as long."""
        if self.scene.system != "atlan":
            return self.scene.template
        folder = self.folder / "template"
        shutil.copytree(shipped("templates") / self.scene.template, folder, dirs_exist_ok=True)
        mapping = (folder / "mapping.toml").read_text("utf-8")
        changed = mapping.replace("[options]\n", f"[options]\nindex_lag = {LAG}\n")
        (folder / "mapping.toml").write_text(changed, "utf-8")
        return str(folder)

    def _name(self):
        runs = self._runs()
        return runs[0].name if runs else None

    def state(self):
        runs = self._runs()
        return runs[0].state if runs else ""

    def in_doubt(self):
        """Whether the process was killed with a batch in flight."""
        with closing(Journal(self.folder / "journal.db")) as journal:
            return any(journal.in_doubt(run.name) for run in journal.runs())

    def _runs(self):
        if not (self.folder / "journal.db").exists():
            return []
        with closing(Journal(self.folder / "journal.db")) as journal:
            return journal.runs()


class Process:
    """One process, from its start to its end."""

    def __init__(self, words, command, dice):
        self._requests = command.target.requests
        with Forked("importer", *words, env=command.environment) as process:
            self.killed = dice is not None and self._killed(process, dice)
            self.out, self.err = process.communicate()
        self.returncode = process.returncode
        assert "Traceback" not in self.err, self.err
        assert KEY not in self.out + self.err

    def _killed(self, process, dice):
        """Kill it once so many requests have come, and a moment later; or soon after it began."""
        more, moment = dice.randint(0, 12), dice.uniform(0, 0.02)
        goal = len(self._requests) + more
        end = time.monotonic() + (LONGEST if more else dice.uniform(0, 0.8))
        while len(self._requests) < goal or not more:
            if _ended(process, 0.002):
                return False
            if time.monotonic() > end:
                break
        if _ended(process, moment):
            return False
        process.kill()
        return True


def _ended(process, seconds):
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
