"""How jobs and their passes are shown: as lines for people, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from importer.cli.answer import Answer, time_of
from importer.cli.columns import in_columns
from importer.errors import ReasonCode
from importer.pipeline.reason import Reason

if TYPE_CHECKING:
    from importer.cli.answer import Body
    from importer.jobs.history import JobLine, Night
    from importer.journal.job_pass import JobPass

CODES = {0: None, 1: "not_all_imported", 2: "usage", 3: "stopped_early", 70: "internal"}
BAR = 20
"""The length of the longest bar of a trend."""


def job_json(line: JobLine) -> Body:
    """Return a job as `jobs list --format json` prints it."""
    last = line.last
    return {
        "job": line.job,
        "target": line.target,
        "enabled": line.enabled,
        "next": _time(line.due),
        "last": _time(last.ended) if last else None,
        "status": last.status if last else None,
        "why": last.why if last else "",
    }


def job_cells(line: JobLine) -> tuple[str, ...]:
    """Return a job as the cells of a line."""
    last = line.last
    due = f"next {time_of(line.due)}" if line.due else "not by the clock"
    said = f"last {_time(last.ended)}: {status_words(last)}" if last else "never run"
    return line.job, line.target, "enabled" if line.enabled else "disabled", due, said


def status_words(one: JobPass) -> str:
    """Return how a pass has ended, in a word or two."""
    if one.status is None:
        return "under way" if one.held else "waiting"
    if one.status == 0:
        return "imported" if one.facts.runs else "nothing new"
    return f"ended with {one.status}"


def pass_json(one: JobPass) -> Body:
    """Return a pass as `jobs run NAME --format json` prints it."""
    facts = one.facts
    return {
        "job": one.job,
        "pass": one.no,
        "target": one.target,
        "state": one.state.value,
        "why": one.why,
        "counts": facts.counts,
        "held": facts.held,
        "unchanged": facts.unchanged,
        "runs": [run.run for run in facts.runs if run.run],
        "reports": facts.reports,
    }


def night_json(night: Night) -> Body:
    """Return a pass as `jobs show NAME --format json` prints it."""
    one = night.one
    times = {"due": one.due, "started": one.started, "ended": one.ended}
    return {
        **pass_json(one),
        **{name: _time(at) for name, at in times.items()},
        "seconds": None if night.seconds is None else round(night.seconds, 1),
        "exit_status": one.status,
        "files": [file.name for file in one.facts.files],
        "rows": one.rows,
        "more_rows": night.more,
    }


def answer_of_pass(one: JobPass, skip: int | None) -> Answer:
    """Return what `jobs run` answers; `skip` is the exit status where there is nothing new."""
    from importer.pipeline.results import Rows

    idle = one.status == 0 and not one.facts.runs
    status = skip if idle and skip is not None else one.status or 0
    code = ReasonCode.NOTHING_NEW if idle else one.facts.code or CODES.get(status)
    reason = Reason(ReasonCode(code), one.why) if status and code else None
    read = one.facts.read
    return Answer(
        status,
        lambda: pass_json(one),
        reason,
        [file.name for file in one.facts.files],
        Rows(**read) if read else None,
        _time(one.started) or "",
        _time(one.ended),
    )


def pass_lines(one: JobPass) -> Iterator[str]:
    """Yield what a pass did, a line each."""
    from importer.report.counts import count_lines

    for run in one.facts.runs:
        named = f"Run {run.run}" if run.run else "No run"
        yield f"{named}: {'; '.join(count_lines(dict(run.counts))) or 'nothing was sent'}"
    for report in one.facts.reports:
        yield f"The report is {report}."
    if one.why and not one.status:
        yield one.why


def night_lines(line: JobLine, nights: Sequence[Night]) -> Iterator[str]:
    """Yield a job and its passes, each with a bar as long as it has rows."""
    yield " ".join(job_cells(line))
    most = max((night.one.rows or 0 for night in nights), default=0)
    yield from in_columns([_cells(night, most) for night in nights])


def _cells(night: Night, most: int) -> tuple[str, ...]:
    one = night.one
    rows = "" if one.rows is None else f"{one.rows:,} rows"
    more = "" if night.more is None else f"{night.more:+,}"
    took = "" if night.seconds is None else f"{night.seconds:.0f} s"
    bar = "█" * max(1, round(BAR * one.rows / most)) if one.rows and most else ""
    return _time(one.started or one.due) or "", status_words(one), rows, more, bar, took, one.why


def _time(at: float | None) -> str | None:
    return None if at is None else time_of(at)
