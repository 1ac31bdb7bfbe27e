"""A batch on its way: changes of one level that are sent together."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from importer.targets.protocol import Change


class Batch(Struct):
    """Changes of one level that are sent together; `doubts` counts answers that never came.

    `whole` are the changes of the batch that was refused first, where this one is a part of it.
    """

    changes: list[Change]
    doubts: int = 0
    no: int = 0
    whole: Sequence[Change] = ()
