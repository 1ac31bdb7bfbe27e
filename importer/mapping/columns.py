"""Converts the cells of a column to payload values, equal cells only once."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

from importer.cache import Cache
from importer.mapping.binding import BoundColumn
from importer.mapping.conversion.each import part_of as item_part
from importer.mapping.conversion.values import CLEAR, Doubt, Edit, Fault, shown
from importer.model import Cells
from importer.template import Column as Rule
from importer.template.patterns import compiled, part_of

Column = list[Any]
_FIRST = itemgetter(0)
_REMARKABLE = frozenset({type(CLEAR), Doubt, Fault, Edit})


def kinds_of(column: Column) -> set[type]:
    """Return the types of a column's cells."""
    return column.kinds if isinstance(column, Cells) else set(map(type, column))


def with_kinds(column: Column) -> Column:
    """Return a column that knows the types of its cells."""
    return column if isinstance(column, Cells) else Cells(column)


def raw_cells(
    column: BoundColumn, cells: list[Column], count: int, parts: list[Any] | None
) -> Column:
    """Return the cells of a column, the joined cells of several, or parts of the `each` items."""
    rule = column.rule
    if rule.constant is not None:
        return [rule.constant] * count
    if rule.part is not None:
        return [item_part(item, rule.part) for item in parts or ()]
    sources = {i: cells[i] if i < len(cells) else [""] * count for i in column.sources}
    if len(column.pieces) < 2:
        return next(iter(sources.values()), [""] * count)
    texts = {i: list(_texts(source, column.extracts.get(i))) for i, source in sources.items()}
    return list(_joined(column, texts, count))


def _texts(source: Column, rule: Rule | None) -> Iterator[str]:
    """Yield the texts of cells that are joined: of each what the `extract` of its column takes."""
    pattern = compiled(rule.extract) if rule else None
    for text in (shown(cell).strip() for cell in source):
        yield part_of(pattern, text, rule.join) if pattern and rule else text


def _joined(column: BoundColumn, texts: Mapping[int, list[str]], count: int) -> Iterator[str]:
    """Yield the joined texts of each row; a row without any has none, whatever is constant."""
    pieces = [[one] * count if isinstance(one, str) else texts[one] for one in column.pieces]
    filled = zip(*texts.values(), strict=True)
    for row, own in zip(zip(*pieces, strict=True), filled, strict=True):
        yield column.rule.join.join(filter(None, row)) if any(own) else ""


def converted(column: BoundColumn, raw: Column) -> Column:
    """Return the payload values of cells, with BLANK, CLEAR, Edits, Doubts and Faults among them.

    ASCII text that begins with a letter or digit is kept as it is, a whole column at once where
    that holds for all that is filled. Other cells are converted once for each distinct value,
    cached up to a limit.
    """
    if column.rule.constant is not None:
        return [copy.deepcopy(value) for value in raw]
    known = {kind: _memo(column, kind) for kind in kinds_of(raw)}
    if len(known) != 1:
        return [known[type(cell)][cell] for cell in raw]
    ((kind, texts),) = known.items()
    if not column.plain or kind is not str:
        return list(map(texts.__getitem__, raw))
    filled = list(filter(None, raw))
    if _untouched(filled, column.rule.type):
        return raw if len(filled) == len(raw) else [text or texts[""] for text in raw]
    if column.rule.type == "name":
        return [
            v if v[:1] not in DOUBTFUL and v[-1] > " " and v.isascii() else texts[v] for v in raw
        ]
    return [v if v[:1] not in DOUBTFUL and v.isascii() else texts[v] for v in raw]


DOUBTFUL = frozenset({"", ":", ";", "<", *map(chr, range(ord("0")))})
"""How a text begins that may be blank, have blanks before it, or be a token."""


def _untouched(filled: Column, kind: str) -> bool:
    """Return whether no text begins doubtfully; a name must not end with a blank either."""
    if not DOUBTFUL.isdisjoint(map(_FIRST, filled)) or not "".join(filled).isascii():
        return False
    return kind != "name" or filled == list(map(str.rstrip, filled))


def _memo(column: BoundColumn, kind: type) -> Cache[Any, Any]:
    """Return the cache for cells of one type, since 1, 1.0 and True are equal as keys."""
    if kind not in column.memo:
        column.memo[kind] = Cache(column.convert, _MANY)
    return column.memo[kind]


_MANY = 20_000
"""How many distinct cells of a column and type are cached."""


def remarkable(values: Column) -> list[int]:
    """Return the positions of Faults, CLEARs, Doubts and Edits in a column."""
    if _REMARKABLE.isdisjoint(values.kinds if isinstance(values, Cells) else map(type, values)):
        return []
    return [i for i, value in enumerate(values) if type(value) in _REMARKABLE]
