"""Answers given with --set to what a proposal asks once, for its mapping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from importer.errors import UsageError
from importer.pipeline.propose import Lists
from importer.proposal import Ask, Proposal
from importer.proposal.chosen import Choice, Choices
from importer.proposal.settled import answer_of, why_not
from importer.suggest import listed


class Settled(Struct, frozen=True):
    """A proposal with answers in it; `rest` are those that it does not ask for."""

    proposal: Proposal
    choices: Choices = field(default_factory=dict)
    rest: Mapping[str, str] = field(default_factory=dict)


def with_answers(lists: Lists, given: Iterable[str]) -> Settled:
    """Return what is proposed with answers as `NAME=VALUE`.

    Raises UsageError for one that no sheet takes.
    """
    said = dict(one.split("=", 1) for one in given)
    found, used = Settled(lists.propose()), set[str]()
    while fitting := _fitting(found.proposal, said):
        choices = dict(found.choices)
        for at, ask in fitting:
            key = lists.sheets[at].key
            before = choices.get(key, Choice())
            answers = {**before.answers, ask.name: answer_of(ask, said[ask.name])}
            choices[key] = replace(before, answers=answers)
            used.add(ask.name)
        found = Settled(lists.propose(choices), choices)
    _refuse_unfit(found.proposal, said, used)
    return replace(found, rest={name: text for name, text in said.items() if name not in used})


def _fitting(proposal: Proposal, said: Mapping[str, str]) -> list[tuple[int, Ask]]:
    """Return the open questions that an answer fits, each with the place of its sheet."""
    asked = ((at, ask) for at, sheet in enumerate(proposal.sheets) for ask in sheet.once)
    open_ = [(at, ask) for at, ask in asked if ask.is_open and ask.name in said]
    return [(at, ask) for at, ask in open_ if not why_not(ask, said[ask.name])]


def _refuse_unfit(proposal: Proposal, said: Mapping[str, str], used: set[str]) -> None:
    """Raise UsageError for an answer that no sheet takes that asks for it."""
    for ask in (ask for sheet in proposal.sheets for ask in sheet.once):
        if ask.name in said.keys() - used:
            text = said[ask.name]
            raise UsageError(f"--set {ask.name}={text}: {ask.question} {why_not(ask, text)}")


def refuse_rest(found: Settled, every_run: Iterable[str]) -> None:
    """Raise UsageError for answers that no proposal asks for; a run asks for `every_run`."""
    for name in found.rest:
        if name in every_run:
            raise UsageError(
                f"--set {name}: that is asked at each run, and the mapping does not hold it. "
                "Give it to `importer run`."
            )
        raise UsageError(f"--set {name}: the proposal does not ask for {name}. {_asked(found)}")


def _asked(found: Settled) -> str:
    """Return what a proposal asks for its mapping, and what is only answered at each run."""
    asks = [ask for sheet in found.proposal.sheets for ask in sheet.asks]
    once = sorted({ask.name for ask in asks if ask.choices})
    runs = sorted({ask.name for ask in asks if not ask.choices})
    said = f"It asks for {listed(once)}." if once else "It asks for nothing that a mapping keeps."
    verb = "is" if len(runs) == 1 else "are"
    later = f" {listed(runs)} {verb} answered at `importer run`." if runs else ""
    return said + later
