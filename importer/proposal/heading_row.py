"""Finds the row of headings: its words are known, cover the columns, and differ from the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from statistics import median

from msgspec import Struct

from importer.proposal.cells import Row, Table, Texts, folded
from importer.proposal.concepts import reading
from importer.proposal.data import listed
from importer.proposal.forms import ENDS, form_of, is_sentence
from importer.proposal.numbered import name_levels
from importer.proposal.plain import plain

SEARCHED, CANDIDATES, COMPARED = 60, 20, 60
"""How many rows are searched, how many of them first, and by how many rows below each is judged."""

LEAST = 3.9
"""A row with fewer points holds no headings."""

_LONGEST_QUESTION = 150

_LONGEST_HEADING = 200

_UNDERSTOOD = 0.6
"""A long text of which so much is understood may be a heading."""

_LEVELS = 1.0
"""So many points more has a row that counts levels, where names below are words for things."""

_DATA = ("integer", "number", "date", "time", "url", "mail", "guid", "zone")


class Found(Struct, frozen=True):
    """The row of headings, and its points; `at` is its place among the rows that are not blank."""

    at: int
    points: float


def find(table: Table, known: Sequence[frozenset[str]] = ()) -> Found | None:
    """Return the row of headings, None where no row has enough points.

    `known` are the headings of other sheets: a sheet whose first row equals one has these.
    """
    count = sum(row.number <= SEARCHED for row in table.rows[:SEARCHED])
    if count and heading_set(table.rows[0].cells) in known:
        return Found(0, 2 * LEAST)
    near = _best(table, range(min(count, CANDIDATES)))
    found = near or _best(table, range(CANDIDATES, count))
    return _lower(table, found) if found else None


def _lower(table: Table, found: Found) -> Found:
    """Return the lower of two rows of headings, where it heads columns that the upper does not."""
    upper, *below = table.rows[found.at : found.at + 2]
    if not below or below[0].number != upper.number + 1:
        return found
    added = sum(
        bool(own) and not head for own, head in zip(below[0].cells, upper.cells, strict=True)
    )
    under = sum(
        bool(own) and bool(head) for own, head in zip(below[0].cells, upper.cells, strict=True)
    )
    lower = Found(found.at + 1, points(table, found.at + 1))
    likely = added and under and len(below[0].filled) < table.width and lower.points >= LEAST
    return lower if likely else found


def _best(table: Table, places: range) -> Found | None:
    """Return the best of some rows, None where it has too few points."""
    judged = (Found(at, points(table, at)) for at in places)
    best = max(judged, key=lambda found: found.points, default=None)
    return best if best and best.points >= LEAST else None


def heading_set(cells: Texts) -> frozenset[str]:
    """Return the headings of a row as other sheets' are compared with them."""
    return frozenset(folded(cell) for cell in cells if cell)


def headings_at(table: Table, at: int) -> Texts:
    """Return the headings of a row; where one is blank, what stands just above it."""
    row = table.rows[at]
    above = table.rows[at - 1] if at else None
    if not above or above.number != row.number - 1 or len(above.filled) < 2:
        return row.cells
    return tuple(own or upper for own, upper in zip(row.cells, above.cells, strict=True))


def groups_at(table: Table, at: int) -> Texts:
    """Return what stands above each heading for it and those to its right: `Room` over `Name`."""
    row = table.rows[at]
    above = table.rows[at - 1] if at else None
    if not above or above.number != row.number - 1 or len(above.filled) < 2:
        return ("",) * table.width
    return tuple(accumulate(above.cells, lambda group, own: own or group))


def points(table: Table, at: int) -> float:
    """Return the points of a row; none where it cannot be one of headings."""
    row = table.rows[at]
    below = list(_below(table, at))
    columns = _data_columns(below, table.width) or [i for i, cell in enumerate(row.cells) if cell]
    headed = [column for column in columns if row.cells[column]]
    texts = row.filled
    if all(plain(text) in listed("column_types") for text in texts):
        return 0.0
    cover, texty = len(headed) / len(columns), _share(_is_texty, texts)
    if (at and not below) or len(texts) < 2 or texty < 0.7 or cover < 0.4:
        return 0.0
    contrast = sum(_contrast(row.cells[i], [r.cells[i] for r in below]) for i in headed)
    return (
        2.2 * _known(texts)
        + 1.5 * cover
        + 1.0 * texty
        + 0.7 * len(set(map(folded, texts))) / len(texts)
        + 1.2 * contrast / max(len(headed), 1)
        + _LEVELS * name_levels([text for text in texts if not _is_long(text)])
        - 2.0 * _share(_is_long, texts)
        - 0.04 * min(at, CANDIDATES)
    )


def _below(table: Table, at: int) -> Iterator[Row]:
    """Yield the rows below one, without those that repeat it, all or most of it."""
    headings = table.rows[at].cells
    filled = len(table.rows[at].filled)
    for row in table.rows[at + 1 : at + 1 + COMPARED]:
        same = sum(a == b != "" for a, b in zip(row.cells, headings, strict=True))
        if same < 2 or same < 0.8 * filled:
            yield row


def _data_columns(rows: Sequence[Row], width: int) -> list[int]:
    """Return the columns that are filled in a tenth of the rows at least."""
    filled = [sum(1 for row in rows if row.cells[column]) for column in range(width)]
    return [column for column, count in enumerate(filled) if count and count >= 0.1 * len(rows)]


def _contrast(heading: str, cells: Sequence[str]) -> float:
    filled = [cell for cell in cells if cell]
    if not filled:
        return 0.0
    if folded(heading) in set(map(folded, filled)):
        return -2.0
    if _is_long(heading) and sum(map(_is_long, filled)) >= 0.5 * len(filled):
        return -1.0
    data = sum(form_of(cell) in _DATA for cell in filled) >= 0.8 * len(filled)
    long = median(map(len, filled)) >= 3 * len(heading)
    repeated = len(filled) >= 4 and len(set(filled)) <= 0.7 * len(filled)
    return (1.0 if data or long else 0.0) + (0.7 if repeated else 0.0)


def _known(texts: Sequence[str]) -> float:
    return sum(reading(text).confidence for text in texts if not _is_long(text)) / len(texts)


def _is_texty(text: str) -> bool:
    return form_of(text) not in _DATA


def _is_long(text: str) -> bool:
    """Return whether a text is longer than headings are, unless it is a question of a form.

    One that is well understood is none.
    """
    question = text.partition("?")[1] and len(text) <= _LONGEST_QUESTION
    long = len(text) > 60 or len(text.split()) > 9 or is_sentence(text)
    return not question and long and not _is_understood(text)


def _is_understood(text: str) -> bool:
    stops = text.endswith(ENDS) and not text.endswith("?")
    return not stops and len(text) <= _LONGEST_HEADING and reading(text).confidence >= _UNDERSTOOD


def _share(test: Callable[[str], bool], texts: Sequence[str]) -> float:
    return sum(1 for text in texts if test(text)) / len(texts) if texts else 0.0
