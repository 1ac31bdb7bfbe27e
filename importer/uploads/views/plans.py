"""What pages show of a plan, and of the progress of what is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from importer.pipeline.results import Rows


class FieldChange(Struct, frozen=True):
    """A field that an import would change: as text, nothing where there is none."""

    heading: str
    old: str
    new: str


class PlanLine(Struct, frozen=True):
    """What an import would do for one row; `row` is 0 for what no row of the files names.

    `held` says that the guard keeps it until an admin releases it.
    """

    file: str
    sheet: str
    row: int
    action: str
    key: str
    changes: tuple[FieldChange, ...]
    held: bool = False


class PlanPage(Struct, frozen=True):
    """One page of a plan; `page` counts from 1."""

    lines: tuple[PlanLine, ...]
    page: int
    pages: int
    total: int


class PlanView(Struct, frozen=True):
    """The totals of a plan: rows by action (`invalid`, `blocked` too), objects by kind and action.

    `held` counts the rows that the guard holds, `held_for` says why, a sentence each.
    `made` is ISO 8601 in UTC. `sendable` are the rows that an import would change.
    `digest` names the plan: another one has another.
    """

    made: str
    target: str
    counts: Mapping[str, int]
    objects: Sequence[tuple[str, str, int]]
    rows: Rows
    sendable: int
    held: int
    held_for: tuple[str, ...]
    notes: tuple[str, ...]
    digest: str


class LevelProgress(Struct, frozen=True):
    """How much of a level is sent: the kinds of it, objects done, objects in all."""

    level: int
    kinds: tuple[str, ...]
    done: int
    total: int


class ProgressView(Struct, frozen=True):
    """How far a task is: its stage, its levels, objects a minute and seconds left, if known.

    `cancelled` says that it was asked to stop and has batches in flight.
    """

    stage: str
    done: int
    total: int | None
    seconds: float
    levels: tuple[LevelProgress, ...] = ()
    rate: float | None = None
    seconds_left: float | None = None
    cancelled: bool = False
