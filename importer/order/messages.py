"""The messages about references: why a text means no entity, and the cell that is to blame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from importer.finding_codes import FindingCode
from importer.mapping import BoundSheet
from importer.mapping.entity import Entity, RefText
from importer.mapping.key_text import show
from importer.model import Finding
from importer.order.cycles import Cycle, text_paths
from importer.order.key_index import Ambiguous, Missing, Named
from importer.order.levels import DEEPEST
from importer.suggest import did_you_mean
from importer.template import Template


def cell_of(text: RefText, step: int, sheet: BoundSheet) -> tuple[int, str | None]:
    """Return the 1-based column and the heading of the text at a step, (0, None) if it has none."""
    rule = text.rule
    columns = rule.within + rule.by if text.steps else rule.by
    steps = [column for column in columns if column >= 0]
    if not steps:
        return 0, None
    column = steps[step] if text.steps and -len(steps) <= step < len(steps) else steps[-1]
    return column + 1, sheet.heading(column)


def row_of(sheet: BoundSheet, row: int, here: BoundSheet) -> str:
    """Return a row's name in a message on the sheet `here`: `row 5 of Terms in other.xlsx`."""
    name = "" if sheet is here else f" of {sheet.name}"
    return f"row {row}{name}" + (f" in {sheet.file}" if sheet.file != here.file else "")


def rows_of(entities: Sequence[Entity]) -> str:
    """Return the rows of entities: `rows 4 to 3001`, with their sheets where these are several."""
    rows: dict[int, list[int]] = {}
    sheets = {entity.sheet.no: entity.sheet for entity in entities}
    for entity in entities:
        rows.setdefault(entity.sheet.no, []).append(entity.row)
    if len(rows) == 1:
        return ranges(next(iter(rows.values())))
    names = _sheet_names(list(sheets.values()))
    parts = [f"{ranges(found)} of {names[no]}" for no, found in rows.items()]
    more = f" and {len(parts) - _MOST:,} more sheets" if len(parts) > _MOST else ""
    return ", ".join(parts[:_MOST]) + more


def _sheet_names(sheets: Sequence[BoundSheet]) -> dict[int, str]:
    several = len({sheet.file for sheet in sheets}) > 1
    return {s.no: f"{s.name} in {s.file}" if several else s.name for s in sheets}


def ranges(rows: Iterable[int]) -> str:
    """Return rows as a person names them: `row 5`, `rows 2, 4 to 9 and 12`."""
    spans: list[list[int]] = []
    for row in sorted(set(rows)):
        if spans and row == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], row]
        else:
            spans.append([row])
    texts = [text for span in spans for text in _span(*span)]
    word = "rows" if len(texts) > 1 or len(spans[0]) > 1 else "row"
    if len(texts) > _MOST:
        return f"{word} {', '.join(texts[:_MOST])} and more"
    return f"{word} {' and '.join(filter(None, [', '.join(texts[:-1]), texts[-1]]))}"


def _span(first: int, last: int | None = None) -> list[str]:
    if last is None or last == first + 1:
        return [str(row) for row in (first, last) if row is not None]
    return [f"{first} to {last}"]


_MOST = 6
"""How many spans of rows, or sheets, a message names."""


def cycle(entity: Entity, found: Cycle) -> Finding:
    """Return the finding on an entity in a cycle; a long one is the same for all in it."""
    sheet, text = entity.sheet, entity.parent
    long = len(found.way) > _WAY
    way = [other.labels[-1] for other in found.way[: _WAY - 2 if long else None]]
    path = " > ".join([*way, "...", found.way[-1].labels[-1]] if long else way)
    place = sheet.place(entity.row, *(cell_of(text, -1, sheet) if text else (0, None)))
    shared = f"This is one of {found.size:,} that lead back to themselves: {path}."
    message = shared if found.shared else f"This leads back to itself: {path}."
    return Finding(FindingCode.CYCLE, message, place, value=text.text if text else None)


def too_deep(entity: Entity) -> Finding:
    """Return the finding on an entity that is inside more others than there are levels."""
    sheet, text = entity.sheet, entity.parent
    place = sheet.place(entity.row, *(cell_of(text, -1, sheet) if text else (0, None)))
    message = f"This is more than {DEEPEST} levels deep: name a parent further up."
    return Finding(FindingCode.TOO_DEEP, message, place, value=text.text if text else None)


_WAY = 9
"""How many steps of a cycle a message names."""


def contradiction(
    template: Template, entity: Entity, first: tuple[RefText, Named], second: tuple[RefText, Named]
) -> Finding:
    """Return the finding on a row that names its parent in two ways which mean two entities."""
    sheet = entity.sheet
    (text, named), (other, other_named) = first, second
    (column, heading), (_, beside) = cell_of(text, -1, sheet), cell_of(other, -1, sheet)
    one, two = (f"the {template.kinds[k].word} `{show(key)}`" for k, key in (named, other_named))
    message = f"{heading} names {one}, but {beside} names {two}: keep one of them."
    place = sheet.place(entity.row, column, heading)
    return Finding(FindingCode.CONTRADICTION, message, place, value=text.text)


def unresolved(
    template: Template, text: RefText, answer: Missing | Ambiguous, *, looked_up: bool
) -> str:
    """Return why a text means no entity, and what to do about it."""
    at = kinds_at(template, text, answer.step)
    kinds = " or ".join(kind.word for name, kind in template.kinds.items() if name in at)
    if isinstance(answer, Ambiguous):
        names = ", ".join(f"`{show(key)}`" for _, key in answer.candidates[:5])
        return f"`{answer.text}` names more than one {kinds}: {names}. Write the path of one."
    where = f" in {show(answer.within)}" if answer.within else ""
    end = did_you_mean(answer.near)
    if looked_up:
        return f"There is no {kinds} `{answer.text}`{where}, neither here nor in the target{end}"
    return f"No {kinds} `{answer.text}`{where} here; it will be looked up in the target{end}"


def kinds_at(template: Template, text: RefText, step: int) -> set[str]:
    """Return the kinds of what the text at a step should name: a parent before the last step."""
    depth = len(text.within + text.steps) if text.steps else len(text_paths(text)[-1])
    kinds = set(text.rule.rule.to)
    for _ in range(depth - 1 - step):
        kinds = {parent for kind in kinds for parent in _parents(template, kind)} or kinds
    return kinds


def _parents(template: Template, kind: str) -> set[str]:
    """Return the kinds that can be the parent of a kind, itself aside."""
    return {
        parent
        for sheet in template.sheets
        for rule in sheet.entities
        if rule.kind == kind
        for reference in rule.references
        if reference.parent and not reference.via
        for parent in reference.to
    } - {kind}
