"""The history of runs, whoever began them: filtered, searched, a page at a time; one run's rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from importer.invisible import escaped
from importer.journal import Run, counts, results, state_of
from importer.journal.run_owners import RunOwner, owners
from importer.journal.undone import undone_by
from importer.journal.uploads import find_upload
from importer.model import RowResult, RunState, Status
from importer.targets import systems
from importer.uploads.site import Site
from importer.uploads.undoing import can_undo, can_undo_import
from importer.uploads.views import (
    PAGE,
    HistoryPage,
    HistoryQuery,
    OutcomePage,
    RowOutcome,
    RunView,
)

RUNS_A_PAGE = 30

COMMAND_LINE = "command line"
"""Whose the runs of the command line are: no person can be called so, thus admins see them."""


def history(site: Site, query: HistoryQuery) -> HistoryPage:
    """Return a page of the runs that a query is for, newest first."""
    known = owners(site.store)
    runs = site.session.journal.runs()
    found = [run for run in runs if _wanted(run, owner_of(run.name, known), query)]
    pages = max(1, -(-len(found) // RUNS_A_PAGE))
    page = min(max(query.page, 1), pages)
    some = found[(page - 1) * RUNS_A_PAGE : page * RUNS_A_PAGE]
    return HistoryPage(tuple(_views(site, some, known)), page, pages, len(found))


def _counted(site: Site, run: Run) -> dict[str, int]:
    """Return the rows of a run by outcome; they are counted once where it has ended."""
    if run.name in site.counted:
        return site.counted[run.name]
    found = counts(results(site.session.journal, run)) if run.plan else {}
    if run.state.ended:
        site.counted[run.name] = found
    return found


def one_run(site: Site, name: str) -> RunView:
    """Return a run. Raises UsageError where there is none of this name."""
    run = site.session.journal.run(name)
    [view] = _views(site, [run], owners(site.store))
    return view


def outcomes(site: Site, name: str, page: int, status: str) -> OutcomePage:
    """Return a page of what became of the rows of a run, or of those with one outcome."""
    run = site.session.journal.run(name)
    rows = results(site.session.journal, run) if run.plan else iter(())
    wanted = (row for row in rows if not status or row.status == status)
    first = (max(page, 1) - 1) * PAGE
    some = list(islice(wanted, first, first + PAGE))
    counted = _counted(site, run)
    total = counted.get(status, 0) if status else sum(counted.values())
    pages = max(1, -(-total // PAGE))
    link = _links(site, run)
    return OutcomePage(tuple(_outcome(row, link) for row in some), max(page, 1), pages, total)


def _links(site: Site, run: Run) -> Callable[[str], str]:
    """Return what gives the page of an object in the target of a run, by its id."""
    target = site.session.settings.targets.get(run.target)
    system = systems().get(target.system) if target else None
    if target is None or system is None:
        return lambda _id: ""
    return lambda id_: system.page_of(target.base_url, id_)


def _outcome(row: RowResult, link: Callable[[str], str]) -> RowOutcome:
    known = (row.status.value, row.message, " > ".join(map(escaped, row.key)), row.id)
    there = row.status.fine and row.status is not Status.DELETED
    page = link(row.id) if there else ""
    return RowOutcome(row.file, row.sheet, max(row.row, 0), *known, page)


def owner_of(run: str, known: Mapping[str, RunOwner]) -> RunOwner:
    """Return who began a run: the command line where it was not begun on the page."""
    return known.get(run) or RunOwner(COMMAND_LINE, "")


def _wanted(run: Run, owner: RunOwner, query: HistoryQuery) -> bool:
    if query.owners is not None and owner.owner not in query.owners and run.name not in query.also:
        return False
    if query.target and run.target != query.target:
        return False
    if query.state and run.state != query.state:
        return False
    texts = (run.name, owner.owner, run.template, *(file.name for file in run.spec.files))
    return query.words.casefold().strip() in " ".join(texts).casefold()


def _views(site: Site, some: Sequence[Run], known: Mapping[str, RunOwner]) -> Iterator[RunView]:
    undone = undone_by(site.session.journal)
    for run in some:
        yield _view(site, run, owner_of(run.name, known), undone)


def _view(site: Site, run: Run, owner: RunOwner, undone: Mapping[str, str]) -> RunView:
    journal = site.session.journal
    state = state_of(journal, run)
    counted = _counted(site, run)
    return RunView(
        run=run.name,
        owner=owner.owner,
        state=state,
        target=run.target,
        template=run.template,
        started=run.started,
        finished=run.finished or "",
        files=tuple(escaped(file.name) for file in run.spec.files),
        counts=counted,
        why=run.why,
        upload=owner.upload,
        undoes=run.spec.undoes,
        undone_by=undone.get(run.name, ""),
        undoable=_undoable(site, run, owner, undone),
        resumable=state in (RunState.INTERRUPTED, RunState.PLANNED),
    )


def _undoable(site: Site, run: Run, owner: RunOwner, undone: Mapping[str, str]) -> bool:
    """Return whether an undo of a run can begin: its upload says so, where it has one."""
    upload = find_upload(site.store, owner.upload) if owner.upload else None
    if upload and upload[0].run == run.name:
        return can_undo_import(site, upload[0])
    return can_undo(site, run, undone)
