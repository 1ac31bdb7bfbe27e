"""What a check or a run came to in, the lines that a person reads out."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from importer.report.text import cause_lines, count_lines
from importer.report.wording import plural

if TYPE_CHECKING:
    from importer.results import Checked, Preview, Result

SANDBOX_FIRST = (
    "Sandbox: nothing goes to a real system; a stand-in on this machine takes its place."
)
SANDBOX_LAST = "That was the sandbox. With --target NAME the same goes to a real system."

TO_DO = {
    "create": "to create",
    "update": "to update",
    "move": "to move",
    "delete": "to delete",
    "unchanged": "already as they should be",
    "invalid": "with errors, which stay here",
}
"""What a preview says of the rows of each action."""


def check_lines(checked: Checked, files: Sequence[Path]) -> Iterator[str]:
    """What was recognised, what is wrong with it, what to do next."""
    yield f"Template {checked.template}"
    width = max(len(sheet["name"]) for sheet in checked.sheets)
    for sheet in checked.sheets:
        kind = "" if sheet["kind"] == sheet["name"] else f"  as {sheet['kind']}"
        yield f"  {sheet['name']:<{width}}  {plural(sheet['rows'], 'row'):>12}{kind}"
    yield from (f"  {guess}" for guess in checked.guesses)
    yield from _paragraph(cause_lines(checked.findings))
    rows, valid, invalid = (checked.counts[name] for name in ("rows", "valid", "invalid"))
    yield ""
    yield f"{plural(rows, 'row')}: {valid:,} valid, {invalid:,} invalid"
    names = shlex.join(str(file) for file in files)
    if checked.ok:
        yield f"Next: `importer run {names}`"
    else:
        yield f"Next: mend the cells named above, then `importer check {names}` again."


def result_lines(result: Result) -> Iterator[str]:
    """What became of the rows, where the report is, what to do next."""
    yield f"Run {result.run} into {result.target}: {', '.join(result.files)}"
    yield from _paragraph(cause_lines(result.findings))
    yield from _paragraph(count_lines(result.counts))
    if result.why:
        yield f"{'error: ' if result.state == 'interrupted' else ''}{result.why}"
    yield from (f"Report: {path}" for path in result.reports)
    if result.state not in ("finished", "abandoned"):
        yield f"Next: `importer resume {result.run}` goes on where it stopped."


def preview_lines(preview: Preview) -> Iterator[str]:
    """What a run is about to do."""
    if preview.findings:
        yield from (*cause_lines(preview.findings, limit=5), "")
    rows = plural(sum(preview.counts.values()), "row")
    parts = ", ".join(f"{count:,} {TO_DO[action]}" for action, count in preview.counts.items())
    yield f"{rows} for {preview.target}: {parts or 'nothing to do'}"


def _paragraph(lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield from lines
