"""Records whose parents are not known yet in: who may be whose parent, who stands in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.mapping.entity import RefText
from importer.mapping.forms import labels
from importer.model import Key
from importer.order.registry import Record


def ways(text: RefText) -> list[Key]:
    """The texts to follow, outermost first: a list item's own scope, else what its row names."""
    if text.steps:
        return [text.within + text.steps]
    return [((scope,) if scope else text.within) + (path,) for scope, path in text.readings]


class Waiting:
    """Records of one kind that wait for their parents, findable by what they are called."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        self._labelled: dict[str, list[Record]] = {}
        self._identified: dict[str, list[Record]] = {}
        for record in records:
            self._labelled.setdefault(record.labels[-1], []).append(record)
            for identity in record.identities:
                self._identified.setdefault(identity, []).append(record)

    def parents(self, record: Record) -> list[Record]:
        """The waiting records that a record's text may mean."""
        text = record.parent
        if text is None or record.kind not in text.rule.rule.to:
            return []
        if text.rule.rule.via:
            return self._identified.get(text.steps[-1], [])
        return list({other.seq: other for other in self._named(text)}.values())

    def _named(self, text: RefText) -> Iterator[Record]:
        for way in ways(text):
            for path in labels(way[-1], text.rule.rule.path_separators):
                known = self._labelled.get(path[-1], ())
                yield from (other for other in known if _together(way[:-1], other))
            yield from self._identified.get(way[-1], ())

    def circles(self) -> dict[int, list[Record]]:
        """Number of each record in a circle -> the records on the way round, from itself."""
        found = {record.seq: self._way_round(record) for record in self._records}
        return {seq: way for seq, way in found.items() if way}

    def _way_round(self, start: Record) -> list[Record]:
        came_from: dict[int, Record] = {}
        heads = [start]
        while heads:
            record = heads.pop()
            for parent in self.parents(record):
                if parent is start:
                    return _traced(came_from, start, record)
                if parent.seq not in came_from:
                    came_from[parent.seq] = record
                    heads.append(parent)
        return []


def _together(scope: Key, other: Record) -> bool:
    """Whether a record may stand within a scope, as far as the outermost texts tell."""
    there = {way[0] for way in ways(other.parent) if len(way) > 1} if other.parent else set()
    return not scope or not there or scope[0] in there


def _traced(came_from: dict[int, Record], start: Record, last: Record) -> list[Record]:
    way = [start, last] if last is not start else [start]
    while way[-1] is not start:
        way.append(came_from[way[-1].seq])
    if len(way) == 1:
        way.append(start)
    return way[::-1]
