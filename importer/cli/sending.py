"""What `run`, `resume` and `undo` share: progress, breaking off, confirmation, the result."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from msgspec.structs import replace

from importer.cli.answer import Answer, answer_of_run
from importer.cli.command import InMidRun
from importer.cli.console import Bars, ask, attended, complain, say, show
from importer.cli.flags import Format
from importer.cli.signals import Breaks
from importer.errors import ImporterError, ReasonCode
from importer.model import RunState
from importer.pipeline.reason import Reason

if TYPE_CHECKING:
    from importer.journal import Journal, Run
    from importer.pipeline.execution import Confirm
    from importer.pipeline.results import Preview, RunResult
    from importer.session import Connector

INTERRUPTED = {
    RunState.MAPPING: (
        "interrupted; nothing was sent yet. `importer resume {run}` reads and sends it."
    ),
    RunState.PLANNED: "interrupted; nothing was sent yet. `importer resume {run}` sends it.",
    RunState.SENDING: "interrupted. `importer resume {run}` goes on where it stopped.",
    RunState.INTERRUPTED: "interrupted. `importer resume {run}` goes on where it stopped.",
}
"""What a user reads who breaks off a run, by the state it is left in."""

SANDBOX_FIRST_SAID = "importer.sandbox_first_said"

NOTHING_SENT = "interrupted; nothing was sent."

NOTHING_TO_DO = frozenset({"unchanged", "merged", "skipped", "invalid", "held"})


@contextmanager
def sending(
    connect: Connector,
    journal: Journal,
    format: Format,  # noqa: A002 - the flag's name
    resumes: str = "",
) -> Iterator[Bars]:
    """Show progress while a run is sent, and let the user break it off between two batches.

    `resumes` names the run that goes on; without it the run is a new one. Raises InMidRun for
    whatever ends the run in the middle.
    """
    before = {run.name for run in journal.runs()} - {resumes}
    try:
        with Breaks(format) as breaks, Bars(breaks) as bars, target_notice(connect, bars):
            yield bars
    except (Exception, KeyboardInterrupt) as error:
        newest = _newest(journal, connect.name, before)
        if isinstance(error, KeyboardInterrupt):
            say(f"importer: {_how_to_resume(newest)}")
        if newest is None and isinstance(error, KeyboardInterrupt):
            raise type(error)(NOTHING_SENT) from error
        if newest is None or format is Format.TEXT:
            raise
        raise InMidRun(error, _so_far(journal, newest)) from error


def _newest(journal: Journal, target: str, before: Container[str]) -> Run | None:
    """Return the newest run into a target that was not there before; None without a journal."""
    with suppress(ImporterError):
        mine = (run for run in journal.runs() if run.target == target)
        return next((run for run in mine if run.name not in before), None)
    return None


def _how_to_resume(run: Run | None) -> str:
    """Return what a user reads who breaks off a run: how it can go on."""
    words = INTERRUPTED.get(run.state, NOTHING_SENT) if run else NOTHING_SENT
    return words.format(run=run.name if run else "")


def _so_far(journal: Journal, run: Run) -> Answer:
    from importer.pipeline.runs import result_of

    answer = answer_of_run(result_of(journal, run.name), 0)
    why = Reason(ReasonCode.INTERRUPTED, _how_to_resume(run))
    return replace(answer, reason=why, ended=answer.ended or "")


@contextmanager
def target_notice(connect: Connector, bars: Bars) -> Iterator[None]:
    """Say where it goes: of the sandbox first and last, of a real target before a request."""
    from importer.cli.text import SANDBOX_FIRST, SANDBOX_LAST

    connect.announce = bars.report
    if connect.is_sandbox and _first_time():
        say(SANDBOX_FIRST)
    yield
    if connect.is_sandbox:
        say(SANDBOX_LAST)


def _first_time() -> bool:
    """Return whether the notice is new: a command begins again once its questions are answered."""
    import click

    context = click.get_current_context(silent=True)
    if context is None:
        return True
    said = context.meta.setdefault(SANDBOX_FIRST_SAID, [])
    said.append(True)
    return len(said) == 1


def confirmation(bars: Bars, *, yes: bool) -> Confirm | None:
    """Return what asks the user whether to send; None with --yes, or without a terminal."""

    def confirm(preview: Preview) -> bool:
        bars.close()
        return _confirmed(preview)

    return confirm if attended() and not yes else None


def _confirmed(preview: Preview) -> bool:
    """Show what the run would do and ask, unless there is nothing to do."""
    from importer.cli.text import preview_lines

    say(*preview_lines(preview))
    if not preview.counts.keys() - NOTHING_TO_DO:
        return True
    return ask("Send it?")


def show_result(
    result: RunResult,
    format: Format,  # noqa: A002 - the flag's name
    status: int | None = None,
) -> Answer:
    """Show the result of a run to people; return what it answers, by default with its own status.

    The status is 1 where only a report is missing.
    """
    from importer.cli.text import result_lines

    if format is Format.TEXT:
        show(result_lines(result))
    if result.why:
        complain(result.why)
    own = result.exit_status or int(bool(result.why))
    return answer_of_run(result, own if status is None else status)
