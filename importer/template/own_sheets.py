"""Tells the sheets that a report or a blank workbook adds from those of the user."""

from __future__ import annotations

from collections.abc import Sequence

from importer.model import SIGNATURE

INSTRUCTIONS = ("Sheet", "Heading", "Must be filled")
"""The first headings of the Instructions sheet of a blank workbook, as it was once made."""

MARK = "importer · "
"""How A1 begins on a sheet that a blank workbook has besides those to fill, in any language."""

FOLDED = "↑ +"
"""How the cell behind the folded columns of a blank sheet begins; it is no heading."""


def ours(head: Sequence[Sequence[object]]) -> bool:
    """Return whether the first rows are those of a sheet we added: a report or instructions."""
    marks = ((SIGNATURE,), INSTRUCTIONS)
    if head and head[0] and str(head[0][0]).startswith(MARK):
        return True
    return any(tuple(row[: len(mark)]) == mark for row in head for mark in marks)


def marked(head: Sequence[Sequence[object]]) -> str:
    """Return the template whose blank workbook a sheet with these first rows says it is of."""
    first = str(head[0][0]).strip() if head and head[0] else ""
    return first.removeprefix(MARK) if first.startswith(MARK) else ""
