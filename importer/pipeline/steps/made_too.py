"""Names the one command that helps where a list's rows stand in what exists nowhere.

Where a mapping is proposed that makes that too, an error of each row is no way out.
"""

from __future__ import annotations

import shlex

from msgspec.structs import replace

from importer.model import Finding
from importer.order.messages import MADE_TOO
from importer.pipeline.steps.intake import Intake
from importer.way_out import has_commands


def with_command(findings: list[Finding], intake: Intake) -> list[Finding]:
    """Return the findings; those on what a proposal would make as well name the command.

    For somebody without a command line they name no way of that kind.
    """
    lost = {(f.place.file, f.place.sheet, f.place.row) for f in findings if _is_lost(f)}
    if not lost:
        return findings
    text = _with_command(intake, {row for *_, row in lost}) if has_commands() else ""
    changed = (replace(f, message=f.message.replace(MADE_TOO, text)) for f in findings)
    return list(changed)


def _with_command(intake: Intake, lost: set[int]) -> str:
    from importer.pipeline.steps.way_to_make import way_to_make

    return f"{MADE_TOO.partition('?')[0]}? {way_to_make(intake, lost) or _proposed(intake)}"


def _proposed(intake: Intake) -> str:
    """Return the command that proposes a mapping for the files."""
    files = [str(one.path) for one in intake.inputs]
    command = shlex.join(["importer", "template", "init", *(files or ["FILE"])])
    return f"`{command}` proposes how."


def _is_lost(finding: Finding) -> bool:
    return finding.message.endswith(MADE_TOO)
