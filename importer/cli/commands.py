"""The commands by name: each is loaded once it is asked for, and the others begin without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer

from importer.cli.later import Later

COMMANDS = {
    "demo": "Import three sample files into a sandbox, end to end.",
    "check": "Read and check files; nothing is sent.",
    "plan": "Check files and compare them with the target: show what a run would do.",
    "run": "Check files, send what is right, report every row.",
    "resume": "Finish a run that was interrupted; nothing is sent twice.",
    "undo": "Revert what a run did; what has changed since then is kept.",
    "runs": "List the runs, or show one, approve what it holds, report it again, stop it, give it "
    "up.",
    "export": "Write what a target holds as a filled template workbook, ready to be changed and "
    "imported.",
    "serve": "Serve the page on which spreadsheets are uploaded, fixed and imported, until Ctrl-C.",
    "worker": "Run jobs by the clock and what is in the queue, until Ctrl-C; start as many as "
    "needed.",
    "sandbox": "Serve the stand-in for Atlan, Apache Atlas and Trebellar until Ctrl-C.",
    "doctor": "Show the settings, where each comes from, and whether each target answers.",
}
"""The commands of a module each -> how their help begins."""

GROUPS = {
    "template": Later(
        "template",
        "importer.cli.templates",
        "List templates, make a blank workbook, write a first mapping.",
    ),
    "user": Later(
        "user", "importer.cli.people", "Say who may use the page, and what they may do there."
    ),
    "jobs": Later("jobs", "importer.cli.jobs", "Import files by the clock, as the settings say."),
}

ABOUT = {**COMMANDS, **{name: group.help or "" for name, group in GROUPS.items()}}
"""Every name of a command or a group -> what the list of commands says of it."""


class CommandsByName(Mapping[str, Any]):
    """The commands; the names are known before any is loaded."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = dict(GROUPS)

    def __getitem__(self, name: str) -> Any:
        if name not in self._made and name in COMMANDS:
            self._made[name] = _command(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(ABOUT)

    def __len__(self) -> int:
        return len(ABOUT)


def _command(name: str) -> Any:
    """Return the command that is the function of its name in the module of its name."""
    from importer.cli.command import Command

    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(cls=Command)(getattr(import_module(f"importer.cli.{name}"), name))
    return typer.main.get_command(alone)
