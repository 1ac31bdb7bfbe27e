"""A page to be read: the rows that are left out, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from importer.cli.correcting.lines import Line, Look, cut, keys_line, line, window
from importer.cli.correcting.page import Next, To
from importer.cli.correcting.picking import moved

KEYS = (("↑↓", "move"), ("Esc", "back"))


@dataclass(frozen=True, slots=True)
class Reading:
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
        shown = window(len(self.texts), self.at + room // 2, room)
        texts = [line(cut(self.texts[at], width)) for at in shown]
        return [line(cut(self.title, width), Look.TITLE), *texts, line(""), *keys_line(KEYS, width)]

    def press(self, key: str) -> Next:
        """Move up and down; any other key goes back."""
        if key in ("up", "down", "pageup", "pagedown", "home", "end"):
            return replace(self, at=moved(self.at, key, len(self.texts)))
        return self.back()

    def typed(self, _text: str) -> Next:
        """Go back."""
        return self.back()
