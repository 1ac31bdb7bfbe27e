"""What `run`, `resume` and `undo` share: progress, breaking off, confirmation, the result."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from importer.cli.console import Bars, ask, attended, say, show, show_json
from importer.cli.flags import Format
from importer.cli.signals import Breaks
from importer.model import RunState

if TYPE_CHECKING:
    from importer.journal import Journal
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

NOTHING_TO_DO = frozenset({"unchanged", "invalid", "held"})


@contextmanager
def sending(connect: Connector, journal: Journal) -> Iterator[Bars]:
    """Show progress while a run is sent, and let the user break it off between two batches."""
    with (
        sandbox_notice(connect),
        _how_to_resume(journal, connect.name),
        Breaks() as breaks,
        Bars(breaks) as bars,
    ):
        yield bars


@contextmanager
def sandbox_notice(connect: Connector) -> Iterator[None]:
    """Say in the first and in the last line of a run into the sandbox that it is one."""
    from importer.cli.text import SANDBOX_FIRST, SANDBOX_LAST

    if connect.is_sandbox:
        say(SANDBOX_FIRST)
    yield
    if connect.is_sandbox:
        say(SANDBOX_LAST)


@contextmanager
def _how_to_resume(journal: Journal, target: str) -> Iterator[None]:
    """Tell a user who breaks off how the run can go on."""
    try:
        yield
    except KeyboardInterrupt:
        newest = next((run for run in journal.runs() if run.target == target), None)
        nothing = "interrupted; nothing was sent."
        words = INTERRUPTED.get(newest.state, nothing) if newest else nothing
        say(f"importer: {words.format(run=newest.name if newest else '')}")
        raise


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


def show_result(result: RunResult, format: Format) -> int:  # noqa: A002 - the flag's name
    """Print the result of a run; returns its exit status, 1 where only a report is missing."""
    from importer.cli.text import result_lines

    if format is Format.JSON:
        show_json(result.as_json())
    else:
        show(result_lines(result))
    if result.why:
        say(f"importer: {result.why}")
    return result.exit_status or int(bool(result.why))
