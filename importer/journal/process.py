"""This process in, what others recognise it by out; and whether such a process still runs."""

from __future__ import annotations

import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_PROC = Path("/proc")
_MACHINE = Path("/etc/machine-id")
_START_TIME = 19
"""Place of `starttime` among the fields of /proc/PID/stat that follow the name (proc(5))."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process: `boot` and `started` tell it from a later one with the same number.

    `space` is the space of process numbers it lives in: those of two containers are not compared.
    Where a system does not tell, a field is "".
    """

    host: str
    machine: str
    boot: str
    space: str
    pid: int
    started: str

    def beside(self, other: Process) -> bool:
        """Whether both live where each can see whether the other runs."""
        here = (self.host, self.machine, self.space)
        return here == (other.host, other.machine, other.space)

    def as_json(self) -> dict[str, Any]:
        """As the journal keeps it."""
        return asdict(self)

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}"


def this_process() -> Process:
    """The process that asks."""
    machine, boot = _text(_MACHINE), _text(_PROC / "sys/kernel/random/boot_id")
    pid = os.getpid()
    return Process(socket.gethostname(), machine, boot, _space(), pid, _started(pid))


def gone(holder: Process, me: Process) -> bool:
    """Whether a process beside us has ended for certain: its machine, its number or its start."""
    if not holder.beside(me):
        return False
    if holder.boot != me.boot:
        return True
    started = _started(holder.pid)
    return started != holder.started if started or _PROC.exists() else _unheard_of(holder.pid)


def _started(pid: int) -> str:
    """When a process began, in ticks since the machine did; "" where there is none or a zombie."""
    fields = _text(_PROC / str(pid) / "stat").rpartition(")")[2].split()
    dead = not fields or fields[0] in "ZX"
    return "" if dead else fields[_START_TIME]


def _space() -> str:
    try:
        return os.readlink(_PROC / "self/ns/pid")
    except OSError:
        return ""


def _unheard_of(pid: int) -> bool:
    if os.name == "nt":
        return False  # there, asking like this would end the process: its lease tells
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
