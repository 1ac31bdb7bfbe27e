"""The result of a run for a caller, and how one that is broken off goes on."""

from __future__ import annotations

import json
from contextlib import closing
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Self

from importer.api.run_result import RunResult
from importer.api.words import in_python, python_words
from importer.errors import ImporterError

if TYPE_CHECKING:
    from importer.api.places import Places
    from importer.model import RowResult
    from importer.pipeline.results import RunResult as Ran
    from importer.settings import Settings


def result(found: Ran, places: Places, settings: Settings) -> RunResult:
    """Return the result of a run; its rows are read from the journal when they are asked for."""
    return RunResult(
        ok=not found.exit_status,
        run=found.run,
        target=found.target,
        state=found.state.value,
        counts=dict(found.counts),
        report=tuple(found.reports),
        why=in_python(found.why),
        undoes=found.undoes,
        _found=tuple(found.findings),
        _places=places,
        _outcomes=partial(_outcomes, settings, found.run),
    )


def _outcomes(settings: Settings, run: str) -> list[RowResult]:
    from importer.pipeline.runs import outcomes
    from importer.session import open_journal

    with python_words(), closing(open_journal(settings.journal)) as journal:
        return list(outcomes(journal, run))


class Begun:
    """Notes the name of a run, and adds it to what is raised after the run has begun."""

    def __init__(self, run: str = "") -> None:
        self._run = run

    def __call__(self, run: str) -> None:
        """Note the name of a run that has begun."""
        self._run = run

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if error is not None and self._run and not isinstance(error, ImporterError):
            call = f"api.resume({json.dumps(self._run)})"
            error.add_note(f"Run {self._run} has begun: `{call}` goes on with it.")
