"""Answers to what a template asks once a run: `{glossary}` in a default or a constant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from importer.errors import AnswersNeeded, UsageError
from importer.suggest import did_you_mean, nearest
from importer.template.columns import Column
from importer.template.model import Template
from importer.template.sheet_rule import EntityRule, SheetRule

_PLACE = re.compile(r"\{(\w+)\}")
BUILT_IN = frozenset({"sheet", "file", "n"})
"""What stands in braces and is no question: names of the sheet and the file, the group's number."""


OPEN = ("", "...", "…")
"""What is no answer: dots stand in commands where one is to be typed."""


def asked_in(value: Any) -> Iterator[str]:
    """Yield the names of the questions whose answers a default or constant holds."""
    if isinstance(value, str):
        yield from (name for name in _PLACE.findall(value) if name not in BUILT_IN)


def answered(template: Template, given: Iterable[tuple[str, str]]) -> Template:
    """Return a template in which the answers stand where they are asked for.

    Raises UsageError for an answer that is not asked for, and where one is missing.
    """
    said = dict(given)
    _refuse_unknown(template, said)
    defaults = {name: ask.default for name, ask in template.asks.items()}
    answers = {**defaults, **said}
    missing = [name for name, answer in answers.items() if answer.strip() in OPEN]
    if missing:
        questions = {name: template.asks[name].question for name in missing}
        raise AnswersNeeded(_words(template, questions), questions, template=template.name)
    sheets = tuple(_with_answers(sheet, answers) for sheet in template.sheets)
    return replace(template, sheets=sheets) if template.asks else template


def _refuse_unknown(template: Template, said: Mapping[str, str]) -> None:
    for name in said:
        if name not in template.asks:
            known = ", ".join(template.asks)
            hint = did_you_mean(nearest(name, template.asks), f"It asks for {known or 'nothing'}.")
            raise UsageError(f"--set {name}: {template.name} does not ask for {name}{hint}")


def _words(template: Template, questions: Mapping[str, str]) -> str:
    asked = (f"- {question} --set {name}=..." for name, question in questions.items())
    first = f"{template.name} asks what its files do not say:"
    return "\n".join([first, *asked, "Repeat the command with the answer."])


def _with_answers(sheet: SheetRule, answers: Mapping[str, str]) -> SheetRule:
    entities = (_entity(rule, answers) for rule in sheet.entities)
    return replace(sheet, entities=tuple(entities))


def _entity(rule: EntityRule, answers: Mapping[str, str]) -> EntityRule:
    return replace(rule, columns=tuple(_column(column, answers) for column in rule.columns))


def _column(column: Column, answers: Mapping[str, str]) -> Column:
    if not any((*asked_in(column.default), *asked_in(column.constant))):
        return column
    return replace(
        column,
        default=_filled(column.default, answers),
        constant=_filled(column.constant, answers),
    )


def _filled(value: Any, answers: Mapping[str, str]) -> Any:
    if not isinstance(value, str):
        return value
    return _PLACE.sub(lambda match: answers.get(match.group(1), match.group()), value)
