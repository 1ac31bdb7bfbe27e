"""A page with the first rows as they will be sent, and how many rows fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from importer.cli.correcting.correction import Correction, is_doubt
from importer.cli.correcting.lines import Line, Look, cut, keys_line, line, window, wrapped
from importer.cli.correcting.page import Next, Stopped, To
from importer.cli.correcting.picking import moved
from importer.report.cause_text import problem_lines
from importer.template import fold

if TYPE_CHECKING:
    from importer.pipeline.preview import Preview, Sample

KEYS = (("↑↓", "move"), ("Enter", "go on"), ("Esc", "back"), ("q", "stop"))
LEAVE = ("l", "leave out the columns at fault")

PROBLEMS = 3
"""So many causes of what is wrong are shown."""


class Samples(Struct, frozen=True):
    """What the mapping makes of the list; `anew` shows what another correction makes of it."""

    correction: Correction
    made: Sequence[Preview]
    follows: To
    back: To
    anew: Callable[[Correction], Next]
    at: int = 0

    @property
    def prompt(self) -> str:
        """Return what can be typed on a terminal that has only lines."""
        return "nothing goes on, b goes back, l leaves out the columns at fault, q stops"

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Return the count of the rows that fit, some of them, and what is wrong."""
        texts = list(self._texts(width))
        room = max(height - 4, 3)
        shown = window(len(texts), self.at + room // 2, room)
        head = line(cut(self._counts(), width), Look.TITLE)
        return [head, *(texts[at] for at in shown), line(""), *keys_line(self._keys, width)]

    def press(self, key: str) -> Next:
        """Go on, back, or stop."""
        if key in ("enter", "a"):
            return self.follows()
        if key in ("escape", "b"):
            return self.back()
        if key == "l" and self._better != self.correction:
            return self.anew(self._better)
        count = len(list(self._texts(80)))
        return Stopped() if key == "q" else replace(self, at=moved(self.at, key, count))

    def typed(self, text: str) -> Next:
        """Do what a line says."""
        return self.press(text or "enter")

    @property
    def _better(self) -> Correction:
        """Return the correction without the columns that hold errors."""
        return self.correction.without([f for one in self.made for f in one.findings])

    @property
    def _keys(self) -> Sequence[tuple[str, str]]:
        return (*KEYS[:2], LEAVE, *KEYS[2:]) if self._better != self.correction else KEYS

    def _counts(self) -> str:
        rows, valid = sum(one.rows for one in self.made), sum(one.valid for one in self.made)
        return f"{valid:,} of {rows:,} rows can be sent. The first of them as they will be sent:"

    def _texts(self, width: int) -> Iterator[Line]:
        fields = fields_of(self.correction)
        for made in self.made:
            for sample in made.samples:
                yield line(f"{sample.kind.replace('_', ' ')}, row {sample.row}")
                text = "; ".join(_values(sample, fields))
                yield from (line(f"  {one}") for one in wrapped(text, width - 2, 3))
            for problem in problem_lines(list(filter(is_doubt, made.findings)), PROBLEMS):
                yield line(cut(problem, width), Look.DOUBTFUL)


def fields_of(correction: Correction) -> dict[str, list[str]]:
    """Return the fields that each heading of the list fills, by the folded heading."""
    found: dict[str, list[str]] = {}
    for sheet in correction.imported:
        for column in sheet.columns:
            given = [name for name in (column.field, *column.also) if name]
            if given:
                found[fold(column.heading) or fold(f"Column {column.column}")] = given
    return found


def _values(sample: Sample, fields: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield `Plätze -> Capacity: 4` for each value; what an answer fills has no heading."""
    for heading, value in sample.values.items():
        names = " and ".join(fields.get(fold(heading), ()))
        same = not names or fold(names) == fold(heading)
        yield f"{heading if same else f'{heading} -> {names}'}: {value}"
