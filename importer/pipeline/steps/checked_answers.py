"""Checks the answers that rows will carry, as the cells of their columns would be checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from importer.errors import AnswersNeeded
from importer.mapping.conversion.converters import converter
from importer.mapping.conversion.values import Doubt, Fault
from importer.template import Column, Kind, Template
from importer.template.answers import asked_in
from importer.template.paths import node_at


def refuse_unfit(asked: Template, filled: Template) -> None:
    """Raise AnswersNeeded for an answer that its field does not take.

    `asked` is the template with its questions, `filled` the same one with the answers.
    """
    for (column, kind), (own, _) in zip(_columns(asked), _columns(filled), strict=True):
        for key in ("default", "constant"):
            names = tuple(asked_in(getattr(column, key)))
            if names and column.path and (why := _why_not(own, kind, getattr(own, key))):
                question = {names[0]: asked.asks[names[0]].question}
                raise AnswersNeeded(f"--set {names[0]}={getattr(own, key)}: {why}", question, why)


def why_unfit(asked: Template, name: str, answer: str) -> str:
    """Return what is wrong with the answer to one question of a template, blank where nothing is.

    What is put together of several answers is not looked at.
    """
    for column, kind in _columns(asked):
        for key in ("default", "constant"):
            if getattr(column, key) == f"{{{name}}}" and column.path:
                told: dict[str, Any] = {key: answer}
                filled = replace(column, **told)
                if why := _why_not(filled, kind, answer):
                    return why
    return ""


def _columns(template: Template) -> Iterator[tuple[Column, Kind]]:
    for entity in (entity for sheet in template.sheets for entity in sheet.entities):
        kind = template.kinds[entity.kind]
        yield from ((column, kind) for column in entity.columns)


def _why_not(column: Column, kind: Kind, answer: str) -> str:
    """Return what is wrong with an answer, blank where its field takes it."""
    node = node_at(kind.schema, column.path or "") or {}
    value = converter(column, node, "")(answer)
    found = value.reasons[0] if isinstance(value, Doubt) else value
    return found.message if isinstance(found, Fault) else ""
