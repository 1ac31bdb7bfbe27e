"""The lines that a user reads: of a check, a plan and a run."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from importer.finding_codes import FindingCode
from importer.report.text import cause_lines, count_lines
from importer.report.wording import one_line, plural, shorten

if TYPE_CHECKING:
    from importer.pipeline.results import CheckResult, PlanResult, Preview, RunResult

SANDBOX_FIRST = (
    "Sandbox: nothing goes to a real system; a stand-in on this machine takes its place."
)
SANDBOX_LAST = "That was the sandbox. With --target NAME the same goes to a real system."

LONGEST_VALUE = 60

TO_DO = {
    "create": "to create",
    "update": "to update",
    "move": "to move",
    "delete": "to delete",
    "unchanged": "already as they should be",
    "invalid": "with errors, which stay here",
    "blocked": "blocked by those",
    "held": "kept as they are",
}
"""How the sums of a plan name the rows of each action."""


def check_lines(checked: CheckResult, asked: Sequence[str]) -> Iterator[str]:
    """Yield what was recognised and what is wrong; `asked` are the files and flags to repeat."""
    yield f"Template {checked.template}"
    width = max(len(sheet.name) for sheet in checked.sheets)
    for sheet in checked.sheets:
        kind = "" if sheet.kind == sheet.name else f"  as {sheet.kind}"
        yield f"  {sheet.name:<{width}}  {plural(sheet.rows, 'row'):>12}{kind}"
    yield from (f"  {guess}" for guess in checked.guesses)
    yield from _paragraph(cause_lines(checked.findings))
    counts = checked.counts
    yield ""
    yield f"{plural(counts.rows, 'row')}: {counts.valid:,} valid, {counts.invalid:,} invalid"
    yield from (f"Report: {path}" for path in checked.reports)
    words = shlex.join(asked)
    if checked.ok:
        yield f"Next: `importer run {words}`"
    else:
        yield f"Next: fix the cells named above, then `importer check {words}` again."


def result_lines(result: RunResult) -> Iterator[str]:
    """Yield the outcomes of the rows, where the report is, what to do next."""
    does = f", undoing run {result.undoes}" if result.undoes else ""
    yield f"Run {result.run} into {result.target}{does}: {', '.join(result.files)}"
    yield from _paragraph(cause_lines(result.findings))
    yield from _paragraph(count_lines(result.counts))
    yield from (f"Report: {path}" for path in result.reports)
    if not result.state.ended:
        yield f"Next: `importer resume {result.run}` goes on where it stopped."


def preview_lines(preview: Preview) -> Iterator[str]:
    """Yield what a run is about to do."""
    if preview.findings:
        yield from (*cause_lines(preview.findings, limit=5), "")
    yield _sums(preview.counts, preview.target)


def plan_lines(plan: PlanResult, asked: Sequence[str]) -> Iterator[str]:
    """Yield row by row what a run would do, what it would not send, the sums."""
    yield from _planned(plan)
    seen = ["--allow-mass-change"] if _held(plan) and "--plan" not in asked else []
    yield f"Next: `importer run {shlex.join([*asked, *seen])}`"


def undo_lines(plan: PlanResult, run: str) -> Iterator[str]:
    """Yield row by row what an undo would do, what it would keep, the sums."""
    yield from _planned(plan)
    yield f"Next: `importer undo {run}`"


def _planned(plan: PlanResult) -> Iterator[str]:
    changes = [change for change in plan.changes if change.action != "unchanged"]
    width = max((len(change.action) for change in changes), default=0)
    for change in changes:
        row = f"row {change.row}" if change.row > 0 else "(not in the file)"
        yield f"{change.action:<{width}}  {change.sheet} {row}  {change.key}"
        if change.action in ("update", "move"):
            for heading, diff in change.fields.items():
                yield f"    {heading}: {_value(diff.old)} -> {_value(diff.new)}"
    yield from _paragraph(cause_lines(plan.findings))
    yield from _paragraph([_sums(plan.counts, plan.target)])


def _held(plan: PlanResult) -> bool:
    """Whether a run without a saved plan would hold some of it."""
    return any(finding.code == FindingCode.MASS_CHANGE for finding in plan.findings)


def _value(value: object) -> str:
    """Return a value as a user reads it, in one line and not too long."""
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "yes", False: "no"}[value]
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"`{shorten(one_line(text), LONGEST_VALUE)}`"


def _sums(counts: Mapping[str, int], target: str) -> str:
    """Return `3 rows for sandbox: 1 to create, 2 already as they should be`."""
    parts = ", ".join(f"{counts[key]:,} {words}" for key, words in TO_DO.items() if counts.get(key))
    return f"{plural(sum(counts.values()), 'row')} for {target}: {parts or 'nothing to do'}"


def _paragraph(lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield from lines
