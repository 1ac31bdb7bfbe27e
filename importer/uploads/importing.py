"""The import of an upload, exactly as it was planned; its undo; both go on where they stopped."""

from __future__ import annotations

from msgspec.structs import replace

from importer.atomic import private_folder
from importer.errors import ImporterError, StoppedEarly, TargetLocked
from importer.journal import Run, abandon
from importer.journal.run_owners import note_owner
from importer.journal.upload import Upload, UploadState
from importer.journal.upload_facts import Facts
from importer.journal.uploads import move, note_run
from importer.model import RunState
from importer.options import ReportTo
from importer.pipeline.execution import Approval
from importer.pipeline.request import ImportRequest
from importer.pipeline.results import RunResult
from importer.pipeline.resume import resume
from importer.pipeline.run import run
from importer.pipeline.saved_plan import read_plan
from importer.pipeline.undo import UndoRequest, undo
from importer.session import Connector
from importer.uploads.effective import effective_files
from importer.uploads.files import REPORTS
from importer.uploads.noting import Noting
from importer.uploads.planning import saved_plan
from importer.uploads.site import Site, options_of


def import_upload(site: Site, upload: Upload, facts: Facts, noting: Noting) -> None:
    """Import an upload as it was planned, or go on with its run."""
    states, name = (UploadState.IMPORTING,), upload.name
    try:
        with site.connector(upload) as connect:
            result = _imported(site, upload, facts, noting, connect)
    except StoppedEarly as error:
        move(site.store, name, states, UploadState.STOPPED, why=stopped_words(str(error)))
    except TargetLocked as error:
        to = UploadState.STOPPED if upload.run else UploadState.PLANNED
        move(site.store, name, states, to, why=str(error))
    except ImporterError as error:
        to = UploadState.STOPPED if _still_begun(site, name) else UploadState.CHECKED
        move(site.store, name, states, to, why=str(error))
    else:
        _ended(site, upload, states, UploadState.IMPORTED, result)


def _imported(
    site: Site, upload: Upload, facts: Facts, noting: Noting, connect: Connector
) -> RunResult:
    journal, to = site.session.journal, reports_of(site, upload)
    if upload.run and _is_as_shown(journal.run(upload.run)):
        return resume(upload.run, connect=connect, journal=journal, report=to, progress=noting)
    if upload.run:
        _give_up(site, upload.run)
        note_run(site.store, upload.name, "")
    options = connect.options(options_of(upload))
    request = ImportRequest(effective_files(site, upload), options, upload.target, connect)
    approval = Approval(read_plan(saved_plan(site, upload)), releases=facts.release is not None)
    return run(
        request,
        journal=journal,
        report=to,
        progress=noting,
        approval=approval,
        began=lambda name: _begun(site, upload, name),
    )


def _is_as_shown(run: Run) -> bool:
    """Return whether a run has its plan, and that is the one that was shown."""
    return run.plan is not None and not run.spec.uncompared


def _still_begun(site: Site, name: str) -> bool:
    """Return whether an upload has a run that can go on; one that was given up is none of its."""
    run = site.upload(name).run
    known = (one for one in site.session.journal.runs() if one.name == run)
    if run and all(one.state.ended for one in known):
        note_run(site.store, name, "")
        return False
    return bool(run)


def _give_up(site: Site, run: str) -> None:
    if not site.session.journal.run(run).state.ended:
        abandon(site.session.journal, run)


def _begun(site: Site, upload: Upload, run: str) -> None:
    note_run(site.store, upload.name, run)
    note_owner(site.store, run, upload.owner, upload.name)


def undo_upload(site: Site, upload: Upload, facts: Facts, noting: Noting) -> None:  # noqa: ARG001
    """Undo the run of an upload, or go on with that."""
    states, name = (UploadState.UNDOING,), upload.name
    try:
        with site.connector(upload) as connect:
            result = _undone(site, upload, noting, connect)
    except ImporterError as error:
        to = UploadState.STOPPED if _undo_begun(site, name) else UploadState.IMPORTED
        move(site.store, name, states, to, why=stopped_words(str(error)))
    else:
        _ended(site, upload, states, UploadState.UNDONE, result)


def _undo_begun(site: Site, name: str) -> bool:
    """Return whether an undo has begun, or the import that it undoes was never finished."""
    upload = site.upload(name)
    run = site.session.journal.run(upload.run)
    return bool(upload.undo) or run.state is not RunState.FINISHED


def _undone(site: Site, upload: Upload, noting: Noting, connect: Connector) -> RunResult:
    journal, to = site.session.journal, replace(reports_of(site, upload), suffix="undo")
    if upload.undo:
        return resume(upload.undo, connect=connect, journal=journal, report=to, progress=noting)
    _give_up(site, upload.run)
    return undo(
        UndoRequest(upload.run, upload.target, connect, journal),
        journal=journal,
        report=to,
        progress=noting,
        began=lambda name: _note_undo(site, upload, name),
    )


def _note_undo(site: Site, upload: Upload, run: str) -> None:
    note_run(site.store, upload.name, run, undoes=True)
    note_owner(site.store, run, upload.owner, upload.name)


def _ended(
    site: Site,
    upload: Upload,
    states: tuple[UploadState, ...],
    finished: UploadState,
    result: RunResult,
) -> None:
    """Move an upload to what the end of its run means."""
    done = result.state is RunState.FINISHED
    to = finished if done else UploadState.STOPPED
    why = result.why if done else stopped_words(result.why)
    move(site.store, upload.name, states, to, why=why)


def stopped_words(why: str) -> str:
    """Return why a run stopped, without the commands that would go on with it."""
    said, sign, _ = why.partition("`importer resume")
    return f"{said.strip()} It can go on.".strip() if sign else why or "It stopped; it can go on."


def reports_of(site: Site, upload: Upload) -> ReportTo:
    """Return where the reports of an upload go; nowhere once its files are gone."""
    if upload.removed:
        return ReportTo(wanted=False)
    folder = site.folder(upload) / REPORTS
    private_folder(folder)
    return ReportTo(path=folder)
