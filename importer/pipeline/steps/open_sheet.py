"""The sheets of the files of a run, with their first rows: those that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from importer.errors import UsageError
from importer.mapping.recognition.look import Look
from importer.read import Input, InputSheet, Readable
from importer.template.own_sheets import ours


class OpenSheet(Struct, frozen=True):
    """A sheet of an opened file; `alone` says that the file has no other of the user's."""

    input: Input
    sheet: InputSheet
    look: Look
    alone: bool


def looks_of(opened: Sequence[OpenSheet]) -> list[Look]:
    """Return what each sheet looks like."""
    return [one.look for one in opened]


def wanted_sheets(only: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Return the sheets asked for, each with its kind, blank where that is not said."""
    asked = [(text, "") if text in names else text.rpartition("=")[::2] for text in only]
    wanted = {name or kind: kind if name else "" for name, kind in asked}
    for name in wanted:
        if name not in names:
            raise UsageError(f"There is no sheet called {name}; there are: {', '.join(names)}.")
    return wanted


def open_sheets(input_: Input, wanted: dict[str, str]) -> list[OpenSheet]:
    """Return the sheets of a file that are asked for, all where none is."""
    sheets = [sheet for sheet in input_.sheets if not wanted or sheet.name in wanted]
    looks = [Look(sheet, kind=wanted.get(sheet.name, "")) for sheet in sheets]
    users = [look for look in looks if not ours(look.cells)]
    alone = len(users) == 1
    for look in users if alone else ():
        look.file = input_.path.stem
    return [OpenSheet(input_, s, look, alone) for s, look in zip(sheets, looks, strict=True)]


def refuse_twice(files: Sequence[Readable]) -> None:
    """Refuse two files of one name: journal and reports tell rows apart by it."""
    seen: dict[str, Readable] = {}
    for path in files:
        other = seen.setdefault(path.name, path)
        if other is path:
            continue
        if isinstance(other, Path) and isinstance(path, Path) and other.resolve() == path.resolve():
            raise UsageError(f"{path} is named twice: name it once.")
        raise UsageError(
            f"{other} and {path} have the same name: rename one, or import one after the other."
        )
