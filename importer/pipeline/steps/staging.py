"""Staging: what was read and looked up waits in the journal until the run has its plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import ClassVar

from importer.field_type import FieldType
from importer.journal import Journal, Run
from importer.journal.history import seconds_since_change
from importer.journal.stage import Stage
from importer.mapping import BoundSheet, Entity, RefText
from importer.order import Registry
from importer.pieces import pieces
from importer.pipeline.steps.spool import CHUNK, MappedEntity, Spool
from importer.targets.protocol import LiveEntity, Query, Target


class StageSink:
    """Writes what the intake yields onto a stage and into a spool."""

    looks_at_payloads: ClassVar[bool] = True

    def __init__(self, stage: Stage, spool: Spool) -> None:
        self._stage = stage
        self._spool = spool

    def rows(self, sheet: BoundSheet, rows: Sequence[int]) -> None:
        """Note the rows that need an outcome."""
        self._stage.add_rows((sheet.no, row) for row in rows)

    def skipped(self, sheet: BoundSheet, rows: Sequence[int]) -> None:
        """Note the rows that are left out on purpose."""
        self._stage.add_rows(((sheet.no, row) for row in rows), skipped=True)

    def entities(self, registry: Registry, entities: Sequence[Entity]) -> None:
        """Note entities, with payload and references as they were mapped."""
        self._spool.add(_mapped(registry, entity) for entity in entities)

    def merged(self, entity: Entity, rows: Sequence[tuple[int, int]]) -> None:
        """Note the further rows that state an entity."""
        self._stage.add_merged((sheet, row, entity.seq) for sheet, row in rows)


def _mapped(registry: Registry, entity: Entity) -> MappedEntity:
    references = [
        (reference.no, [_text_no(registry, text) for text in texts])
        for reference, texts in entity.references
    ]
    edits = dict(entity.edits or {})
    return MappedEntity(entity.seq, entity.payload, entity.clears, edits, references)


def _text_no(registry: Registry, text: RefText) -> int:
    """Return a text's number; below zero where it means another entity of its row."""
    beside = registry.beside.get(text)
    return text.number if beside is None else -beside - 1


class KeptLive:
    """A target whose live entities are kept in the journal as they are fetched.

    What the runs of `history` have changed a moment ago is waited for first.
    """

    def __init__(self, target: Target, run: Run, journal: Journal, history: Journal) -> None:
        self.lists_all = target.lists_all
        self._target = target
        self._run = run
        self._journal = journal
        self._history = history

    def names(self) -> Mapping[str, frozenset[str]]:
        """Return payload path -> the names that the target knows at it."""
        return self._target.names()

    def refuses(self, type_name: str, path: str, name: str) -> bool:
        """Return whether no entity of a type may have a name, of those at a payload path."""
        return self._target.refuses(type_name, path, name)

    def fields(self) -> Mapping[str, FieldType]:
        """Return payload path -> the type of a field that the target's users have defined."""
        return self._target.fields()

    def lacks(self, type_name: str, paths: Collection[str]) -> frozenset[str]:
        """Return those payload paths that an entity of this type does not have."""
        return self._target.lacks(type_name, paths)

    def fetch(self, query: Query) -> Iterator[LiveEntity]:
        """Yield what the target holds of the query."""
        seconds = seconds_since_change(self._history, self._run.identity)
        if seconds is not None:
            self._target.catch_up(seconds)
        for chunk in pieces(self._target.fetch(query), CHUNK):
            self._journal.add_live(self._run.name, chunk)
            yield from chunk
