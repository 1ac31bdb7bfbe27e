"""Runs: the history, and what became of the rows of each."""

from __future__ import annotations

from typing import Self

from importer.model import RunState, Status
from importer.pipeline.finding_json import counts_json
from importer.uploads.views import HistoryPage, OutcomePage, RowOutcome, RunView
from importer.web.api.models.base import Answer


class RunAnswer(Answer):
    """A run; `counts` has every outcome. `upload` is null for one of the command line.

    `undoable` says that an undo can begin, `resumable` that it can go on; `undoes` and `undone_by`
    name the other run.
    """

    run: str
    owner: str
    state: RunState
    target: str
    template: str
    started: str
    ended: str | None
    files: list[str]
    counts: dict[str, int]
    why: str | None
    upload: str | None
    undoes: str | None
    undone_by: str | None
    undoable: bool
    resumable: bool

    @classmethod
    def of(cls, view: RunView) -> Self:
        """Return a run."""
        return cls(
            run=view.run,
            owner=view.owner,
            state=view.state,
            target=view.target,
            template=view.template,
            started=view.started,
            ended=view.finished or None,
            files=list(view.files),
            counts=counts_json(view.counts),
            why=view.why or None,
            upload=view.upload or None,
            undoes=view.undoes or None,
            undone_by=view.undone_by or None,
            undoable=view.undoable,
            resumable=view.resumable,
        )


class RunsAnswer(Answer):
    """A page of runs, newest first."""

    runs: list[RunAnswer]
    page: int
    pages: int
    total: int

    @classmethod
    def of(cls, found: HistoryPage) -> Self:
        """Return a page of runs."""
        runs = [RunAnswer.of(one) for one in found.runs]
        return cls(runs=runs, page=found.page, pages=found.pages, total=found.total)


class OutcomeAnswer(Answer):
    """What became of a row; `name` is that of its object, after what it stands in.

    `link` opens the object in the target, where that has pages.
    """

    file: str
    sheet: str
    row: int | None
    outcome: Status
    message: str
    name: str | None
    id: str | None
    link: str | None

    @classmethod
    def of(cls, one: RowOutcome) -> Self:
        """Return an outcome."""
        return cls(
            file=one.file,
            sheet=one.sheet,
            row=one.row or None,
            outcome=Status(one.status),
            message=one.message,
            name=one.name or None,
            id=one.id or None,
            link=one.link or None,
        )


class OutcomesAnswer(Answer):
    """A page of the rows of a run."""

    rows: list[OutcomeAnswer]
    page: int
    pages: int
    total: int

    @classmethod
    def of(cls, found: OutcomePage) -> Self:
        """Return a page of outcomes."""
        rows = [OutcomeAnswer.of(one) for one in found.rows]
        return cls(rows=rows, page=found.page, pages=found.pages, total=found.total)
