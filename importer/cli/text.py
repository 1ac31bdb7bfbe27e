"""The lines that a user reads: of a check, a plan and a run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from importer.cli.next_step import after_check, after_plan, after_run, after_undo_plan
from importer.pipeline.results import Rows
from importer.report.cause_text import problem_lines
from importer.report.counts import count_lines
from importer.report.wording import one_line, plural, shorten

if TYPE_CHECKING:
    from importer.pipeline.results import (
        CheckResult,
        Objects,
        PlannedRow,
        PlanResult,
        Preview,
        RunResult,
    )

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
    "merged": "that only restate others",
    "skipped": "left out",
    "invalid": "with errors, which stay here",
    "blocked": "blocked by those",
    "held": "kept as they are",
}
"""How the sums of a plan name the rows of each action."""

_CHANGING = frozenset({"create", "update", "move", "delete"})


def check_lines(checked: CheckResult, asked: Sequence[str]) -> Iterator[str]:
    """Yield what was recognised and what is wrong; `asked` are the files and flags to repeat."""
    yield f"Template {checked.template}"
    width = max(len(sheet.name) for sheet in checked.sheets)
    for sheet in checked.sheets:
        kind = "" if sheet.kind == sheet.name else f"  as {sheet.kind}"
        yield f"  {sheet.name:<{width}}  {plural(sheet.rows, 'row'):>12}{kind}"
    yield from (f"  {guess}" for guess in checked.guesses)
    yield from _paragraph(problem_lines(checked.findings))
    counts = checked.counts
    yield ""
    skipped = f", {counts.skipped:,} skipped" if counts.skipped else ""
    sums = f"{counts.valid:,} valid, {counts.invalid:,} invalid{skipped}"
    yield f"{plural(counts.rows, 'row')}: {sums}"
    yield from object_lines(checked.objects, counts.valid)
    yield from (f"Report: {path}" for path in checked.reports)
    yield after_check(checked, asked)


def result_lines(result: RunResult) -> Iterator[str]:
    """Yield the outcomes of the rows, where the report is, what to do next."""
    does = f", undoing run {result.undoes}" if result.undoes else ""
    yield f"Run {result.run} into {result.target}{does}: {', '.join(result.files)}"
    yield from _paragraph(problem_lines(result.findings))
    yield from _paragraph(count_lines(result.counts))
    yield from object_lines(result.objects, result.rows.imported)
    yield from (f"Report: {path}" for path in result.reports)
    yield from after_run(result)


def preview_lines(preview: Preview) -> Iterator[str]:
    """Yield what a run is about to do."""
    if preview.findings:
        yield from (*problem_lines(preview.findings, limit=5), "")
    yield _sums(preview.counts, preview.target)
    yield from object_lines(_to_do(preview.objects), Rows.of(preview.counts).imported)


def plan_lines(plan: PlanResult, asked: Sequence[str]) -> Iterator[str]:
    """Yield row by row what a run would do, what it would not send, the sums."""
    yield from _planned(plan)
    yield after_plan(plan, asked)


def undo_lines(plan: PlanResult, run: str) -> Iterator[str]:
    """Yield row by row what an undo would do, what it would keep, the sums."""
    yield from _planned(plan)
    yield after_undo_plan(plan, run)


def _planned(plan: PlanResult) -> Iterator[str]:
    changing = (change for change in plan.changes if change.action in _CHANGING)
    yield from row_lines(changing, [action for action in plan.counts if action in _CHANGING])
    yield from _paragraph(problem_lines(plan.findings))
    yield from _paragraph([_sums(plan.counts, plan.target)])
    yield from object_lines(_to_do(plan.objects), plan.rows.imported)


def row_lines(changes: Iterable[PlannedRow], actions: Iterable[str]) -> Iterator[str]:
    """Yield what is done row by row, with the old and new values of what is there already.

    `actions` are those that there are.
    """
    width = max(map(len, actions), default=0)
    for change in changes:
        row = f"row {change.row}" if change.row > 0 else "(not in the file)"
        yield f"{change.action:<{width}}  {change.sheet} {row}  {change.key}"
        if change.action in ("update", "move"):
            for heading, diff in change.fields.items():
                yield f"    {heading}: {_value(diff.old)} -> {_value(diff.new)}"


def object_lines(objects: Objects, rows: int) -> list[str]:
    """Return `Objects: 1 building, 40 spaces created`, or no line where each row is one object.

    `rows` are those that they were made of.
    """
    if len({kind for kind, _ in objects}) < 2 and sum(objects.values()) <= rows:
        return []
    by_outcome: dict[str, list[str]] = {}
    for (kind, outcome), number in objects.items():
        by_outcome.setdefault(outcome, []).append(_of_kind(number, kind))
    parts = [f"{', '.join(named)} {outcome}".rstrip() for outcome, named in by_outcome.items()]
    return [f"Objects: {'; '.join(parts)}"]


def _of_kind(number: int, kind: str) -> str:
    """Return `1 category`, `2 categories`, `3 sensor groups`."""
    word = kind.replace("_", " ")
    if number != 1 and word[-1:] == "y" and word[-2:-1] not in "aeiou":
        return f"{number:,} {word[:-1]}ies"
    return plural(number, word)


def _to_do(objects: Objects) -> Objects:
    """Return objects by what will be done to them, in words."""
    from importer.targets.protocol import OUTCOME_OF

    planned = {status.value: action.value for action, status in OUTCOME_OF.items()}
    return {
        (kind, TO_DO.get(planned.get(done, done), done)): n for (kind, done), n in objects.items()
    }


def _value(value: object) -> str:
    """Return a value as a user reads it, in one line and not too long."""
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "yes", False: "no"}[value]
    text = ", ".join(map(_text, value)) if isinstance(value, list) else _text(value)
    return f"`{shorten(one_line(text), LONGEST_VALUE)}`"


def _text(value: object) -> str:
    """Return a value as a text; what has parts is JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _sums(counts: Mapping[str, int], target: str) -> str:
    """Return `3 rows for sandbox: 1 to create, 2 already as they should be`."""
    parts = ", ".join(f"{counts[key]:,} {words}" for key, words in TO_DO.items() if counts.get(key))
    return f"{plural(sum(counts.values()), 'row')} for {target}: {parts or 'nothing to do'}"


def _paragraph(lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield from lines
