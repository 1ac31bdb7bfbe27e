"""Runs one command on a spoilt file in a process bounded in time and memory, and judges its end."""

from __future__ import annotations

import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.forked import FORKING, _run

MEMORY, SECONDS = 3 << 30, 60
"""How many bytes a process may ask for, and how long it may take."""

STATUSES = (0, 1, 2, 3)
"""How a command may end, whatever it is given."""


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit status (None: it hung), what it printed, its peak in MB."""

    status: int | None
    out: str
    err: str
    peak: int

    @property
    def fault(self) -> str:
        """What is wrong about it, nothing where it said in a sentence what it could not do."""
        if self.status is None:
            return f"hung for {SECONDS} s"
        if "Traceback" in self.out + self.err:
            return "traceback"
        if self.status not in STATUSES:
            return f"status {self.status}"
        return "" if self.status < 2 or (self.out + self.err).strip() else "silent refusal"


def tried(words: list[str], folder: Path) -> Outcome:
    """Run a command of importer in a folder of its own."""
    outputs = [folder / name for name in ("stdout", "stderr", "peak")]
    environment = {**os.environ, "XDG_STATE_HOME": str(folder / "state"), "TZ": "UTC"}
    process = FORKING.Process(target=_bounded, args=(words, environment, folder, outputs))
    process.start()
    process.join(SECONDS)
    hung = process.exitcode is None
    if hung:
        process.kill()
        process.join()
    texts = [path.read_text("utf-8", "replace") if path.exists() else "" for path in outputs]
    return Outcome(None if hung else process.exitcode, *texts[:2], int(texts[2] or 0) >> 10)


def _bounded(
    words: list[str], environment: dict[str, str], folder: Path, outputs: list[Path]
) -> None:
    """Run the command in this process, with its limits, and note the most memory that it took."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    streams = [open(os.devnull), *(path.open("w") for path in outputs[:2])]  # noqa: SIM115
    try:
        _run("importer", words, environment, folder, streams)
    finally:
        sys.stdout.flush()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        outputs[2].write_text(str(peak), encoding="ascii")
