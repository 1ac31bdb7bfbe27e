"""What identifies a process across machines and restarts, and whether it still runs."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

_PROC = Path("/proc")
_MACHINE = Path("/etc/machine-id")
_START_TIME = 19
"""Place of `starttime` among the fields of /proc/PID/stat that follow the name (proc(5))."""


class Process(Struct, frozen=True):
    """A process: `boot` and `started` tell it from a later one with the same number.

    `space` is its PID namespace: processes of two containers are not compared. A field that the
    system does not provide is "".
    """

    host: str
    machine: str
    boot: str
    space: str
    pid: int
    started: str

    def beside(self, other: Process) -> bool:
        """Whether each of them can see whether the other still runs."""
        here = (self.host, self.machine, self.space)
        return here == (other.host, other.machine, other.space)

    def as_json(self) -> dict[str, Any]:
        """Return it as the journal keeps it."""
        return asdict(self)

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}"


def this_process() -> Process:
    """Return the process that calls this."""
    machine, boot = _text(_MACHINE), _text(_PROC / "sys/kernel/random/boot_id")
    pid = os.getpid()
    return Process(socket.gethostname(), machine, boot, _space(), pid, _started(pid))


def gone(process: Process, me: Process) -> bool:
    """Whether a process that can be seen from here has ended for certain."""
    if not process.beside(me):
        return False
    if process.boot != me.boot:
        return True
    started = _started(process.pid)
    return started != process.started if started or _PROC.exists() else _not_running(process.pid)


def _started(pid: int) -> str:
    """Return when a process began, in ticks since the boot; "" where none or a zombie runs."""
    fields = _text(_PROC / str(pid) / "stat").rpartition(")")[2].split()
    dead = not fields or fields[0] in "ZX"
    return "" if dead else fields[_START_TIME]


def _space() -> str:
    try:
        return os.readlink(_PROC / "self/ns/pid")
    except OSError:
        return ""


def _not_running(pid: int) -> bool:
    if os.name == "nt":
        return False  # os.kill would end the process on Windows: wait for its lease instead
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _text(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""
