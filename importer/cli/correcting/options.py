"""What there is to choose from: fields for a column, kinds for rows, rows for headings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from importer.cli.correcting.correction import Correction
from importer.cli.correcting.page import Next
from importer.cli.correcting.picking import Follows, Option, Picking
from importer.cli.correcting.typing import Typing

if TYPE_CHECKING:
    from importer.cli.correcting.page import To
    from importer.proposal import ColumnProposal

LEFT_OUT = "left out"
NOT_FOR_IMPORT = "not for import"
SHOWN_ROWS = 60


def fields(correction: Correction, sheet: int, at: int, follows: Follows, back: To) -> Picking:
    """Return the fields that a column may fill: its own, likely ones, all others, none."""
    column = correction.sheet(sheet).columns[at]
    cells = ", ".join(column.samples)
    title = f"What does {named(column)} hold? {cells}"
    options = [*_fields(correction, sheet, column, follows, back)]
    here = next((at for at, one in enumerate(options) if one.name == (column.field or LEFT_OUT)), 0)
    return Picking(title, options, back, here)


def kinds(correction: Correction, sheet: int, follows: Follows, back: To) -> Picking:
    """Return what the rows of a sheet may be, the likeliest first."""
    found, known = correction.sheet(sheet), correction.lists.kinds
    likely = [one for one in (found.kind, found.runner_up) if one and one in known]
    names = list(dict.fromkeys([*likely, *known]))
    why = {found.kind: "; ".join(found.reasons), found.runner_up: "the next likely"}
    options = [_option(known[one].word, why.get(one, ""), follows, one) for one in names]
    options.append(_option(NOT_FOR_IMPORT, why.get(None, ""), follows, ""))
    here = 0 if found.kind else len(options) - 1
    return Picking(f"What is each row of the sheet {found.name}?", options, back, here)


def heading_rows(correction: Correction, sheet: int, follows: Follows, back: To) -> Picking:
    """Return the first rows of a sheet, one of which holds the headings."""
    found = correction.sheet(sheet)
    rows = correction.lists.sheets[sheet].rows[:SHOWN_ROWS]
    options = [_option("none", "there is no row of headings", follows, "0")]
    for number, cells in rows:
        texts = " | ".join(str(cell) for cell in cells if cell != "")
        options.append(_option(f"row {number}", texts, follows, str(number)))
    numbers = [0, *(number for number, _ in rows)]
    here = numbers.index(found.header_row) if found.header_row in numbers else 0
    return Picking("Which row holds the headings?", options, back, here)


def named(column: ColumnProposal) -> str:
    """Return how a column is called in a question."""
    return f"`{column.heading}`" if column.heading else f"column {column.column}"


def _fields(
    correction: Correction, sheet: int, column: ColumnProposal, follows: Follows, back: To
) -> Iterator[Option]:
    rules = correction.rules(sheet)
    own = rules.own if rules else ""
    notes = correction.lists.fields(rules.kind) if rules else {}
    likely = [one for one in column.choices if not (own and one.startswith(own))]
    if column.field:
        yield _option(column.field, f"{column.score:.0%}: {column.reason}", follows, column.field)
    for name in likely:
        yield _option(name, notes.get(name, ""), follows, name)
    yield _option(LEFT_OUT, "the column is not imported", follows, "")
    if own:
        typed = _own_name(correction, own, column, follows, back)
        yield Option(f"{own}…", "a property of your own, by a name that you type", typed)
    shown = {column.field, *likely}
    for name in sorted(notes):
        if name not in shown:
            yield _option(name, notes.get(name, ""), follows, name)


def _own_name(
    correction: Correction, own: str, column: ColumnProposal, follows: Follows, back: To
) -> To:
    """Return the page that asks for the name of a property, where the heading is offered."""

    def given(name: str) -> Next:
        plain = " ".join(name.replace("*", " ").split())
        taken = any(f"{own}{plain}" == one.field for s in correction.imported for one in s.columns)
        why = "Type a name." if not plain else f"{own}{plain} is filled already." if taken else ""
        return page(plain, why) if why else follows(f"{own}{plain}")

    def page(text: str, refused: str = "") -> Next:
        return Typing(f"{own}… which name shall it have?", text, given, back, refused)

    return lambda: page(column.heading)


def _option(name: str, note: str, follows: Follows, value: str) -> Option:
    return Option(name, note, lambda: follows(value))
