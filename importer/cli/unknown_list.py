"""A list that no template knows: show what is proposed, and take it where the user says so."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from importer.cli.answer import Answer
from importer.cli.console import ask, ask_text, attended, say
from importer.cli.proposed import summary_lines
from importer.errors import MappingNeeded, UsageError
from importer.pipeline.reason import Reason
from importer.spreadsheet import TextForm

if TYPE_CHECKING:
    from importer.proposal import Ask, Proposal

NOT_KNOWN = "No template knows the headings. What they are likely to be:"

FEWEST = 2
"""A list of which fewer columns are known is not known at all."""

LEAST = 0.5
"""Below this confidence a proposal is shown, and never taken by the Enter key."""


def proposed(given: Mapping[str, Any], needed: MappingNeeded) -> Proposal:
    """Return what is proposed for the files of a command.

    Raises UsageError where nothing is known of them.
    """
    from importer.pipeline.propose import propose_files

    form = TextForm(*(given.get(key) or "" for key in ("encoding", "delimiter", "quote")))
    found = propose_files([Path(file) for file in given["files"]], form)
    if not any(sheet.kind and len(sheet.fields) >= FEWEST for sheet in found.sheets):
        raise UsageError(str(needed))
    return found


def accepted(given: Mapping[str, Any], found: Proposal) -> dict[str, Any] | None:
    """Show a proposal and ask whether it is right; return the flags to go on with, if so."""
    from importer.pipeline.propose import SURE, keep_mapping

    if given.get("yes") or not attended():
        return None
    say(NOT_KNOWN, *summary_lines(found))
    surest = min(sheet.confidence for sheet in found.sheets if sheet.kind)
    if surest < LEAST or not ask("Import it like that?", default=surest >= SURE):
        return None
    answers = [*(given.get("set") or ()), *_answers(_asked(found))]
    kept = keep_mapping(name_of(given["files"]), found)
    say(f"The mapping is kept as `{kept}`; it is found again by these headings.")
    return {"template": kept, "set": answers}


def explained(given: Mapping[str, Any], found: Proposal, needed: MappingNeeded) -> Answer:
    """Say what is proposed and the command that accepts it; return the answer of the command."""
    from importer.pipeline.propose import as_json

    command = accepting(given["files"], found)
    say(f"importer: {NOT_KNOWN}", *summary_lines(found))
    say(f"importer: To import it like that: `{command}`")
    body = {"proposal": as_json(found), "command": command}
    files = [str(file) for file in given["files"]]
    return Answer(needed.exit_status, lambda: body, Reason.of(needed), files)


def accepting(files: Sequence[Path], found: Proposal) -> str:
    """Return the command that keeps a proposal as a mapping and imports the files by it."""
    names, name = [str(file) for file in files], name_of(files)
    keep = shlex.join(["importer", "template", "init", *names, "--keep", name])
    answers = [f"--set={one.name}={one.default or '...'}" for one in _asked(found)]
    run = shlex.join(["importer", "run", *names, "--template", name, *answers])
    return f"{keep}; {run}"


def name_of(files: Sequence[Path]) -> str:
    """Return the name under which the mapping of some files is kept."""
    stem = re.sub(r"[^\w-]+", "-", Path(files[0]).stem).strip("-").lower()
    return stem or "list"


def _asked(found: Proposal) -> list[Ask]:
    """Return what a run asks, each question once."""
    from importer.pipeline.propose import answered

    asks = (one for sheet in found.sheets for one in sheet.asks if one.name in answered())
    return list({one.name: one for one in asks}.values())


def _answers(asked: Sequence[Ask]) -> Iterator[str]:
    for one in asked:
        answer = ask_text(one.question, one.default)
        if not answer:
            raise UsageError(f"{one.question} Nothing was answered, so nothing is imported.")
        yield f"{one.name}={answer}"
