"""`run`, `resume` and `undo`: what sends."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from importer.api.asked import Answers, Texts, at_least_one, in_flight, options
from importer.api.follow import followed
from importer.api.outcomes import Begun, result
from importer.api.places import Places
from importer.api.report_place import Report, again, of_undo, report_place
from importer.api.results import Plan
from importer.api.run_result import RunResult
from importer.api.source import Source, opened
from importer.api.words import python_words

if TYPE_CHECKING:
    from importer.api.progress import Tell
    from importer.api.target import Target
    from importer.pipeline.saved_plan import SavedPlan


def run(
    source: Source,
    *,
    template: str | os.PathLike[str] | None = None,
    target: str | Target = "sandbox",
    sheet: Texts = None,
    encoding: str = "",
    delimiter: str = "",
    quote: str = "",
    plan: Plan | str | os.PathLike[str] | None = None,
    prune: Texts = None,
    strict: bool = False,
    set: Answers = None,  # noqa: A002 - the flag's name
    allow_mass_change: bool = False,
    batch_size: int | None = None,
    jobs: int = 4,
    rate: int | None = None,
    verify: bool = False,
    report: Report = None,
    in_place: bool = False,
    config: str | os.PathLike[str] | None = None,
    allow_http: bool = False,
    progress: bool | Tell | None = None,
) -> RunResult:
    """Check a source, send what is right, and say what became of every row.

    With `plan`, exactly that is sent, or nothing. Nobody is asked: what the guard holds stays held,
    unless a plan or `allow_mass_change` lets it pass. `report`: None writes it beside a file, as
    the command does; False writes none. A target that stops answering makes the run `interrupted`,
    and `resume` goes on. Raises ImporterError before anything is sent.
    """
    from importer.api.session import session_of
    from importer.api.target import connected, name_of
    from importer.pipeline.execution import Approval
    from importer.pipeline.request import ImportRequest
    from importer.pipeline.run import run as run_files

    asked = options(
        template=template, sheet=sheet, prune=prune, strict=strict, set=set,
        encoding=encoding, delimiter=delimiter, quote=quote,
        allow_mass_change=allow_mass_change, verify=verify,
    )  # fmt: skip
    with opened(source) as given, python_words(frames=given.only_frames):
        in_flight(jobs)
        at_least_one(rate=rate, batch_size=batch_size)
        to = report_place(given, report, in_place=in_place, usual=True)
        approval = Approval(_saved(plan))
        with (
            session_of(config, allow_http=allow_http) as session,
            connected(session.settings, target, rate=rate, jobs=jobs) as connect,
            Begun() as begun,
            followed(progress, connect) as seen,
        ):
            known = connect.options(asked, batch_size=batch_size)
            request = ImportRequest(given.readable, known, name_of(target), connect)
            found = run_files(
                request, journal=session.journal, report=to, progress=seen, approval=approval,
                began=begun,
            )  # fmt: skip
            return result(found, Places(given.frames), session.settings)


def resume(
    run: str,
    *,
    target: Target | None = None,
    rate: int | None = None,
    verify: bool = False,
    report: Report = None,
    in_place: bool = False,
    config: str | os.PathLike[str] | None = None,
    allow_http: bool = False,
    progress: bool | Tell | None = None,
) -> RunResult:
    """Finish a run that was interrupted, or send what was approved since; nothing is sent twice.

    One that has ended returns its result again. Raises ImporterError.
    """
    from importer.api.session import open_run, places_of, session_of
    from importer.pipeline.resume import resume as resume_run
    from importer.pipeline.runs import result_of

    with python_words():
        at_least_one(rate=rate)
        with session_of(config, allow_http=allow_http) as session:
            known = session.journal.run(run)
            if known.state.ended:
                found = result_of(session.journal, run)
                return result(found, places_of(known), session.settings)
        with (
            open_run(run, target, rate, config, allow_http=allow_http) as opened_run,
            Begun(run),
            followed(progress, opened_run.connect) as seen,
        ):
            found = resume_run(
                run,
                connect=opened_run.connect,
                journal=opened_run.journal,
                report=again(opened_run.run, report, in_place=in_place),
                progress=seen,
                verify=verify,
            )
            return result(found, opened_run.places, opened_run.settings)


def undo(
    run: str,
    *,
    target: Target | None = None,
    batch_size: int | None = None,
    jobs: int = 4,
    rate: int | None = None,
    report: Report = None,
    config: str | os.PathLike[str] | None = None,
    allow_http: bool = False,
    progress: bool | Tell | None = None,
) -> RunResult:
    """Revert what a run did, as a run of its own; what has changed since then is kept.

    `plan_undo` shows it first. Raises ImporterError.
    """
    from importer.api.session import open_run
    from importer.pipeline.undo import UndoRequest
    from importer.pipeline.undo import undo as undo_run

    with python_words():
        in_flight(jobs)
        at_least_one(rate=rate, batch_size=batch_size)
        begin = partial(open_run, run, target, rate, config, allow_http=allow_http, jobs=jobs)
        with begin() as one, Begun() as begun, followed(progress, one.connect) as seen:
            request = UndoRequest(run, one.run.target, one.connect, one.journal, batch_size, jobs)
            to = of_undo(one.run, report)
            found = undo_run(request, journal=one.journal, report=to, progress=seen, began=begun)
            return result(found, one.places, one.settings)


def _saved(plan: Plan | str | os.PathLike[str] | None) -> SavedPlan | None:
    from importer.errors import UsageError
    from importer.pipeline.saved_plan import read_plan

    if plan is None:
        return None
    if not isinstance(plan, Plan):
        return read_plan(Path(plan))
    if plan._saved is None:
        raise UsageError("That is the plan of an undo: undo the run instead.")
    return plan._saved
