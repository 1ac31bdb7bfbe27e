"""What the cells of a column look like: how full, how different, how long, of which forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from statistics import median

from msgspec import Struct

from importer.proposal.cells import PROFILED, Row, folded
from importer.proposal.forms import form_of, is_yes_or_no
from importer.proposal.plain import plain

EXAMINED = 400
"""So many different cells tell the forms of a column."""

_FEW_WORDS = 40
"""A column with more different cells has no words of its own."""

_SEPARATORS = (";", "\n", "|", ",", "/")
"""What parts the items of a list, the surest first."""


class Profile(Struct, frozen=True):
    """The cells of a column, without its blank ones; shares are between 0 and 1.

    `rows` counts the rows of the list, `filled` those with a cell, `distinct` the different cells.
    `values` are the cells as they are compared, blank ones too. `indented` is the share of the
    cells that blanks push to the right, as in an outline.
    """

    rows: int
    filled: int
    distinct: int
    length: float
    forms: dict[str, float]
    yes_no: float
    samples: tuple[str, ...]
    values: tuple[str, ...]
    least: float | None = None
    most: float | None = None
    indented: float = 0.0

    @property
    def fill(self) -> float:
        """Return the share of the rows that have a cell."""
        return self.filled / self.rows if self.rows else 0.0

    @property
    def unique(self) -> float:
        """Return the share of the cells that differ."""
        return self.distinct / self.filled if self.filled else 0.0

    @property
    def repeats(self) -> bool:
        """Return whether cells are mostly repeated."""
        return self.filled >= 4 and self.unique <= 0.5

    @property
    def words(self) -> list[str]:
        """Return the different cells of a column that has few of them, none of any other."""
        few = self.repeats and self.distinct <= _FEW_WORDS and self.texts >= 0.8
        return list(dict.fromkeys(filter(None, self.values))) if few else []

    def share_of(self, known: Set[str]) -> float:
        """Return the share of the cells that are words of a list."""
        hits = sum(plain(value) in known for value in self.values if value)
        return hits / self.filled if self.filled else 0.0

    def share_like(self, pattern: re.Pattern[str]) -> float:
        """Return the share of the cells that a pattern fits."""
        hits = sum(bool(pattern.fullmatch(value)) for value in self.values if value)
        return hits / self.filled if self.filled else 0.0

    @property
    def apart(self) -> float:
        """Return how well the column tells all rows apart: different cells, and few blank ones."""
        return self.unique * min(1.0, self.fill / 0.6)

    def apart_with(self, outer: Sequence[Profile]) -> float:
        """Return how well the column tells all rows apart together with outer ones."""
        rows = zip(*(each.values for each in outer), self.values, strict=True)
        filled = [row for row in rows if row[-1]]
        return len(set(filled)) / len(filled) * min(1.0, self.fill / 0.6) if filled else 0.0

    @property
    def runs(self) -> bool:
        """Return whether the cells only count the rows: 1, 2, 3..."""
        cells = [value for value in self.values if value]
        return len(cells) > 2 and cells == [str(at) for at in range(1, len(cells) + 1)]

    def share(self, *forms: str) -> float:
        """Return the share of the cells that have one of these forms."""
        return sum(self.forms.get(form, 0.0) for form in forms)

    @property
    def numbers(self) -> float:
        """Return the share of the cells that are numbers."""
        return self.share("integer", "number")

    @property
    def texts(self) -> float:
        """Return the share of the cells that may name something."""
        return self.share("text", "code", "acronym", "street", "path") + 0.5 * self.share(
            "sentence"
        )


def profile_of(rows: Sequence[Row], column: int, examined: int = EXAMINED) -> Profile:
    """Return what the first rows tell of a column (from 0); so many different cells tell forms."""
    cells = [row.cells[column] for row in rows[:PROFILED]]
    given = Counter(cell for cell in cells if cell)
    usual = dict(given.most_common(examined))
    forms = _shares(usual)
    compared = {cell: folded(cell) for cell in given} | {"": ""}
    values = tuple(map(compared.__getitem__, cells))
    numbers = [number for cell in usual if (number := number_of(cell)) is not None]
    return Profile(
        rows=len(cells),
        filled=given.total(),
        distinct=len(set(values) - {""}),
        length=median(len(cell) for cell in usual) if usual else 0.0,
        forms=forms,
        yes_no=_share(map(is_yes_or_no, usual), usual),
        samples=tuple(_typical(given)),
        values=values,
        least=min(numbers, default=None),
        most=max(numbers, default=None),
        indented=_indented(rows[:PROFILED], column) / max(given.total(), 1),
    )


def _indented(rows: Sequence[Row], column: int) -> int:
    """Return how many cells of a column begin with two blanks or more."""
    raw = (row.raw[column] for row in rows if column < len(row.raw))
    return sum(isinstance(cell, str) and cell[:2].isspace() and len(cell) > 2 for cell in raw)


def number_of(text: str) -> float | None:
    """Return the number that a cell holds in a plain form."""
    if text[:1].isdigit() or text[:1] in ("-", "+"):
        try:
            return float(text.replace(",", ".") if text.count(",") == 1 else text)
        except ValueError:
            return None
    return None


def separator_of(profile: Profile) -> str:
    """Return what parts the items of the cells, where a tenth of them have it; else nothing."""
    filled = [value for value in profile.values if value]
    for sign in _SEPARATORS[:3]:
        if sum(sign in value for value in filled) >= max(1, 0.1 * len(filled)):
            return sign
    return ""


def _shares(cells: dict[str, int]) -> dict[str, float]:
    counted: Counter[str] = Counter()
    for cell, times in cells.items():
        counted[form_of(cell)] += times
    total = counted.total() - counted.pop("blank", 0)
    return {form: times / total for form, times in counted.items()} if total else {}


def _share(hits: Iterable[bool], cells: dict[str, int]) -> float:
    total = sum(cells.values())
    return (
        sum(times for hit, times in zip(hits, cells.values(), strict=True) if hit) / total
        if total
        else 0.0
    )


def _typical(given: Counter[str]) -> Iterable[str]:
    """Yield three typical cells: the first ones, unless some stand more often."""
    return [cell for cell, _ in given.most_common(3)]
