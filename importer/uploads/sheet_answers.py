"""What is asked once of a sheet, for its mapping, and what a person answers to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from importer.errors import UsageError
from importer.pipeline.propose import Lists
from importer.proposal import Ask, Proposal
from importer.proposal.chosen import Choice, Choices
from importer.proposal.settled import answer_of, why_not
from importer.suggest import listed
from importer.uploads.views import Match, SheetChoice, SheetMatch, SheetQuestion

Key = tuple[str, str]
"""The names of file and sheet."""


def question_of(ask: Ask) -> SheetQuestion:
    """Return a question of a sheet as a page shows it."""
    known = (ask.name, ask.question, ask.default, ask.choices, ask.several)
    return SheetQuestion(*known, "" if why_not(ask, ask.answer) else ask.answer)


def with_answers(lists: Lists, chosen: Choices) -> Proposal:
    """Return what is proposed around what was chosen, its answers in the words of the choices.

    What is no answer any more, as with a column for what rows above others name, is asked again.
    """
    known: dict[Key, dict[str, str]] = {}
    found = lists.propose(chosen)
    for sheet in found.sheets:
        given = {ask.name: ask for ask in sheet.once if ask.answer}
        known[sheet.file, sheet.name] = {
            name: answer_of(ask, ask.answer)
            for name, ask in given.items()
            if not why_not(ask, ask.answer)
        }
    spelt = {key: _spelt(one, known.get(key, {})) for key, one in chosen.items()}
    return found if spelt == chosen else lists.propose(spelt)


def _spelt(choice: Choice, answers: Mapping[str, str]) -> Choice:
    return replace(choice, answers=answers)


def still_asked(found: Proposal) -> str:
    """Return the first question of a sheet that nobody has answered, nothing without one."""
    for sheet in found.sheets:
        for ask in sheet.once:
            if not ask.answer:
                return f"{ask.question} Answer that first, with one of: {listed(ask.choices, 20)}."
    return ""


def refuse_answers(before: Match, after: Match, given: Iterable[SheetChoice]) -> None:
    """Raise UsageError for an answer to nothing that is asked, or with words that are none.

    What was asked before is one: the same choices may have settled it otherwise.
    """
    for choice in given:
        for name, text in choice.answers.items():
            asked = [one for one in _asked(before, after, choice) if one.name == name]
            if not asked:
                raise UsageError(f"{choice.sheet} does not ask for {name}.")
            refused = [why_not(_ask(one), text) for one in asked]
            if text and all(refused):
                raise UsageError(f"{asked[-1].question} {refused[-1]}")


def _asked(before: Match, after: Match, choice: SheetChoice) -> Iterator[SheetQuestion]:
    for match in (before, after):
        yield from (one for sheet in match.sheets if _is(sheet, choice) for one in sheet.questions)


def _is(sheet: SheetMatch, choice: SheetChoice) -> bool:
    return (sheet.file, sheet.sheet) == (choice.file, choice.sheet)


def _ask(one: SheetQuestion) -> Ask:
    return Ask(one.name, one.question, one.likely, one.choices, one.several)
