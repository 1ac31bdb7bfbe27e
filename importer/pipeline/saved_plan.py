"""A saved plan: a plan in a file, to which a later run is held.

A run may do only what was approved: the same files, the same target, and for every row the same
change, made from the same live values. The file is a line of JSON, then one for each row.
"""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, NamedTuple

import orjson
from msgspec import Struct

from importer.atomic import whole
from importer.errors import UsageError
from importer.journal import Item, Items, Journal, Run
from importer.journal.serialize import pack_change, unpack
from importer.mapping.key_text import show
from importer.now import utc_now
from importer.piece_file import PieceFile
from importer.pieces import pieces
from importer.read.opening import sha256_of

VERSION = 2

AT_ONCE = 500
"""How many rows are written, or read, together."""


class SavedChange(NamedTuple):
    """What a row was planned to do: the key of the entity, the action, a digest of the change."""

    key: str
    action: str
    digest: str


class SavedRow(NamedTuple):
    """A row, by the words for its place, and what it was planned to do."""

    place: str
    changes: list[SavedChange]

    @classmethod
    def of(cls, raw: Any) -> SavedRow:
        """Return a row of a file. Raises ValueError or TypeError for something else."""
        place, changes = raw
        return cls(str(place), [SavedChange(*one) for one in changes])


class SavedRows:
    """The rows of a saved plan in their order, as its file has them: a line of JSON each."""

    def __init__(self, rows: Iterable[SavedRow]) -> None:
        """Keep rows, beyond memory where they are many. Raises UsageError on a full disk."""
        self._pieces = PieceFile()
        for some in pieces(rows, AT_ONCE):
            self._pieces.add(b"".join(map(_line, some)))

    def lines(self) -> Iterator[bytes]:
        """Yield the line of each row, with its end."""
        for piece in self._pieces:
            yield from piece.splitlines(keepends=True)


class SavedPlan(Struct, frozen=True):
    """What a plan is recognised by; nothing of it is secret, and values stand in it as digests.

    `made` is ISO 8601 in UTC. `files` maps names to the SHA-256 of their content.
    """

    made: str
    identity: str
    template: str
    files: dict[str, str]
    rows: SavedRows

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of its file."""
        names = ("made", "identity", "template", "files")
        head = {"version": VERSION, **{name: getattr(self, name) for name in names}}
        yield orjson.dumps(head) + b"\n"
        yield from self.rows.lines()


_HEAD = {"version", "made", "identity", "template", "files"}
_KEYS = {VERSION: _HEAD, 1: {*_HEAD, "rows"}}
"""What the first line holds in each version; in the first one it is the only line."""


def save_plan(journal: Journal, run: Run) -> SavedPlan:
    """Return the plan of a run in the form of a saved plan."""
    return SavedPlan(
        made=utc_now(),
        identity=run.identity,
        template=run.template,
        files={file.name: file.sha256 for file in run.spec.files},
        rows=SavedRows(_planned(journal, run)),
    )


def _planned(journal: Journal, run: Run) -> Iterator[SavedRow]:
    items = Items(journal, run.name).in_row_order()
    placed = ((_place(run, item), _saved(item)) for item in items)
    for place, changes in groupby(placed, itemgetter(0)):
        yield SavedRow(place, [change for _, change in changes])


def _place(run: Run, item: Item) -> str:
    sheet = run.sheets[item.sheet]
    row = f"row {item.row}" if item.row > 0 else f"(not in the file) {show(item.key)}"
    return f"{sheet.file}, {sheet.name} {row}"


def _saved(item: Item) -> SavedChange:
    change = pack_change(item.change) if item.change else b""
    action = (item.action or item.state).value
    return SavedChange(show(item.key), action, hashlib.sha256(change).hexdigest())


def _line(row: SavedRow) -> bytes:
    return orjson.dumps([row.place, list(map(list, row.changes))]) + b"\n"


def write_plan(path: Path, plan: SavedPlan) -> None:
    """Write a saved plan to a file. Raises UsageError where it cannot, or is an input."""
    try:
        if path.is_file() and sha256_of(path) in plan.files.values():
            raise UsageError(f"{path} is an input: name another file for the plan.")
        with whole(path, private=True) as stream:
            stream.writelines(plan.lines())
    except OSError as error:
        raise UsageError(f"The plan {path} could not be written: {error.strerror}.") from None


def read_plan(path: Path) -> SavedPlan:
    """Return the saved plan in a file. Raises UsageError where it holds none."""
    try:
        with path.open("rb") as stream:
            return _read(stream)
    except OSError as error:
        raise UsageError(f"The plan {path} cannot be read: {error.strerror}.") from None
    except (ValueError, TypeError):
        raise UsageError(f"{path} is no plan: {_how_to_make(path)} makes one.") from None


def _read(stream: IO[bytes]) -> SavedPlan:
    """Return the plan in a file. Raises ValueError or TypeError where it holds none."""
    head = unpack(stream.readline())
    if not isinstance(head, dict) or head.keys() != _KEYS.get(head.get("version", 0)):
        raise ValueError(head)
    earlier = "rows" in head
    rows = dict(head.pop("rows")).items() if earlier else map(unpack, stream)
    del head["version"]
    files = {str(name): str(digest) for name, digest in dict(head.pop("files")).items()}
    return SavedPlan(**head, files=files, rows=SavedRows(map(SavedRow.of, rows)))


def _how_to_make(path: Path) -> str:
    return f"`importer plan FILE --out {shlex.quote(str(path))}`"
