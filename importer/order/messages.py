"""The messages about references: why a text means no entity, and the cell that is to blame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from importer.finding_codes import FindingCode
from importer.mapping import BoundSheet
from importer.mapping.entity import Entity, RefText
from importer.mapping.key_text import labels, show
from importer.model import Finding, Key
from importer.order.cycles import Cycle, text_paths
from importer.order.key_index import Ambiguous, Missing, Named
from importer.order.levels import DEEPEST
from importer.order.made_by_slip import difference
from importer.order.rewritten import Rewritten
from importer.row_ranges import in_words
from importer.suggest import did_you_mean, listed
from importer.template import EntityRule, SheetRule, Template

CORRECT = "Correct the name."
MADE_TOO = " Is this list to make it as well? `importer template init FILE` proposes how."
"""The way out where no sheet of the files holds what rows stand in."""


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
        return in_words(next(iter(rows.values())))
    names = _sheet_names(list(sheets.values()))
    parts = [f"{in_words(found)} of {names[no]}" for no, found in rows.items()]
    more = f" and {len(parts) - _MOST:,} more sheets" if len(parts) > _MOST else ""
    return ", ".join(parts[:_MOST]) + more


def _sheet_names(sheets: Sequence[BoundSheet]) -> dict[int, str]:
    several = len({sheet.file for sheet in sheets}) > 1
    return {s.no: f"{s.name} in {s.file}" if several else s.name for s in sheets}


_MOST = 6
"""How many sheets a message names."""


def cycle(entity: Entity, found: Cycle) -> Finding:
    """Return the finding on an entity in a cycle; a long one is the same for all in it."""
    sheet, text = entity.sheet, entity.parent
    long = len(found.way) > _WAY
    way = [other.labels[-1] for other in found.way[: _WAY - 2 if long else None]]
    path = " > ".join([*way, "...", found.way[-1].labels[-1]] if long else way)
    place = sheet.place(entity.row, *(cell_of(text, -1, sheet) if text else (0, None)))
    shared = f"This is one of {found.size:,} that lead back to themselves: {path}."
    message = shared if found.shared else f"This leads back to itself: {path}."
    message += " Name another, or none, in one of these rows."
    return Finding(FindingCode.CYCLE, message, place, value=text.text if text else None)


def too_deep(entity: Entity) -> Finding:
    """Return the finding on an entity that is inside more others than there are levels."""
    sheet, text = entity.sheet, entity.parent
    place = sheet.place(entity.row, *(cell_of(text, -1, sheet) if text else (0, None)))
    message = f"This is more than {DEEPEST} levels deep: name a parent further up."
    return Finding(FindingCode.TOO_DEEP, message, place, value=text.text if text else None)


_WAY = 9
"""How many steps of a cycle a message names."""


def stated(text: RefText) -> Named:
    """Return what a text says it means, by itself."""
    rule = text.rule.rule
    paths = (labels(step, rule.path_separators)[-1] for step in text.steps or (text.text,))
    return rule.to[0], tuple(label for path in paths for label in path)


def contradiction(
    template: Template, entity: Entity, first: tuple[RefText, Named], second: tuple[RefText, Named]
) -> Finding:
    """Return the finding on a row that names its parent in two ways which mean two entities."""
    sheet = entity.sheet
    (text, named), (other, other_named) = first, second
    here, there = cell_of(text, -1, sheet), cell_of(other, -1, sheet)
    one, two = (f"the {template.kinds[k].word} `{show(key)}`" for k, key in (named, other_named))
    place, beside = sheet.place(entity.row, *here), sheet.place(entity.row, *there)
    message = f"{place.title} names {one}, but {beside.title} names {two}: keep one of them."
    return Finding(FindingCode.CONTRADICTION, message, place, value=text.text)


def unresolved(
    template: Template,
    text: RefText,
    answer: Missing | Ambiguous,
    sheets: Sequence[BoundSheet] = (),
    *,
    looked_up: bool,
    otherwise: str = "",
) -> str:
    """Return why a text means no entity, and what to do about it.

    `sheets` are those of the files, by whose names and headings the message speaks. `otherwise` is
    what the files have of that name all the same.
    """
    at = kinds_at(template, text, answer.step)
    kinds = " or ".join(template.kinds[kind].word for kind in at)
    if isinstance(answer, Ambiguous):
        names = ", ".join(f"`{show(key)}`" for _, key in answer.candidates[:5])
        return f"`{answer.text}` names more than one {kinds}: {names}. Write the path of one."
    where = f" in {show(answer.within)}" if answer.within else ""
    near = near_of(answer)
    unlike = difference(answer.text, near) if near else ""
    if otherwise:
        place = ", neither here nor in the target" if looked_up else " here"
        return f"There is no {kinds} `{answer.text}`{where}{place}. {otherwise}"
    if looked_up:
        otherwise = "" if near else _row_to_add(template, text, answer, at, sheets)
        end = did_you_mean(near, otherwise) + unlike
        return f"There is no {kinds} `{answer.text}`{where}, neither here nor in the target{end}"
    end = did_you_mean(near) + unlike
    return f"No {kinds} `{answer.text}`{where} here; it will be looked up in the target{end}"


def no_error(template: Template, text: RefText, answer: Missing, *, looked_up: bool) -> str:
    """Return what becomes of a name that nothing has, where that is no error in the template."""
    at = kinds_at(template, text, answer.step)
    kinds = " or ".join(template.kinds[kind].word for kind in at)
    path, end = text.rule.rule.kept_at, did_you_mean(near_of(answer))
    what = f"is kept as a text, in {path}{end}" if path else f"is left out{end}"
    if looked_up:
        return f"There is no {kinds} `{answer.text}`: it {what}"
    return f"Unless the target has a {kinds} `{answer.text}`, it {what}"


def near_of(answer: Missing) -> str | None:
    """Return the name that is meant, unless it is the one that stands there."""
    return None if answer.near == answer.text else answer.near


def written_otherwise(template: Template, text: RefText, meant: Rewritten) -> str:
    """Return why a cell that holds several names, or a path, in another writing means nothing."""
    kinds = " or ".join(template.kinds[kind].word for kind in text.rule.rule.to)
    names = listed(meant.parts)
    if len(meant.parts) == 1:
        return f"There is no {kinds} `{meant.written}`, but there is {names}: write that."
    if not text.rule.rule.many:
        return f"There is no {kinds} `{meant.written}`, but there are {names}: name one of them."
    return (
        f"There is no {kinds} `{meant.written}`, but there are {names}: part them by "
        f"{meant.separator}, as in `{meant.better}`."
    )


def _row_to_add(
    template: Template,
    text: RefText,
    answer: Missing,
    kinds: Sequence[str],
    sheets: Sequence[BoundSheet],
) -> str:
    """Return which row would make what is missing: `Add a row to Glossaries with ...`."""
    made = [kind for kind in kinds if template.kinds[kind].mode != "update"]
    if not made:
        return "Correct the name: an import does not make it."
    if answer.text.casefold() == template.clear.casefold():
        return f"`{answer.text}` empties a field only where it stands alone in the cell."
    via = text.rule.rule.via
    for kind in made:
        path = via or template.kinds[kind].key[-1]
        found = next(_headings_of(template, kind, path), None)
        if found is not None:
            heading = _called(*found, sheets)
            row = _row_with(template, kind, heading, text, answer)
            alone = sheets and not heading.bound and text.rule.rule.parent
            return row + MADE_TOO if row and alone else row or CORRECT
    return CORRECT


def _row_with(
    template: Template, kind: str, heading: _Called, text: RefText, answer: Missing
) -> str:
    """Return the row that would make an entity of a kind; of a path with what it stands in.

    Nothing where no row makes it.
    """
    *above, name = _own_path(text, answer, nests=_nests(template, kind))
    row = f"Correct it, or add a row to {heading.sheet} with `{name}` under {heading.name}"
    if not above:
        return f"{row}."
    if within := next(_inner_parents(template, kind), None):
        within = heading.calls(within)
        return f"{row} and `{' > '.join(above)}` under {within}."
    return f"{row}, in `{' > '.join(above)}`." if _parents(template, kind) else ""


def _own_path(text: RefText, answer: Missing, *, nests: bool) -> Key:
    """Return the labels that the missing entity would have, without its scope.

    Only where such entities stand in each other is a path likely that lacks its blanks: `a>b`.
    """
    whole = text.readings and text.readings[-1][1] == answer.text
    name = text.readings[0][1] if whole else answer.text
    separators = text.rule.rule.path_separators
    if not nests:
        separators = tuple(separator for separator in separators if separator in name)
    return labels(name, separators)[-1]


def _inner_parents(template: Template, kind: str) -> Iterator[str]:
    """Yield the headings under which rows of a kind name what of their own kind they stand in."""
    for sheet in template.sheets:
        for rule in sheet.entities:
            for reference in rule.references if rule.kind == kind else ():
                by_name = reference.by and not reference.via
                if reference.parent and kind in reference.to and by_name:
                    yield reference.by[-1]


def _nests(template: Template, kind: str) -> bool:
    """Return whether an entity of a kind may stand in another one of that kind."""
    return kind in template.kinds_below([kind])


class _Called(Struct, frozen=True):
    """A heading and its sheet as the user's files call them, as the template does without one."""

    sheet: str
    name: str
    bound: BoundSheet | None = None

    def calls(self, main: str) -> str:
        """Return what the sheet calls another of its headings."""
        return self.bound.called(main) if self.bound else main


def _called(rule: SheetRule, main: str, sheets: Sequence[BoundSheet]) -> _Called:
    bound = next((sheet for sheet in sheets if sheet.rule.name == rule.name), None)
    return _Called(bound.name, bound.called(main), bound) if bound else _Called(rule.name, main)


def _headings_of(template: Template, kind: str, path: str) -> Iterator[tuple[SheetRule, str]]:
    """Yield sheet and heading under which rows of a kind have a payload path."""
    for sheet in template.sheets:
        for rule in sheet.entities:
            if rule.kind == kind and not rule.creates and rule.each is None and not _beside(rule):
                for column in rule.columns:
                    if column.path == path and column.heading:
                        yield sheet, column.heading


def _beside(rule: EntityRule) -> bool:
    return any(reference.parent and not reference.by for reference in rule.references)


def kinds_at(template: Template, text: RefText, step: int) -> list[str]:
    """Return the kinds of what the text at a step should name: a parent before the last step."""
    depth = len(text.within + text.steps) if text.steps else len(text_paths(text)[-1])
    kinds = set(text.rule.rule.to)
    for _ in range(depth - 1 - step):
        kinds = {parent for kind in kinds for parent in _parents(template, kind)} or kinds
    return [name for name in template.kinds if name in kinds]


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
