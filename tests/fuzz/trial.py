"""Runs one command on a spoilt file in a process bounded in time and memory, and judges its end."""

from __future__ import annotations

import os
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.forked import FORKING, _run

MEMORY, SECONDS = 3 << 30, 60
"""How many bytes a process may ask for, and how long it may take."""

STATUSES = (0, 1, 2, 3, 4)
"""How a command may end, whatever it is given."""


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit status (None: it hung), what it printed, its peak in MB.

    `wrong` is what it says was done and was not.
    """

    status: int | None
    out: str
    err: str
    peak: int
    wrong: str = ""

    @property
    def fault(self) -> str:
        """What is wrong about it, nothing where it said in a sentence what it could not do."""
        if self.status is None:
            return f"hung for {SECONDS} s"
        if "Traceback" in self.out + self.err:
            return "traceback"
        if self.status not in STATUSES:
            return f"status {self.status}"
        if self.wrong:
            return f"it says what is not so: {self.wrong}"
        return "" if self.status < 2 or (self.out + self.err).strip() else "silent refusal"


def tried(
    words: list[str], folder: Path, more: dict[str, str] | None = None, *, hasty: bool = False
) -> Outcome:
    """Run a command of importer in a folder of its own, with more variables.

    `hasty` leaves out its pauses between requests.
    """
    outputs = [folder / name for name in ("stdout", "stderr", "peak")]
    own = {"XDG_STATE_HOME": str(folder / "state"), "XDG_CONFIG_HOME": str(folder), "TZ": "UTC"}
    settings = {**os.environ, **own, **(more or {})}
    process = FORKING.Process(target=_bounded, args=(words, settings, folder, outputs, hasty))
    process.start()
    process.join(SECONDS)
    hung = process.exitcode is None
    if hung:
        process.kill()
        process.join()
    texts = [path.read_text("utf-8", "replace") if path.exists() else "" for path in outputs]
    return Outcome(None if hung else process.exitcode, *texts[:2], int(texts[2] or 0) >> 10)


def _bounded(
    words: list[str], environment: dict[str, str], folder: Path, outputs: list[Path], hasty: bool
) -> None:
    """Run the command in this process, with its limits, and note the most memory that it took."""
    if hasty:
        _leave_out_pauses()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    streams = [open(os.devnull), *(path.open("w") for path in outputs[:2])]  # noqa: SIM115
    try:
        _run("importer", words, environment, folder, streams)
    finally:
        sys.stdout.flush()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        outputs[2].write_text(str(peak), encoding="ascii")


def _leave_out_pauses() -> None:
    """Let this process wait for a moment where it would wait for seconds between two requests."""
    from importer.session import Connector
    from importer.targets.atlan import target as atlan

    begin = Connector.__post_init__

    def begin_hastily(connector: Connector) -> None:
        connector.sleep = lambda seconds: time.sleep(min(seconds, 0.01))
        begin(connector)

    Connector.__post_init__ = begin_hastily  # type: ignore[method-assign]
    atlan.INDEX_LAG = 0.0
