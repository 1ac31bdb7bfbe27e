"""Shows pages as plain lines and reads whole lines, where a terminal knows no arrow keys."""

from __future__ import annotations

from importer.cli.console import ask_text, say
from importer.cli.correcting.page import Page, Stopped, Taken

WIDTH, HEIGHT = 79, 1_000


def show(page: Page) -> Taken | Stopped:
    """Show a page and those that follow, until the dialogue has ended. Raises KeyboardInterrupt."""
    while True:
        lines = page.lines(WIDTH, HEIGHT)[: -1 or None]
        say("", *("".join(piece.text for piece in one).rstrip() for one in lines))
        follows = page.typed(ask_text(f"({page.prompt})"))
        if isinstance(follows, Taken | Stopped):
            return follows
        page = follows
