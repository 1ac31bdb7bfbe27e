"""The rows of a plan, with what a run would do for each; beyond memory where they are many."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from importer.piece_file import PieceFile
from importer.pipeline.finding_json import row_json

if TYPE_CHECKING:
    from importer.journal.planned_rows import Packed
    from importer.targets.planned_change import FieldDiff


class PlannedRow(Struct, frozen=True, dict=True):
    """What a run would do for one row; `changes` are its changes as the journal packs them.

    `row` is below 0 for what no row of the files names.
    """

    file: str
    sheet: str
    row: int
    action: str
    key: str
    changes: Sequence[Packed] = ()

    @cached_property
    def fields(self) -> dict[str, FieldDiff]:
        """Its diffs by heading."""
        from importer.journal.serialize import unpack_fields  # takes long to load

        diffs = (one for packed in self.changes for one in unpack_fields(*packed).values())
        return {one.heading: one for one in diffs}

    def as_json(self) -> dict[str, Any]:
        """Return a change of the object that `plan --format json` prints."""
        return {
            "sheet": self.sheet,
            "row": row_json(self.row),
            "action": self.action,
            "key": self.key,
            "fields": {name: {"old": d.old, "new": d.new} for name, d in self.fields.items()},
        }


class RowLine(NamedTuple):
    """A row, and which of the changes packed beside it are its own: from `first` to `end`."""

    file: str
    sheet: str
    row: int
    action: str
    key: str
    first: int
    end: int


class PlannedRows:
    """The rows of a plan in their order; their changes stay packed until somebody asks for them."""

    def __init__(self) -> None:
        self._pieces = PieceFile()
        self._count = 0

    def add(self, rows: Sequence[RowLine], sent: bytes, shown: bytes) -> None:
        """Append rows, with all the changes of a chunk of the journal, as that has them.

        Raises UsageError where the disk is full.
        """
        self._count += len(rows)
        self._pieces.add(marshal.dumps((list(map(tuple, rows)), sent, shown)))

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[PlannedRow]:
        from importer.journal.planned_rows import unpack_lines

        for piece in self._pieces:
            rows, sent, shown = marshal.loads(piece)  # noqa: S302 - written by `add`
            packed = list(zip(unpack_lines(sent), unpack_lines(shown), strict=True))
            for file, sheet, row, action, key, first, end in rows:
                yield PlannedRow(file, sheet, row, action, key, packed[first:end])
