"""Draws pages on a terminal and reads keys; the screen is as it was before, once it has ended."""

from __future__ import annotations

import sys
from collections.abc import Callable

from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output import create_output
from prompt_toolkit.utils import is_dumb_terminal

from importer.cli.correcting.page import Next, Page, Stopped, Taken

NAMES = {
    "c-m": "enter",
    "c-j": "enter",
    "c-h": "backspace",
    "c-i": "tab",
    "c-u": "clear",
    "s-tab": "tab",
    "right": "tab",
}
"""How keys are called here that prompt_toolkit calls otherwise."""

SINGLE = ("up", "down", "left", "pageup", "pagedown", "home", "end", "escape", "delete", *NAMES)

ESCAPE_WAIT = 0.1
"""Seconds after which an escape is a key of its own, and no longer the beginning of an arrow."""


def known() -> bool:
    """Return whether the terminal has arrow keys and a screen to draw on."""
    return not is_dumb_terminal()


def show(page: Page) -> Taken | Stopped:
    """Show a page and those that follow, until the dialogue has ended. Raises KeyboardInterrupt."""
    return _Screen(page).run()


class _Screen:
    """The terminal; `page` is what it shows."""

    def __init__(self, page: Page) -> None:
        self._page = page
        control = FormattedTextControl(self._text, show_cursor=False)
        self._application: Application[Taken | Stopped] = Application(
            layout=Layout(Window(control, always_hide_cursor=True)),
            key_bindings=self._bindings(),
            full_screen=True,
            input=create_input(sys.stdin),
            output=create_output(sys.stderr),
        )
        self._application.ttimeoutlen = ESCAPE_WAIT
        self._application.timeoutlen = ESCAPE_WAIT

    def run(self) -> Taken | Stopped:
        """Show pages to the end."""
        return self._application.run(handle_sigint=False)

    def _text(self) -> StyleAndTextTuples:
        size = self._application.output.get_size()
        lines = self._page.lines(size.columns - 1, size.rows)
        return [
            each
            for one in lines[: size.rows]
            for each in (*((str(piece.look), piece.text) for piece in one), ("", "\n"))
        ]

    def _bindings(self) -> KeyBindings:
        bindings = KeyBindings()
        bindings.add("c-c")(_interrupt)
        bindings.add("<any>")(self._typed)
        bindings.add("<bracketed-paste>")(self._typed)
        for name in SINGLE:
            bindings.add(name)(self._press(NAMES.get(name, name)))
        return bindings

    def _press(self, key: str) -> Callable[[KeyPressEvent], None]:
        def pressed(_event: KeyPressEvent) -> None:
            self._go(self._page.press(key))

        return pressed

    def _typed(self, event: KeyPressEvent) -> None:
        for letter in event.data:
            if letter.isprintable():
                self._go(self._page.press(letter))

    def _go(self, follows: Next) -> None:
        if isinstance(follows, Taken | Stopped):
            if not self._application.is_done:
                self._application.exit(result=follows)
        else:
            self._page = follows


def _interrupt(event: KeyPressEvent) -> None:
    event.app.exit(exception=KeyboardInterrupt())
