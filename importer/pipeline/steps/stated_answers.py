"""Finds the answers that stand in the files: the only value under a heading of one sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.mapping.conversion.values import shown
from importer.mapping.header import SEARCHED
from importer.mapping.recognition.evidence import Candidate
from importer.mapping.recognition.look import Look
from importer.mapping.recognition.recognise import Recogniser
from importer.template import Template, fold
from importer.template.model import Ask


def stated_answers(
    template: Template, recogniser: Recogniser, looks: Sequence[Look]
) -> Iterator[tuple[str, str]]:
    """Yield the name of each question that the files answer, and the answer.

    Where the sheet is missing, has no value there or several, the question stays open.
    """
    asks = {name: ask for name, ask in template.asks.items() if ask.sheet}
    if not asks:
        return
    taken = [(look, recogniser.judge(look, alone=len(looks) == 1).taken) for look in looks]
    for name, ask in asks.items():
        values = {value for look, one in taken if one for value in _values(ask, look, one)}
        values -= {"", *(value for value in values if fold(value) in map(fold, template.blanks))}
        if len(values) == 1:
            yield name, values.pop()


def _values(ask: Ask, look: Look, taken: Candidate) -> Iterator[str]:
    """Yield the texts under the heading; one more where a sheet is too long to have one value."""
    if taken.rule.name != ask.sheet:
        return
    names = {fold(name) for name in taken.rule.columns[ask.heading].names}
    at = [i for i, heading in enumerate(taken.header.headings) if fold(heading) in names]
    if len(look.cells) >= SEARCHED:
        yield from ("1", "2")
    for row in look.cells[taken.header.row :]:
        yield from (shown(row[i]).strip() for i in at if i < len(row))
