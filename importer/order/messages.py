"""A reference that means nothing in, the sentence that says so and the cell to blame out."""

from __future__ import annotations

from importer.finding_codes import FindingCode
from importer.mapping import BoundSheet
from importer.mapping.entity import Entity, RefText
from importer.mapping.key_text import show
from importer.model import Finding
from importer.order.cycles import ways
from importer.order.key_index import Ambiguous, Missing, Named
from importer.suggest import did_you_mean
from importer.template import Template


def blame(text: RefText, step: int, sheet: BoundSheet) -> tuple[int, str | None]:
    """The 1-based column and heading of the text that was not followed."""
    rule = text.rule
    columns = rule.within + rule.by if text.steps else rule.by
    steps = [column for column in columns if column >= 0]
    if not steps:
        return 0, None
    column = steps[step] if text.steps and -len(steps) <= step < len(steps) else steps[-1]
    headings = sheet.header.headings
    return column + 1, (headings[column] or None) if column < len(headings) else None


def row_of(sheet: BoundSheet, row: int, here: BoundSheet) -> str:
    """A row as one on the sheet `here` speaks of it: `row 5 of Terms in other.xlsx`."""
    name = "" if sheet is here else f" of {sheet.name}"
    return f"row {row}{name}" + (f" in {sheet.file}" if sheet.file != here.file else "")


def contradiction(
    template: Template, text: RefText, other: RefText, here: Named, there: Named, entity: Entity
) -> Finding:
    """A row that says in two ways what it stands in, and means two things."""
    sheet = entity.sheet
    (column, heading), (_, beside) = blame(text, -1, sheet), blame(other, -1, sheet)
    one, two = (f"the {template.kinds[k].word} `{show(key)}`" for k, key in (here, there))
    words = f"{heading} names {one}, but {beside} names {two}: keep one of them."
    place = sheet.place(entity.row, column, heading)
    return Finding(FindingCode.CONTRADICTION, words, place, value=text.text)


def words(
    template: Template, text: RefText, answer: Missing | Ambiguous, *, looked_up: bool
) -> str:
    """Why a text means nothing, and the way out."""
    kinds = " or ".join(_kinds_at(template, text, answer.step))
    if isinstance(answer, Ambiguous):
        names = ", ".join(f"`{show(key)}`" for _, key in answer.candidates[:5])
        return f"`{answer.text}` names more than one {kinds}: {names}. Write the path of one."
    where = f" in {show(answer.within)}" if answer.within else ""
    end = did_you_mean(answer.near)
    if looked_up:
        return f"There is no {kinds} `{answer.text}`{where}, neither here nor in the target{end}"
    return f"No {kinds} `{answer.text}`{where} here; it will be looked up in the target{end}"


def _kinds_at(template: Template, text: RefText, step: int) -> list[str]:
    """What the text at a step should name, in the template's words: a parent before the last."""
    depth = len(text.within + text.steps) if text.steps else len(ways(text)[-1])
    kinds = set(text.rule.rule.to)
    for _ in range(depth - 1 - step):
        kinds = {parent for kind in kinds for parent in _parents(template, kind)} or kinds
    return [kind.word for name, kind in template.kinds.items() if name in kinds]


def _parents(template: Template, kind: str) -> set[str]:
    """The kinds that can be the parent of one, itself aside."""
    return {
        parent
        for sheet in template.sheets
        for rule in sheet.entities
        if rule.kind == kind
        for reference in rule.references
        if reference.parent and not reference.via
        for parent in reference.to
    } - {kind}
