"""A list that no template knows: show what is proposed, and take it where the user says so."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from importer.cli.answer import Answer
from importer.cli.console import attended, say
from importer.cli.proposed import summary_lines
from importer.errors import MappingNeeded, UsageError
from importer.finding_codes import FindingCode
from importer.pipeline.reason import Reason
from importer.spreadsheet import TextForm

if TYPE_CHECKING:
    from importer.cli.offered import Offer
    from importer.model import Finding
    from importer.proposal import Ask, Proposal, SheetProposal

NOT_KNOWN = "No template knows the headings. What they are likely to be:"

FEWEST = 2
"""A list of which fewer columns are known is not known at all."""


def proposed(given: Mapping[str, Any], needed: MappingNeeded) -> Offer:
    """Return what is proposed for the files of a command.

    Raises UsageError where nothing is known of them.
    """
    from importer.cli.offered import Offer
    from importer.pipeline.propose import read_lists
    from importer.pipeline.set_answers import with_answers

    files = [Path(file) for file in given["files"]]
    form = TextForm(*(given.get(key) or "" for key in ("encoding", "delimiter", "quote")))
    lists = read_lists(files, form)
    settled = with_answers(lists, given.get("set") or ())
    found = settled.proposal
    if not any(sheet.kind and len(sheet.fields) >= FEWEST for sheet in found.sheets):
        raise UsageError(str(needed))
    return Offer(files, form, lists, found, name_of(files), settled.choices)


def may_make_it_too(findings: Sequence[Finding]) -> bool:
    """Return whether some finding says that a mapping makes what rows stand in as well."""
    if not any(finding.code is FindingCode.NOT_FOUND for finding in findings):
        return False
    from importer.pipeline.steps.mapping_names import MAKES

    return any(MAKES in finding.message for finding in findings)


def accepted(given: Mapping[str, Any], offer: Offer) -> dict[str, Any] | None:
    """Ask whether what was shown is right; return the flags to go on with, if so."""
    from importer.cli.correcting.page import Stopped
    from importer.pipeline.keep_mapping import keep_mapping

    if given.get("yes") or not attended():
        return None
    taken = offer.decide("Import it like that?")
    if isinstance(taken, Stopped):
        return None
    kept = keep_mapping(taken.name, taken.correction.proposal)
    say(f"The mapping is kept as `{kept}`; {_found_again(taken.correction.imported, kept)}.")
    once = {ask.name for sheet in taken.correction.proposal.sheets for ask in sheet.once}
    before = [one for one in given.get("set") or () if one.partition("=")[0] not in once]
    answers = [f"{name}={text}" for name, text in taken.correction.given.items()]
    return {"template": kept, "set": [*before, *answers]}


def _found_again(sheets: Iterable[SheetProposal], kept: str) -> str:
    """Return how a mapping is found again: a list without headings does not tell."""
    if all(sheet.header_row for sheet in sheets):
        return "it is found again by these headings"
    return f"without headings it is not found again by itself: `--template {kept}` names it"


def shown(offer: Offer, needed: MappingNeeded) -> None:
    """Say that no template fits, and what is proposed instead."""
    from importer.pipeline.keep_mapping import mapping_here

    if here := mapping_here(offer.files, offer.form):
        command = shlex.join(["importer", "run", *map(str, offer.files), "--template", f"./{here}"])
        say(f"importer: The mapping in the folder {here} has these headings: `{command}` uses it.")
    say(f"importer: {needed.instead or NOT_KNOWN}", *summary_lines(offer.proposal), bad=True)


def explained(given: Mapping[str, Any], offer: Offer, needed: MappingNeeded) -> Answer:
    """Say which command accepts what is proposed, where it may be; return the command's answer."""
    from importer.pipeline.proposal_json import as_json

    found, why = offer.proposal, offer.refused
    command = "" if why else accepting(given["files"], offer.likely(), given.get("set"))
    words = why or f"To import it like that: `{command}`"
    say(f"importer: {words}", bad=True)
    body = {"proposal": as_json(found), "command": command or None}
    files = [str(file) for file in given["files"]]
    return Answer(needed.exit_status, lambda: body, Reason.of(needed), files)


def accepting(files: Sequence[Path], found: Proposal, given: Sequence[str] | None = None) -> str:
    """Return the command that keeps a proposal as a mapping and imports the files by it.

    `given` are the answers that the user has given already, for what the proposal asks.
    """
    names, name = [str(file) for file in files], name_of(files)
    said = dict(answer.split("=", 1) for answer in given or () if "=" in answer)
    once = _said([one for sheet in found.sheets for one in sheet.once], said)
    keep = shlex.join(["importer", "template", "init", *names, "--keep", name, *once])
    run = ["importer", "run", *names, "--template", name, *_said(_asked(found), said)]
    return f"{keep}; {shlex.join(run)}"


def _said(asks: Iterable[Ask], said: Mapping[str, str]) -> list[str]:
    """Return the answers to questions as flags, each once: what was said, else what is likely."""
    answers = {one.name: one.answer or said.get(one.name) or one.default or "..." for one in asks}
    return [f"--set={name}={answer}" for name, answer in answers.items()]


def name_of(files: Sequence[Path]) -> str:
    """Return a name under which the mapping of some files can be kept."""
    from importer.pipeline.steps.mapping_names import free_name

    return free_name(Path(files[0]).stem)


def _asked(found: Proposal) -> list[Ask]:
    """Return what a run asks, each question once."""
    from importer.pipeline.propose import answered

    asks = (one for sheet in found.sheets for one in sheet.asks if one.name in answered())
    return list({one.name: one for one in asks}.values())
