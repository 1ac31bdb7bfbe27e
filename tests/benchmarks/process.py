"""Runs a program as a whole process and says what it used.

CPU time is that of the process and of those it waited for, user and system; memory is the highest
that one of them held. On Linux a process begins with the peak of the one that began it, so whoever
measures stays small and makes its data in other processes.
"""

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
MEGABYTE = 1 << 20
LONGEST = 3_600
"""Seconds of CPU time after which a process is ended."""


@dataclass(frozen=True)
class Usage:
    """What a process used: CPU and wall clock in seconds, memory in MB, and what it counted."""

    cpu: float
    memory: float
    wall: float
    counts: dict = field(default_factory=dict)


class Failed(Exception):
    """A program that is measured ended with a status that means another story."""


def measured(command, log, statuses=(0,), environment=None):
    """Run a command, its output in a file; return what it used."""
    begun = time.monotonic()
    with Path(log).open("wb") as out:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env={**_environment(), **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            preexec_fn=_limited,
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)  # else it would be waited for again
    if process.returncode not in statuses:
        said = Path(log).read_text(errors="replace")[-2_000:]
        raise Failed(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{said}")
    wall = time.monotonic() - begun
    return Usage(used.ru_utime + used.ru_stime, used.ru_maxrss * _UNIT / MEGABYTE, wall)


def _limited():
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))


def _environment():
    """Ours, with compiled modules kept, as they are wherever a program is installed."""
    return {name: value for name, value in os.environ.items() if name != UNCOMPILED}


UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes that `ru_maxrss` counts in."""
