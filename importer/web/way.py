"""The way of an upload: its steps, which of them it is at, and the words for its state."""

from __future__ import annotations

from enum import IntEnum

from importer.uploads import Upload, UploadState

State = UploadState


class Way(IntEnum):
    """A step of the way, as it is numbered at the top of a page."""

    FILES = 1
    COLUMNS = 2
    FINDINGS = 3
    PLAN = 4
    RESULT = 5


PAGES = {
    State.MAPPING_NEEDED: "columns",
    State.ANSWERS_NEEDED: "questions",
    State.CHECKED: "findings",
    State.PLANNED: "plan",
}
"""The page on which an upload goes on, by its state."""

WORDS = {
    State.CHECKING: ("being checked", "now"),
    State.MAPPING_NEEDED: ("columns to match", "wait"),
    State.ANSWERS_NEEDED: ("questions to answer", "wait"),
    State.CHECKED: ("checked", ""),
    State.PLANNING: ("being planned", "now"),
    State.PLANNED: ("planned", ""),
    State.IMPORTING: ("being imported", "now"),
    State.STOPPED: ("stopped", "wait"),
    State.IMPORTED: ("imported", "fine"),
    State.UNDOING: ("being undone", "now"),
    State.UNDONE: ("undone", ""),
    State.FAILED: ("failed", "wrong"),
    State.REMOVED: ("removed", ""),
}
"""The words for each state, and the look of its badge."""

AT = {
    State.CHECKING: Way.FINDINGS,
    State.MAPPING_NEEDED: Way.COLUMNS,
    State.ANSWERS_NEEDED: Way.COLUMNS,
    State.CHECKED: Way.FINDINGS,
    State.PLANNING: Way.PLAN,
    State.PLANNED: Way.PLAN,
    State.FAILED: Way.FILES,
    State.REMOVED: Way.FILES,
}
"""The step that an upload is at, by its state; a run's page is the last one."""


def step_of(upload: Upload) -> Way:
    """Return the step that an upload is at."""
    return AT.get(upload.state, Way.RESULT)


def way_of(upload: Upload) -> list[tuple[str, str]]:
    """Return the steps of an upload, each with the address of its page where it can be opened."""
    here = f"/uploads/{upload.name}"
    found = upload.checked is not None
    planned = upload.state is State.PLANNED or upload.run
    return [
        ("Files", f"{here}/files"),
        ("Columns", f"{here}/columns" if upload.state is State.MAPPING_NEEDED else ""),
        ("Findings", f"{here}/findings" if found else ""),
        ("Plan", f"{here}/plan" if planned else ""),
        ("Result", f"/runs/{upload.run}" if upload.run else ""),
    ]


def page_of(upload: Upload) -> str:
    """Return the address at which an upload goes on; its own where a task works on it."""
    run = upload.undo or upload.run
    if upload.state in {State.IMPORTED, State.UNDONE, State.STOPPED} and run:
        return f"/runs/{run}"
    part = PAGES.get(upload.state, "")
    return f"/uploads/{upload.name}{part and '/'}{part}"
