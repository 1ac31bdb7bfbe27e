"""A picture as a figure of HTML: a drawing, which screen readers pass over, and words beside it."""

from __future__ import annotations

from html import escape

from msgspec import Struct

from importer.invisible import escaped


class Picture(Struct, frozen=True):
    """A drawing (SVG) and what says the same in words, both as HTML; `look` is its class."""

    look: str
    svg: str
    words: str

    def __html__(self) -> str:
        """Return the figure; a template writes it as it is."""
        return f'<figure class="{self.look}">{self.svg}{self.words}</figure>'


def safe(text: str) -> str:
    """Return a text of somebody else as HTML: nothing in it is markup, hides, or turns around."""
    return escape(escaped(" ".join(text.split())))


def plural(number: int, noun: str) -> str:
    """Return a number with its noun: `1 run`, `1,200 runs`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def drawing(look: str, width: float, height: float, inside: str) -> str:
    """Return a drawing of that size in pixels, which a stylesheet may scale."""
    return (
        f'<svg class="{look}" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" aria-hidden="true" focusable="false">{inside}</svg>'
    )
