"""A page with a list of which each line can be ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from importer.cli.correcting.lines import (
    Line,
    Look,
    Piece,
    columns_of,
    cut,
    keys_line,
    line,
    padded,
    window,
    wrapped,
)
from importer.cli.correcting.page import Next, To
from importer.cli.correcting.picking import moved

KEYS = (("↑↓", "move"), ("Space", "tick"), ("Enter", "go on"), ("Esc", "back"))

EDGE = 9
"""So many letters stand before a name: its number, and the box for the tick."""


class Tick(Struct, frozen=True):
    """A line, what is said of it, and the page with its tick changed; None where it has none."""

    name: str
    note: str = ""
    ticked: bool = False
    changed: Callable[[], Ticking] | None = None


class Ticking(Struct, frozen=True):
    """Lines that can be ticked; `refused` says why they were not taken as they were."""

    title: str
    ticks: Sequence[Tick]
    follows: To
    back: To
    at: int = 0
    refused: str = ""

    @property
    def prompt(self) -> str:
        """Return what can be typed on a terminal that has only lines."""
        return "a number changes its tick, nothing goes on, b goes back"

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Return the title, the lines that have room, the whole of the one at the cursor, keys."""
        head = [line(one, Look.TITLE) for one in wrapped(self.title, width)]
        below = [
            *self._whole(width),
            *(line(o, Look.DOUBTFUL) for o in wrapped(self.refused, width)),
        ]
        keys = keys_line(KEYS, width)
        room = max(height - len(head) - len(below) - len(keys) - 2, 2)
        wide = columns_of([(one.name,) for one in self.ticks], (width - EDGE,))[0]
        rows = [self._row(at, wide, width) for at in window(len(self.ticks), self.at, room)]
        return [*head, *(rows or [line("None.")]), line(""), *below, *keys]

    def press(self, key: str) -> Next:
        """Move, tick, go on or back."""
        if key == "enter":
            return self.follows()
        if key == "escape":
            return self.back()
        if key == " ":
            return self._changed(self.at)
        return replace(self, at=moved(self.at, key, len(self.ticks)))

    def typed(self, text: str) -> Next:
        """Change the tick of a number."""
        if text == "b":
            return self.back()
        known = text.isdecimal() and 0 < int(text) <= len(self.ticks)
        return self.follows() if not text else self._changed(int(text) - 1) if known else self

    def _changed(self, at: int) -> Ticking:
        changed = self.ticks[at].changed if self.ticks else None
        return replace(changed(), at=at) if changed else self

    def _row(self, at: int, wide: int, width: int) -> Line:
        one = self.ticks[at]
        box = "   " if not one.changed else "[x]" if one.ticked else "[ ]"
        look = Look.HERE if at == self.at else Look.PLAIN
        note = cut(one.note, max(width - wide - EDGE - 1, 0))
        edge = Piece(f"{at + 1:>3} {box} ", Look.FAINT)
        return (edge, Piece(padded(one.name, wide), look), Piece(f"  {note}".rstrip()))

    def _whole(self, width: int) -> list[Line]:
        """Return all that is said of the line at the cursor."""
        one = self.ticks[self.at] if self.ticks else Tick("")
        text = f"{one.name}: {one.note}" if one.note else one.name
        return [line(each, Look.FAINT) for each in wrapped(text, width)]
