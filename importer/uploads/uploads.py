"""Uploads as pages and the HTTP API use them: each step from a steward's files to their run.

Every method takes the name of an upload and who asks (`by`), for the record; whether they may is
for their caller to find out. A name that does not exist raises NoSuchUpload; what cannot be done
in the state that an upload is in, NotNow. The text of each error is a sentence for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from importer.journal import cancel
from importer.journal.upload import Upload, UploadState
from importer.journal.uploads import all_uploads, move
from importer.session import Session
from importer.template import Template
from importer.uploads import (
    answering,
    approving,
    cells,
    downloads,
    fixing,
    following,
    history,
    kept_mappings,
    planning,
    receiving,
    retention,
    run_tasks,
    showing,
)
from importer.uploads.cancelling import cancel_reading, cancel_waiting
from importer.uploads.children import Children
from importer.uploads.errors import NotNow, PlanReplaced, ReleaseRefused
from importer.uploads.settings import UploadSettings
from importer.uploads.site import Site
from importer.uploads.turns import task_of
from importer.uploads.undoing import can_undo_import
from importer.uploads.views import (
    Cause,
    CellPlace,
    Download,
    Fix,
    HistoryPage,
    HistoryQuery,
    Match,
    Named,
    OutcomePage,
    PlanLine,
    PlanPage,
    PlanView,
    ProgressView,
    Question,
    RowsPage,
    RunView,
    SheetChoice,
    SheetTab,
    ShownRow,
)
from importer.visitor import Visitor
from importer.work import Queue

State = UploadState


class Uploads:
    """All uploads of a journal. `config` is the settings file that processes begin with."""

    def __init__(
        self,
        session: Session,
        queue: Queue,
        settings: UploadSettings,
        config: Path | None = None,
    ) -> None:
        self._site = Site(session, settings)
        self._queue, self._config = queue, config
        self.performer = Children(self._site, queue, config)

    # --- receive ----------------------------------------------------------------------------

    def templates(self, by: str) -> list[Named]:
        """Return the templates that somebody can choose: mappings of theirs, of nobody else."""
        return kept_mappings.templates(self._site, by)

    def template(self, by: str, name: str) -> Template | None:
        """Return a template that somebody can choose, None where there is none of this name."""
        return kept_mappings.template(self._site, by, name)

    def kept_mappings(self, by: str) -> list[Named]:
        """Return the mappings that somebody has kept."""
        return kept_mappings.kept(self._site, by)

    def remove_kept_mapping(self, by: str, name: str) -> None:
        """Remove a mapping that somebody has kept. Raises UsageError where there is none."""
        kept_mappings.remove_kept(self._site, by, name)

    def remove_all_kept(self, person: str) -> None:
        """Remove all mappings of a person who is removed."""
        kept_mappings.remove_all_kept(self._site.settings.folder, person)

    def targets(self) -> list[Named]:
        """Return the targets that can be chosen."""
        return receiving.targets(self._site)

    def receive(
        self,
        by: str,
        files: Iterable[tuple[str, BinaryIO]],
        template: str = "",
        target: str = "",
    ) -> Upload:
        """Take files, each with its name, and begin to check them. Raises UploadRefused."""
        upload = receiving.received(self._site, by, files, template, target)
        return self._submitted(upload.name)

    def get(self, name: str) -> Upload:
        """Return an upload as it is now. Raises NoSuchUpload."""
        upload = self._site.upload(name)
        until = retention.kept_until(self._site, upload)
        return replace(upload, kept_until=until)

    def mine(self, owner: str | None = None) -> list[Upload]:
        """Return the uploads of somebody, or all, newest first."""
        return all_uploads(self._site.store, owner)

    def check_again(self, name: str, by: str) -> Upload:  # noqa: ARG002 - the caller records it
        """Check an upload again that failed, or whose target has changed since. Raises NotNow."""
        states = (State.FAILED, State.CHECKED, State.PLANNED)
        return self._go(name, states, State.CHECKING, "It cannot be checked again now.")

    def remove(self, name: str, by: str) -> None:  # noqa: ARG002
        """Remove the files of an upload at once. Raises NotNow."""
        retention.remove_now(self._site, name)

    # --- findings ---------------------------------------------------------------------------

    def causes(self, name: str) -> list[Cause]:
        """Return the causes of what was found, gravest first."""
        return showing.causes(self._site, name)

    def tabs(self, name: str) -> list[SheetTab]:
        """Return the sheets that have findings."""
        return showing.tabs(self._site, name)

    def rows(self, name: str, sheet: int, page: int = 1, cause: int | None = None) -> RowsPage:
        """Return a page of the rows with findings. Raises UsageError where there is none."""
        return showing.rows(self._site, name, sheet, page, cause)

    def row(self, name: str, file: str, sheet: str, row: int) -> ShownRow:
        """Return one row with findings. Raises UsageError where it has none."""
        return showing.row(self._site, name, file, sheet, row)

    def cell_choices(self, name: str, place: CellPlace, start: str = "") -> list[str]:
        """Return what a cell may hold, as far as that is known: at most 50."""
        return cells.offered(self._site, self._config, name, place, start)

    # --- fixes ------------------------------------------------------------------------------

    def fix(
        self,
        name: str,
        by: str,
        place: CellPlace,
        old: str,
        new: str,
        overwrite_formula: bool = False,
    ) -> Fix:
        """Change a cell from what was seen there. Raises CellChanged, FormulaThere or NotNow."""
        over = overwrite_formula
        made = fixing.fix(self._site, name, by, place, old, new, over_formula=over)
        self._submitted(name)
        return made

    def take_suggestions(
        self, name: str, by: str, cause: int, value: str | None = None
    ) -> list[Fix]:
        """Take what is suggested for all cells of a cause, or for those with one value.

        Raises CellChanged, NotNow, or UsageError where nothing is suggested.
        """
        made = fixing.take_suggestions(self._site, name, by, cause, value)
        self._submitted(name)
        return made

    def undo_fix(self, name: str, by: str, number: int) -> None:
        """Let a fix count no more. Raises CellChanged, NotNow, or UsageError."""
        fixing.undo(self._site, name, by, lambda fix: fix.number == number)
        self._submitted(name)

    def undo_bunch(self, name: str, by: str, bunch: int) -> None:
        """Let all fixes of one click count no more. Raises CellChanged, NotNow, or UsageError."""
        fixing.undo(self._site, name, by, lambda fix: fix.bunch == bunch)
        self._submitted(name)

    def fixes(self, name: str) -> list[Fix]:
        """Return the fixes, newest first, those undone too."""
        return showing.all_fixes(self._site, name)

    # --- column matching and questions ------------------------------------------------------

    def match(self, name: str) -> Match:
        """Return the column matching. Raises NotNow where none is needed."""
        return answering.match(self._site, name)

    def choose(self, name: str, by: str, choices: Sequence[SheetChoice]) -> Match:  # noqa: ARG002
        """Propose anew around what was chosen. Raises NotNow or UsageError."""
        return answering.choose(self._site, self._config, name, choices)

    def accept_match(
        self,
        name: str,
        by: str,
        answers: Mapping[str, str],
        keep_as: str = "",
    ) -> Upload:
        """Take the columns as matched, and begin to check. Raises NotNow or UsageError."""
        answering.accept(self._site, self._config, name, by, answers, keep_as)
        return self._submitted(name)

    def questions(self, name: str) -> list[Question]:
        """Return what is asked of a person, nothing where nothing is."""
        return answering.questions(self._site, name)

    def answer(self, name: str, by: str, answers: Mapping[str, str]) -> Upload:  # noqa: ARG002
        """Answer the questions, and begin to check. Raises NotNow or UsageError."""
        answering.answer(self._site, name, answers)
        return self._submitted(name)

    def leave_kept(self, name: str, by: str) -> Upload:  # noqa: ARG002
        """Read the files anew, without the kept mapping that asks something. Raises NotNow."""
        answering.leave_kept(self._site, name)
        return self._submitted(name)

    # --- plan, import -----------------------------------------------------------------------

    def plan(self, name: str, by: str) -> Upload:  # noqa: ARG002
        """Begin to plan. Raises NotNow unless it is checked as it is now."""
        upload = self._site.upload(name)
        if not upload.current:
            raise NotNow("It is not checked yet as it is now: wait for what is found.")
        states = (State.CHECKED, State.PLANNED)
        return self._go(name, states, State.PLANNING, "It cannot be planned now.")

    def plan_view(self, name: str) -> PlanView:
        """Return the totals of the plan. Raises NotNow before there is one."""
        return planning.view(self._site, self._site.upload(name))

    def plan_rows(self, name: str, page: int = 1, action: str = "") -> PlanPage:
        """Return a page of the plan: of an action, `held`, or all that change. Raises NotNow."""
        return planning.lines(self._site, self._site.upload(name), page, action)

    def start_import(
        self,
        name: str,
        by: str,  # noqa: ARG002
        release: int | None = None,
        seen: str | None = None,
    ) -> Upload:
        """Begin to import exactly what the plan shows; what the guard holds stays held.

        With `release`, the number of rows held, they are sent too: ask first who may say that.
        With `seen`, the digest of the plan that somebody saw, no other is imported.
        Raises PlanReplaced, ReleaseRefused where it is another number, or NotNow.
        """
        view = self.plan_view(name)
        if seen is not None and seen != view.digest:
            raise PlanReplaced("It was planned again since you saw its plan: look at the new one.")
        if release is not None and release != view.held:
            raise ReleaseRefused(
                f"The plan holds {view.held:,} rows, not {release:,}: type that number."
            )
        facts = replace(self._site.found(name)[1], release=release)
        words = "Plan it first: exactly what the plan shows is imported."
        return self._go(name, (State.PLANNED,), State.IMPORTING, words, facts=facts)

    def progress(self, name: str) -> ProgressView | None:
        """Return how far its task is, None where nothing works on it."""
        return following.progress(self._site, self._site.upload(name))

    def cancel(self, name: str, by: str) -> bool:  # noqa: ARG002
        """Cancel what waits, a check or a plan, or ask a run to stop after the batches in flight.

        False where nothing is checked, planned or being sent.
        """
        upload = self._site.upload(name)
        if cancel_reading(self._site, name) or cancel_waiting(self._site, name):
            return True
        run = upload.undo or upload.run
        return bool(run) and cancel(self._site.session.journal, run)

    def resume(self, name: str, by: str) -> Upload:  # noqa: ARG002
        """Let an import, or its undo, go on that has stopped. Raises NotNow."""
        undo = self._site.upload(name).undo
        to = State.UNDOING if undo else State.IMPORTING
        return self._go(name, (State.STOPPED,), to, "It has not stopped.")

    def undo(self, name: str, by: str) -> Upload:  # noqa: ARG002
        """Begin to undo the import; what has changed since is kept. Raises NotNow."""
        upload = self._site.upload(name)
        if upload.run and self.run(upload.run).dropped:
            raise NotNow("It cannot be undone any more: what was before it is kept no longer.")
        if not can_undo_import(self._site, upload):
            raise NotNow("There is nothing to undo.")
        states = (State.IMPORTED, State.STOPPED)
        return self._go(name, states, State.UNDOING, "It cannot be undone now.")

    # --- after ------------------------------------------------------------------------------

    def reports(self, name: str) -> list[Download]:
        """Return the reports: the user's own files with what became of each row in them."""
        return downloads.reports(self._site, self._site.upload(name))

    def originals(self, name: str) -> list[Download]:
        """Return the user's files with the fixes in them."""
        return downloads.files(self._site, self._site.upload(name))

    def outcomes(self, run: str, page: int = 1, status: str = "") -> OutcomePage:
        """Return a page of what became of the rows of a run. Raises UsageError."""
        return history.outcomes(self._site, run, page, status)

    def history(self, query: HistoryQuery) -> HistoryPage:
        """Return a page of the runs that a query is for, newest first."""
        return history.history(self._site, query)

    def run(self, run: str) -> RunView:
        """Return a run, whoever began it. Raises UsageError."""
        return history.one_run(self._site, run)

    def cancel_run(self, run: str, by: str) -> bool:
        """Ask a run to stop, whoever began it; False where no process sends it."""
        view = self.run(run)
        if view.upload:
            return self.cancel(view.upload, by)
        return cancel(self._site.session.journal, run)

    def resume_run(self, run: str, by: str) -> None:
        """Let a run go on, whoever began it. Raises NotNow."""
        view = self.run(run)
        if view.upload:
            self.resume(view.upload, by)
        elif not view.resumable:
            raise NotNow("The run has not stopped.")
        else:
            self._queue.submit(task_of(run_tasks.RESUME, run))

    def held(self, run: str) -> list[PlanLine]:
        """Return what an admin can approve of a run. Raises UsageError."""
        return approving.held_of(self._site, self.run(run))

    def approve_run(self, run: str, who: Visitor, typed: int) -> int:
        """Approve what the guard holds of a run, `typed` rows, and let it be sent.

        Ask first who may say that. Raises ReleaseRefused where it is another number, or NotNow.
        """
        rows = approving.approve_run(self._site, self.run(run), who, typed)
        self._queue.submit(task_of(run_tasks.RESUME, run))
        return rows

    def undo_run(self, run: str, by: str) -> None:
        """Begin to undo a run, whoever began it. Raises NotNow."""
        view = self.run(run)
        if view.upload and not view.undoes:
            self.undo(view.upload, by)
        elif not view.undoable:
            raise NotNow("The run cannot be undone: it is open, or it is undone already.")
        else:
            self._queue.submit(task_of(run_tasks.UNDO, run))

    def look_after(self) -> None:
        """Submit what was lost, and remove what was kept long enough."""
        self.performer.each_minute()

    # --- inside -----------------------------------------------------------------------------

    def _go(
        self,
        name: str,
        states: Sequence[UploadState],
        to: UploadState,
        words: str,
        **columns: object,
    ) -> Upload:
        self._site.upload(name)
        if not move(self._site.store, name, states, to, why="", **columns):
            raise NotNow(words)
        return self._submitted(name)

    def _submitted(self, name: str) -> Upload:
        upload = self._site.upload(name)
        self._queue.submit(task_of(upload.state.value, name))
        return upload
