"""A page of the dialogue: what it shows, and the page that follows a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from msgspec import Struct

from importer.cli.correcting.correction import Correction
from importer.cli.correcting.lines import Line


class Page(Protocol):
    """What is shown at a time; a key leads to the next page, often the same one."""

    @property
    def prompt(self) -> str:
        """Return what can be typed, for a terminal that has only lines."""
        ...

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Return what it shows in so much room."""
        ...

    def press(self, key: str) -> Next:
        """Return what follows a key: a letter, or `up`, `down`, `enter`, `escape`..."""
        ...

    def typed(self, text: str) -> Next:
        """Return what follows a whole line, on a terminal that has only lines."""
        ...


class Taken(Struct, frozen=True):
    """The end of the dialogue: what was made of the proposal, and the name to keep it under."""

    correction: Correction
    name: str = ""


class Stopped(Struct, frozen=True):
    """The end of the dialogue: nothing is to be done."""


Next: TypeAlias = Page | Taken | Stopped
"""What follows a key."""

To: TypeAlias = Callable[[], Next]
"""Makes the page that follows, when it is needed."""
