"""A page with a text to be typed: an answer to a question, or a name."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from importer.cli.correcting.lines import Line, Look, cut, keys_line, line, wrapped
from importer.cli.correcting.page import Next, To
from importer.cli.correcting.picking import Follows

KEYS = (("Enter", "take it"), ("Ctrl-U", "empty it"), ("Esc", "back"))


class Typing(Struct, frozen=True):
    """A question and the text typed so far; `refused` says why the last one was not taken."""

    question: str
    text: str
    follows: Follows
    back: To
    refused: str = ""
    notes: Sequence[str] = ()

    @property
    def prompt(self) -> str:
        """Return what can be typed on a terminal that has only lines."""
        return f"a text; nothing takes `{self.text}`" if self.text else "a text"

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Return the question, the text, and why a text was refused."""
        notes = [line(one) for note in self.notes for one in wrapped(note, width)]
        why = [line(one, Look.DOUBTFUL) for one in wrapped(self.refused, width)]
        head = [line(one, Look.TITLE) for one in wrapped(self.question, width)]
        room = max(height - len(head) - 5, 1)
        text = line(f"> {cut(self.text, width - 4)}_")
        return [*head, *notes[:room], line(""), text, *why, line(""), *keys_line(KEYS, width)]

    def press(self, key: str) -> Next:
        """Type a letter, or take what has been typed."""
        if key == "enter":
            return self.follows(self.text.strip())
        if key == "escape":
            return self.back()
        if key == "backspace":
            return replace(self, text=self.text[:-1])
        if key == "clear":
            return replace(self, text="")
        return replace(self, text=self.text + key) if len(key) == 1 else self

    def typed(self, text: str) -> Next:
        """Take a whole line; an empty one takes what is offered."""
        return self.follows(text or self.text)
