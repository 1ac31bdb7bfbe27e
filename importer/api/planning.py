"""`plan`: what a run would do; `plan_undo`: what an undo would do. Nothing is sent."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from importer.api.asked import Answers, Texts, at_least_one, options
from importer.api.follow import followed
from importer.api.places import Places
from importer.api.results import Plan
from importer.api.source import Source, opened
from importer.api.words import in_python, python_words

if TYPE_CHECKING:
    from importer.api.progress import Tell
    from importer.api.target import Target
    from importer.pipeline.results import PlanResult


def plan(
    source: Source,
    *,
    template: str | os.PathLike[str] | None = None,
    target: str | Target = "sandbox",
    sheet: Texts = None,
    encoding: str = "",
    delimiter: str = "",
    quote: str = "",
    prune: Texts = None,
    strict: bool = False,
    set: Answers = None,  # noqa: A002 - the flag's name
    rate: int | None = None,
    config: str | os.PathLike[str] | None = None,
    allow_http: bool = False,
    progress: bool | Tell | None = None,
) -> Plan:
    """Check a source and compare it with the target: what a run would do, field by field.

    Raises ImporterError, `StoppedEarly` where the target cannot be asked.
    """
    from importer.api.target import connected, name_of, settings_of
    from importer.pipeline.plan import plan as plan_files
    from importer.pipeline.request import ImportRequest

    asked = options(
        template=template, sheet=sheet, prune=prune, strict=strict, set=set,
        encoding=encoding, delimiter=delimiter, quote=quote,
    )  # fmt: skip
    with opened(source) as given, python_words(frames=given.only_frames):
        at_least_one(rate=rate)
        settings = settings_of(config, allow_http=allow_http)
        with connected(settings, target, rate=rate) as connect, followed(progress, connect) as seen:
            known = connect.dry_run_options(asked)
            request = ImportRequest(given.readable, known, name_of(target), connect)
            found = plan_files(request, save=True, progress=seen)
        return _result(found, Places(given.frames))


def plan_undo(
    run: str,
    *,
    target: Target | None = None,
    rate: int | None = None,
    config: str | os.PathLike[str] | None = None,
    allow_http: bool = False,
    progress: bool | Tell | None = None,
) -> Plan:
    """Show what `undo` would do, row by row. Raises ImporterError."""
    from importer.api.session import open_run
    from importer.pipeline.plan import plan_undo as plan_files
    from importer.pipeline.undo import UndoRequest

    with python_words(), open_run(run, target, rate, config, allow_http=allow_http) as opened_run:
        connect, journal = opened_run.connect, opened_run.journal
        with followed(progress, connect) as seen:
            request = UndoRequest(run, opened_run.run.target, connect, journal)
            return _result(plan_files(request, progress=seen), opened_run.places)


def _result(found: PlanResult, places: Places) -> Plan:
    return Plan(
        ok=not found.exit_status,
        target=found.target,
        counts=dict(found.counts),
        held_for=tuple(map(in_python, found.held_for)),
        _planned=found.changes,
        _held=found.held,
        _found=tuple(found.findings),
        _places=places,
        _saved=found.saved,
    )
