"""A task as it stands in a queue: JSON of names, so that nobody who writes there has code run."""

from __future__ import annotations

import datetime as dt
import json
import re

from importer.work.queue import Line, Task

_WORD = re.compile(r"[\w.:-]{1,200}")
"""What kinds and names of tasks are made of."""


class NotOurs(ValueError):
    """What stands in a queue was not written by importer."""


def pack_task(task: Task, number: str, not_before: dt.datetime | None) -> bytes:
    """Return a task as a line keeps it; `number` tells it from all others.

    Raises ValueError for a kind or a name that nobody would read again.
    """
    if not (_WORD.fullmatch(task.kind) and _WORD.fullmatch(task.name)):
        raise ValueError(f"no task can be called {task.kind!r} {task.name!r}")
    at = not_before.isoformat() if not_before else None
    said = {"number": number, "kind": task.kind, "name": task.name, "not_before": at}
    return json.dumps(said).encode()


def unpack_task(packed: bytes, line: Line) -> tuple[Task, str, dt.datetime | None]:
    """Return a task of a line, its number and when it may be done. Raises NotOurs."""
    try:
        said = json.loads(packed)
        words = [said[key] for key in ("number", "kind", "name")]
        at = said["not_before"]
        not_before = dt.datetime.fromisoformat(at) if at else None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotOurs("it is no task") from None
    if not all(isinstance(word, str) and _WORD.fullmatch(word) for word in words):
        raise NotOurs("its kind or name is none of ours")
    number, kind, name = words
    return Task(kind, name, line), number, not_before
