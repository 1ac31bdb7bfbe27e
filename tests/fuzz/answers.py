"""Commands against a target whose answers are spoilt, and what the journal says of them afterwards.

Whatever a target answers, a row is `created`, `updated` or `unchanged` only if the target says so:
where no answer lies, the sandbox must hold what the journal says of each row.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from random import Random
from typing import IO, Any

from importer import sandbox
from importer.journal import Journal, results
from tests.chaos.scenes import (
    HERE,
    Scene,
    changed_glossary,
    live_by_name,
    moved_portfolio,
    new_glossary,
    new_portfolio,
)  # fmt: skip
from tests.fuzz.spoil_answer import HONEST, Way, lying_json, twice
from tests.fuzz.trial import Outcome, tried
from tests.fuzz.wire import Answering, Asked, Forward, SpoiltServer, plainly
from tests.pipeline.bench import book

KEPT = {"Terms": 10, "Links": 2, "Spaces": 4, "Desks": 8}
"""So many rows of a sheet: enough for several batches of four."""
COMMANDS = ("run", "run", "run", "plan", "check", "export", "undo")
DATABASE = "target.db"
JOURNAL = Path("state", "importer", "journal.db")


@dataclass
class AnswersOf:
    """The answers of one system, spoilt; the same server for all cases."""

    name: str
    scenes: tuple[Callable[[], Scene], ...]
    _before: dict[str, Path] = field(default_factory=dict)

    @cached_property
    def _server(self) -> SpoiltServer:
        return SpoiltServer()

    def tried(self, rng: Random, folder: Path) -> tuple[list[str], Outcome]:
        """Run a command on a scene; return it and how it ended."""
        scene = small(rng.choice(self.scenes)())
        command = rng.choice(COMMANDS)
        shutil.copytree(self._prepared(scene, command), folder, dirs_exist_ok=True)
        words = _words(command, scene, folder)
        spoiling = Spoiling(rng)
        before = _run_names(folder)
        outcome = self._run(words, folder, scene, spoiling)
        judged = not spoiling.lied and outcome.status is not None
        wrong = wrong_claims(scene, folder, before, undone=command == "undo") if judged else []
        return words, replace(outcome, wrong="; ".join(wrong[:3]))

    def _prepared(self, scene: Scene, command: str) -> Path:
        """Return a folder with the target as it is before the command, made once."""
        done = scene.name + command * (command == "undo")
        if done not in self._before:
            made = Path(tempfile.mkdtemp(prefix="fuzz-answers-"))
            book(made / "before.xlsx", scene.before or scene.sheets)
            book(made / "book.xlsx", scene.sheets)
            files = ["before.xlsx"] * bool(scene.before) + ["book.xlsx"] * (command == "undo")
            for file in files:
                outcome = self._run(_words("run", scene, made, file), made, scene, plainly)
                assert outcome.status in (0, 1), outcome
            self._before[done] = made
        return self._before[done]

    def _run(self, words: list[str], folder: Path, scene: Scene, answering: Answering) -> Outcome:
        with (
            sandbox.start(folder / DATABASE) as target,
            self._server.before(target.url, answering),
        ):
            return tried(words, folder, _environment(self._server.url, scene.system), hasty=True)

    def close(self) -> None:
        """Stop the server and remove the folders."""
        if self._before:
            self._server.close()
        for made in self._before.values():
            shutil.rmtree(made, ignore_errors=True)


def small(scene: Scene) -> Scene:
    """Return a scene with few rows."""
    cut = {
        part: {sheet: rows[: KEPT.get(sheet)] for sheet, rows in getattr(scene, part).items()}
        for part in ("sheets", "before")
    }
    return replace(scene, **cut)


def _environment(url: str, system: str) -> dict[str, str]:
    target = f"IMPORTER_TARGETS__{system.upper()}__"
    return {
        f"{system.upper()}_BASE_URL": url,
        f"{system.upper()}_API_KEY": "a-secret-key",
        f"{target}TIMEOUT": "0.4",
        f"{target}LANDING": "0.05",
        f"{target}RATE": "100000",
    }


def _words(command: str, scene: Scene, folder: Path, file: str = "book.xlsx") -> list[str]:
    """Return the words of a command; one request at a time, so that a seed does always alike."""
    target = ["--target", scene.system]
    sending = ["--yes", "--jobs", "1", "--batch-size", "4"]
    if command == "export":
        return ["export", scene.template, "-o", "out.xlsx", *target]
    if command == "undo":
        return ["undo", _run_names(folder)[0], *sending]
    words = [command, file, "--template", scene.template, *target]
    return [*words, *sending, "--allow-mass-change"] if command == "run" else words


def _run_names(folder: Path) -> list[str]:
    """Return the runs in the journal, the newest first."""
    if not (place := folder / JOURNAL).exists():
        return []
    with closing(Journal(place)) as journal:
        return [run.name for run in journal.runs()]


class Spoiling:
    """Answers as the sandbox does for a while, then spoils some, most or all of the answers."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._first = rng.choice([0, 0, rng.randrange(10), rng.randrange(30)])
        self._share = rng.choice([0.1, 0.5, 1.0])
        self._only_writes = rng.random() < 0.3
        self._ways = [rng.choice(HONEST)] if rng.random() < 0.5 else list(HONEST)
        self.lied = rng.random() < 0.2
        if self.lied:
            self._ways = [lying_json, twice]
        self._asked = 0

    def __call__(self, asked: Asked, forward: Forward, out: IO[bytes]) -> bool:
        """Answer a request; return whether the connection is kept."""
        self._asked += 1
        spared = self._only_writes and not asked.writes
        if spared or self._asked <= self._first or self._rng.random() > self._share:
            return plainly(asked, forward, out)
        way: Way = self._rng.choice(self._ways)
        return bool(way(self._rng, asked, forward, out))


def wrong_claims(scene: Scene, folder: Path, before: list[str], *, undone: bool) -> list[str]:
    """Return what the newest run says of its rows that the sandbox does not hold."""
    live = live_by_name(scene, folder / DATABASE)
    wrong = []
    for sheet, number, status in _outcomes(folder, before):
        row = scene.sheets[sheet][number - 2]
        found = live.get(scene.name_of(sheet, row), [])
        as_stated = not undone and row.get("Action") != "delete"
        right = [one for one in found if not as_stated or scene.right(sheet, row, one)]
        spared = status == "unchanged" and (undone or row.get("Action") == "delete")
        if not spared and _is_wrong(status, found, right):
            wrong.append(f"{sheet} {number} is {status}, but there: {found[:1]}")
    return wrong


def _outcomes(folder: Path, before: list[str]) -> Iterator[tuple[str, int, str]]:
    """Yield sheet, row and outcome of the run that is new, where it got as far as a plan."""
    if not (place := folder / JOURNAL).exists():
        return
    with closing(Journal(place)) as journal:
        for run in journal.runs():
            if run.name not in before and run.plan:
                for row in results(journal, run):
                    yield row.sheet, row.row, row.status.value


def _is_wrong(status: str, found: list[Any], right: list[Any]) -> bool:
    """Return whether an outcome is not so."""
    return bool(found) if status == "deleted" else status in HERE and not right


ANSWERS = (
    AnswersOf("answers of Atlan", (new_glossary, changed_glossary)),
    AnswersOf("answers of Trebellar", (new_portfolio, moved_portfolio)),
)
