"""A page with a list to choose from; typing narrows it."""

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

KEYS = (("↑↓", "move"), ("Enter", "take it"), ("letters", "search"), ("Esc", "back"))


class Option(Struct, frozen=True):
    """Something to choose: its name, and what is said of it."""

    name: str
    note: str
    follows: To


class Picking(Struct, frozen=True):
    """A list to choose from; `search` is what has been typed, `at` the place of the cursor."""

    title: str
    options: Sequence[Option]
    back: To
    at: int = 0
    search: str = ""

    @property
    def prompt(self) -> str:
        """Return what can be typed on a terminal that has only lines."""
        return "a number takes it, other text searches, nothing goes back"

    @property
    def found(self) -> list[Option]:
        """Return the options with all words that have been typed."""
        words = self.search.casefold().split()
        return [one for one in self.options if all(word in _text(one) for word in words)]

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Return the title, the options that have room, and the keys."""
        found = self.found
        title = [line(one, Look.TITLE) for one in wrapped(self.title, width, 3)]
        keys = keys_line(KEYS, width)
        shown = window(len(found), self.at, max(height - len(title) - len(keys) - 3, 2))
        wide = columns_of([(one.name,) for one in found], (max(width // 2, 20),))[0]
        rows = [self._row(at, found[at], wide, width) for at in shown]
        return [*title, line(self._searched(len(found))), *rows, line(""), *keys]

    def press(self, key: str) -> Next:
        """Move, take, search or go back."""
        if key == "enter":
            return self.found[self.at].follows() if self.found else self
        if key == "escape":
            return replace(self, search="", at=0) if self.search else self.back()
        if key == "backspace":
            return replace(self, search=self.search[:-1], at=0)
        if len(key) == 1:
            return replace(self, search=self.search + key, at=0)
        return replace(self, at=moved(self.at, key, len(self.found)))

    def typed(self, text: str) -> Next:
        """Take the option of a number, search for any other text."""
        if not text:
            return self.back()
        if text.isdecimal() and 0 < int(text) <= len(self.found):
            return self.found[int(text) - 1].follows()
        return replace(self, search=text, at=0)

    def _row(self, at: int, one: Option, wide: int, width: int) -> Line:
        number = f"{at + 1:>3} "
        look = Look.HERE if at == self.at else Look.PLAIN
        name = padded(one.name, wide)
        return (
            Piece(number, Look.FAINT),
            Piece(name, look),
            Piece("  " + cut(one.note, width - wide - 6)),
        )

    def _searched(self, count: int) -> str:
        many = "nothing has" if not count else f"{count} of {len(self.options)} have"
        return f"Search: {cut(self.search, 40)}_  {many} it" if self.search else ""


def moved(at: int, key: str, count: int) -> int:
    """Return where the cursor is after a key, among so many lines."""
    steps = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10, "home": -count, "end": count}
    return max(0, min(at + steps.get(key, 0), count - 1))


def _text(one: Option) -> str:
    return f"{one.name} {one.note}".casefold()


Follows = Callable[[str], Next]
"""Makes the page that follows what was chosen or typed."""
