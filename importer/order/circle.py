"""Records that wait for each other in, those that stand in a circle and its path out."""

from __future__ import annotations

from collections.abc import Sequence

from importer.order.registry import Record


def circles(waiting: Sequence[Record]) -> dict[int, list[str]]:
    """Number of each record that is in a circle -> the labels on the way round, from itself."""
    by_label = {record.labels[-1]: record for record in waiting}
    return {
        record.seq: path for record in waiting if (path := _way_round(record, by_label)) is not None
    }


def _way_round(start: Record, by_label: dict[str, Record]) -> list[str] | None:
    path = [start.labels[-1]]
    record: Record | None = start
    while record is not None and len(path) <= len(by_label) + 1:
        record = _parent(record, by_label)
        if record is None:
            return None
        path.append(record.labels[-1])
        if record is start:
            return path
    return None


def _parent(record: Record, by_label: dict[str, Record]) -> Record | None:
    if record.parent is None:
        return None
    last = record.parent.steps[-1] if record.parent.steps else record.parent.text
    return by_label.get(last) or by_label.get(last.rpartition(">")[2].strip())
