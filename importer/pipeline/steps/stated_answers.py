"""Finds the answers that stand in the files: the only value under a heading of one sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from importer.errors import UsageError
from importer.mapping.conversion.values import shown
from importer.mapping.header import SEARCHED
from importer.mapping.recognition.evidence import Candidate
from importer.mapping.recognition.look import Look
from importer.mapping.recognition.recognise import Recogniser
from importer.suggest import listed
from importer.template import Template, fold
from importer.template.model import Ask
from importer.way_out import way_out


class Stated(Struct, frozen=True):
    """What stands under the heading that answers a question, and why that is no `answer`."""

    ask: Ask
    values: tuple[str, ...] = ()
    why_not: str = ""

    @property
    def answer(self) -> str:
        """The answer, blank where there is none or more than one."""
        return "" if self.why_not else self.values[0]


def stated_answers(
    template: Template, recogniser: Recogniser, looks: Sequence[Look]
) -> dict[str, Stated]:
    """Return what the files say to each question whose sheet is among them."""
    asks = {name: ask for name, ask in template.asks.items() if ask.sheet}
    if not asks:
        return {}
    taken = [(look, recogniser.judge(look, alone=len(looks) == 1).taken) for look in looks]
    found = {
        name: [(look, one) for look, one in taken if one and one.rule.name == ask.sheet]
        for name, ask in asks.items()
    }
    return {name: _stated(template, asks[name], mine) for name, mine in found.items() if mine}


def with_reasons(template: Template, stated: Mapping[str, Stated]) -> Template:
    """Return a template whose questions say why the files do not answer them."""
    asks = {
        name: replace(template.asks[name], question=f"{template.asks[name].question} {one.why_not}")
        for name, one in stated.items()
        if one.why_not
    }
    return replace(template, asks={**template.asks, **asks}) if asks else template


def refuse_contradictions(stated: Mapping[str, Stated], answers: Sequence[tuple[str, str]]) -> None:
    """Raise UsageError for an answer of the user's that is none of those in the files."""
    for name, answer in answers:
        one = stated.get(name)
        if one and one.values and fold(answer) not in map(fold, one.values):
            raise UsageError(
                f"{way_out(f'--set {name}={answer}', answer)}: the sheet {one.ask.sheet} says "
                f"{listed(one.values)} under {one.ask.heading}. "
                f"{way_out(f'Leave out --set {name}', 'Answer with that')}, or correct the sheet."
            )


def _stated(template: Template, ask: Ask, sheets: Sequence[tuple[Look, Candidate]]) -> Stated:
    columns = [_columns(ask, taken) for _, taken in sheets]
    if not any(columns):
        return Stated(ask, why_not=f"(The sheet {ask.sheet} has no column {ask.heading}.)")
    if any(len(look.cells) >= SEARCHED for look, _ in sheets):
        why = f"(The sheet {ask.sheet} is too long to be searched for one answer.)"
        return Stated(ask, why_not=why)
    found = (
        _values(template, look, taken, at, ask)
        for (look, taken), at in zip(sheets, columns, strict=True)
    )
    values = tuple(dict.fromkeys(value for some in found for value in some))
    return Stated(ask, values, _why_not(ask, values))


def _why_not(ask: Ask, values: Sequence[str]) -> str:
    if not values:
        return f"({ask.heading} is blank on the sheet {ask.sheet}.)"
    if len(values) > 1:
        return f"(The sheet {ask.sheet} says {listed(values)} under {ask.heading}.)"
    return ""


def _columns(ask: Ask, taken: Candidate) -> list[int]:
    names = {fold(name) for name in taken.rule.columns[ask.heading].names}
    return [i for i, heading in enumerate(taken.header.headings) if fold(heading) in names]


def _values(
    template: Template, look: Look, taken: Candidate, at: Sequence[int], ask: Ask
) -> Iterator[str]:
    """Yield the texts under the heading that are no blanks."""
    own = taken.rule.columns[ask.heading].blanks
    blank = {"", *map(fold, (*template.blanks, *taken.rule.blanks, *own))}
    for row in look.cells[taken.header.row :]:
        texts = (shown(row[i]).strip() for i in at if i < len(row))
        yield from (text for text in texts if fold(text) not in blank)
