"""A group whose commands are made once somebody asks for them: others begin without them."""

from __future__ import annotations

from collections.abc import MutableMapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup


class Later(TyperGroup):
    """The group that a module calls `app`, which is loaded when a command of it is looked up."""

    def __init__(self, name: str, module: str, about: str) -> None:
        self._module = module
        self._made: MutableMapping[str, Any] = {}
        super().__init__(name=name, help=about, rich_markup_mode=None)

    @property
    def commands(self) -> MutableMapping[str, Any]:
        """Return the commands by name."""
        if not self._made:
            made: Any = typer.main.get_command(import_module(self._module).app)
            self._made = made.commands
        return self._made

    @commands.setter
    def commands(self, _none: MutableMapping[str, Any]) -> None:
        """Take what typer sets: nothing."""
