"""Whose turn it is: where others wait, nobody has a second task done before they have their first.

A task in the queue says that one more upload waits; which one is worked on is found here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from importer.journal.upload import SENT, UploadState
from importer.journal.upload_hold import BusyUpload, busy_uploads
from importer.uploads.run_tasks import RUN_TASKS
from importer.uploads.site import Site
from importer.work import Line, Task


def task_of(kind: str, name: str) -> Task:
    """Return a task in its line: what is sent does not wait for what is only read."""
    sent = kind in RUN_TASKS or kind in SENT
    return Task(kind, name, Line.SEND if sent else Line.READ)


def next_task(site: Site, asked: Task, begun: Collection[str]) -> Task | None:
    """Return what to do for a task that was asked for, None where nothing of its line waits.

    `begun` are the uploads that processes were begun for which may not hold them yet.
    """
    if asked.kind in RUN_TASKS:
        return asked
    line = [one for one in busy_uploads(site.store) if _in_line(one.state, asked.line)]
    found = _first(line, asked.name, begun)
    return task_of(found.state.value, found.name) if found else None


def _in_line(state: UploadState, line: Line) -> bool:
    return (state in SENT) == (line is Line.SEND)


def _first(line: Sequence[BusyUpload], asked: str, begun: Collection[str]) -> BusyUpload | None:
    """Return the upload whose owner has the fewest under way; the one asked for, among equals."""
    under_way = [one for one in line if one.held or one.name in begun]
    has = Counter(one.owner for one in under_way)
    waiting = [one for one in line if one not in under_way]
    return min(waiting, key=lambda one: (has[one.owner], one.name != asked), default=None)
