"""A page to be read: why the list cannot be read like that."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from importer.cli.correcting.lines import Line, Look, cut, keys_line, line, window, wrapped
from importer.cli.correcting.page import Next, To
from importer.cli.correcting.picking import moved

MOST = 8
"""A text has at most so many lines."""

WIDTH = 79
"""Lines of so many letters are counted on where a key moves further than one line."""

KEYS = (("↑↓", "move"), ("Esc", "back"))


class Reading(Struct, frozen=True):
    """Texts to be read from top to bottom."""

    title: str
    texts: Sequence[str]
    back: To
    at: int = 0

    @property
    def prompt(self) -> str:
        """Return what can be typed on a terminal that has only lines."""
        return "nothing goes back"

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Return the texts that have room, around the cursor."""
        room = max(height - 4, 1)
        texts = [line(part) for one in self.texts for part in wrapped(one, width, MOST)]
        shown = window(len(texts), self.at + room // 2, room)
        texts = [texts[at] for at in shown]
        return [line(cut(self.title, width), Look.TITLE), *texts, line(""), *keys_line(KEYS, width)]

    def press(self, key: str) -> Next:
        """Move up and down; any other key goes back."""
        if key in ("up", "down", "pageup", "pagedown", "home", "end"):
            count = sum(1 + min(len(one) // WIDTH, MOST) for one in self.texts)
            return replace(self, at=moved(self.at, key, count))
        return self.back()

    def typed(self, _text: str) -> Next:
        """Go back."""
        return self.back()
