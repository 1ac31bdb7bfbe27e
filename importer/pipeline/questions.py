"""What a person is asked before files can be read, and what the answers make of the options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from importer.errors import AnswersNeeded, UsageError
from importer.mapping.recognition.evidence import Candidate
from importer.mapping.recognition.question import Question, Undecided
from importer.options import Options
from importer.suggest import listed

SHEET = "sheet "
"""How the name of a question begins that asks what a sheet holds."""

LEFT_OUT = ""
"""The answer that a sheet is not imported."""

_MOST = 6


class Asked(Struct, frozen=True):
    """A question: `choices` are all answers, each with words for people, where there are few.

    `besides` are the sheets that are taken whatever the answer is.
    """

    name: str
    question: str
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    why: str = ""
    besides: tuple[str, ...] = ()


def asked_by(error: UsageError) -> list[Asked]:
    """Return the questions that an error of opening files stands for, none for another error."""
    if isinstance(error, AnswersNeeded):
        asked = error.questions.items()
        return [Asked(name, question, why=error.why) for name, question in asked]
    if isinstance(error, Undecided):
        return [_of_sheet(question, error.besides) for question in error.questions]
    return []


def with_answers(options: Options, asked: Sequence[Asked], answers: Mapping[str, str]) -> Options:
    """Return the options that the answers to questions make. Raises UsageError."""
    sheets = {one: answers.get(one.name) for one in asked if one.name.startswith(SHEET)}
    others = {name: text for name, text in answers.items() if not name.startswith(SHEET)}
    given = {**dict(options.answers), **others}
    found = replace(options, answers=tuple(given.items()))
    return _with_sheets(found, sheets) if sheets else found


def _with_sheets(options: Options, sheets: Mapping[Asked, str | None]) -> Options:
    only = {name: "" for one in sheets for name in one.besides}
    templates = set()
    for one, answer in sheets.items():
        if answer is None or answer not in dict(one.choices):
            raise UsageError(f"{one.question} Choose one of the answers.")
        if answer != LEFT_OUT:
            template, _, kind = answer.partition("/")
            templates.add(template)
            only[one.name.removeprefix(SHEET)] = kind
    if len(templates) > 1:
        raise UsageError("The sheets chosen follow several templates: import each by itself.")
    if not only:
        raise UsageError("No sheet is left to import: choose what one of them holds.")
    flags = tuple(f"{name}={kind}" if kind else name for name, kind in only.items())
    return replace(options, template=next(iter(templates), options.template), only=flags)


def _of_sheet(question: Question, besides: Sequence[str]) -> Asked:
    name = question.look.name
    seen = listed(question.look.likely_headings(), _MOST, quote="")
    choices = [_choice(candidate) for candidate in question.candidates[:_MOST]]
    return Asked(
        SHEET + name,
        f"What does the sheet {name} hold? Its headings are {seen}.",
        choices=(*choices, (LEFT_OUT, "It is not imported.")),
        besides=tuple(besides),
    )


def _choice(candidate: Candidate) -> tuple[str, str]:
    template, kind = candidate.template, candidate.rule.name
    return f"{template.name}/{kind}", f"{kind} ({template.title})"
