"""The last lines of a result: what a user does next, as commands ready for the shell."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from importer.cli.flags import repeated
from importer.finding_codes import FindingCode
from importer.model import RunState, Status
from importer.spreadsheet import TEXT_SUFFIXES

if TYPE_CHECKING:
    from importer.model import Finding
    from importer.pipeline.results import CheckResult, PlanResult, RunResult

CHANGED = (Status.CREATED, Status.UPDATED, Status.MOVED, Status.DELETED)
SENT = (*CHANGED, Status.REJECTED, Status.UNKNOWN)
WRONG = (Status.INVALID, Status.REJECTED, Status.BLOCKED, Status.UNKNOWN)

LEAVE = "--allow-mass-change"
"""The flag that lets through what the guard holds."""

TO_CHANGE = ("create", "update", "move", "delete")
TO_CORRECT = ("invalid", "blocked")


def command(*words: str) -> str:
    """Return a command of importer, as it is typed."""
    return f"`{shlex.join(['importer', *words])}`"


def after_check(checked: CheckResult, asked: Sequence[str]) -> str:
    """Return what to do after a check; `asked` are the files and flags to repeat."""
    if not checked.ok:
        again = command("check", *asked)
        return f"Next: correct what is named above, then {again} again."
    if not checked.counts.rows:
        return f"Next: there are no rows to import; add some, then {command('check', *asked)}"
    return f"Next: {command('run', *asked)}"


def after_plan(plan: PlanResult, asked: Sequence[str]) -> str:
    """Return what to do after a plan; `asked` are the files and flags to repeat."""
    wrong = any(plan.counts.get(name) for name in TO_CORRECT)
    saved = "--plan" in asked
    held = _needs_leave(plan.findings)
    wrong = wrong or (not held and bool(plan.counts.get("held")))
    if not any(plan.counts.get(name) for name in TO_CHANGE) and not held:
        if wrong:
            files = asked[: asked.index("--plan")] if saved else asked
            return f"Next: correct what is named above, then {command('plan', *files)} again."
        return "Nothing to do: the target is as the files say."
    run = command("run", *asked, *([LEAVE] if held and not saved else []))
    return f"Next: {run}" + (" sends the rows that are right." if wrong else "")


def _needs_leave(findings: Sequence[Finding]) -> bool:
    """Return whether something is held that --allow-mass-change would let through."""
    codes = (FindingCode.MASS_CHANGE, FindingCode.HELD)
    return any(f.code in codes and LEAVE in f.message for f in findings)


def after_undo_plan(plan: PlanResult, run: str) -> str:
    """Return what to do after the plan of an undo."""
    if not any(plan.counts.get(name) for name in TO_CHANGE):
        return "Nothing to do: what the run did is undone already, or has changed since."
    return f"Next: {command('undo', run)}"


def after_run(result: RunResult) -> Iterator[str]:
    """Yield what to do after a run: go on, correct its report and run that, undo it."""
    if result.state is RunState.ABANDONED and not any(map(result.counts.get, SENT)):
        yield "Nothing was sent."
    if not result.state.ended:
        yield f"Next: {command('resume', result.run)} goes on where it stopped."
        return
    if not result.undoes:
        yield from _rest(result)
    if any(result.counts.get(status) for status in CHANGED) and not (
        result.undone or result.dropped
    ):
        yield f"To undo the run: {command('undo', result.run)}"


def _rest(result: RunResult) -> Iterator[str]:
    """Yield what to do about the rows that were not imported."""
    if any(result.counts.get(status) for status in WRONG) and result.reports:
        asked = replace(result.asked, only=tuple(_sheets_of_reports(result)))
        again = command("run", *repeated(result.reports, asked, result.target))
        which = "the report" if len(result.reports) == 1 else "the reports"
        yield f"Next: correct {which}, then {again}"
    if result.counts.get(Status.HELD) and _needs_leave(result.findings):
        run = result.run
        yield f"Next: {command('runs', run)} shows what was held."
        yield f"Then {command('runs', run, '--approve')} lets {command('resume', run)} send it."


def _sheets_of_reports(result: RunResult) -> Iterator[str]:
    """Yield what `--sheet` was, with the names that the sheets have in the reports.

    The one sheet of a text file is called like the file.
    """
    names = {_stem(Path(f)): _stem(r) for f, r in zip(result.files, result.reports, strict=False)}
    texts = all(report.suffix.lower() in TEXT_SUFFIXES for report in result.reports)
    for only in result.asked.only:
        name, sign, kind = only.partition("=")
        yield f"{names.get(name, name) if texts else name}{sign}{kind}"


def _stem(file: Path) -> str:
    return file.stem.removesuffix(".result")
