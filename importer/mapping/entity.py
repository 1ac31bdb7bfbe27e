"""Mapped rows: entities with their payload, the texts of their references, and findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from importer.mapping.binding import BoundEntity, BoundReference, BoundSheet
from importer.mapping.key_text import Reading
from importer.model import Finding, Key, Payload, Place


class RefText(Struct, eq=False):
    """The texts by which cells name another entity, not resolved yet.

    Equal texts under one rule are one object. `steps` are the texts of the `by` cells; a list item
    has `readings` instead, each a scope text (None: `within` counts) and a path text. With neither,
    it means the entity that the same row makes of the kind referred to. The registry sets `number`
    (within the run).
    """

    rule: BoundReference
    within: Key
    steps: Key
    readings: tuple[Reading, ...] = ()
    number: int = -1

    @property
    def beside(self) -> bool:
        """Return whether it means another entity of its own row."""
        return not self.steps and not self.readings

    @property
    def text(self) -> str:
        """Return the text of the cell, as messages quote it."""
        return self.readings[-1][1] if self.readings else " > ".join(self.steps)


NOT_BUILT: Payload = {}
"""The payload of an entity that fits its schema, where nothing asks for more: a check."""

References = tuple[tuple[BoundReference, tuple[RefText, ...]], ...]
"""The references of a row by rule; a rule without texts is a reference to be emptied."""


class Entity(Struct, eq=False):
    """An entity that a row makes, and the findings of later stages about it.

    `labels` end its key, after the parent's key. `identities` are its other identifying values,
    `id` is the target's id, only a `hint` where it comes from an earlier report. `clears` are the
    payload paths to empty; `edits` are the paths of lists to edit in place, each with the items to
    remove (those to add are in the payload). An entity that is not `valid` keeps its key, so that
    a reference to it is blocked and not reported as dangling.

    The registry numbers it (`seq`) and notes the text that names its `parent`; the resolver finds
    its `key`, its `depth` below parents of its own kind, and the id of the `live` entity it is.
    `also` are further rows (sheet number, row) that state it.
    """

    sheet: BoundSheet
    bound: BoundEntity
    kind: str
    row: int
    labels: Key
    payload: Payload
    references: References = ()
    identities: tuple[str, ...] = ()
    id: str | None = None
    hint: bool = False
    clears: tuple[str, ...] = ()
    delete: bool = False
    valid: bool = True
    edits: Mapping[str, list[Any]] | None = None
    seq: int = -1
    parent: RefText | None = None
    key: Key | None = None
    depth: int = 0
    also: tuple[tuple[int, int], ...] = ()
    live: str | None = None

    @property
    def where(self) -> tuple[int, int]:
        """Return the number of its sheet, and its row."""
        return self.sheet.no, self.row


class MappedChunk(Struct):
    """The entities and findings of one chunk of rows.

    `rows` are the spreadsheet numbers of the rows that are mapped, `deleted` those whose action is
    to delete; `skipped` are rows left out on purpose, `below` those of a second table. `reported`
    holds the messages of the errors by place. `second` has the entities that name their parent in
    two ways: entity, text that counts, other text. `texts` are those that no earlier chunk had,
    `nameless` the entities in error that have no name: only what they refer to is checked.
    """

    rows: list[int]
    entities: list[Entity]
    findings: list[Finding] = field(default_factory=list)
    invalid: set[int] = field(default_factory=set)
    reported: dict[Place, set[str]] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    skipped: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)
    second: list[tuple[Entity, RefText, RefText]] = field(default_factory=list)
    texts: list[RefText] = field(default_factory=list)
    nameless: list[Entity] = field(default_factory=list)

    def spread_invalid(self) -> None:
        """Mark all entities of a row with an error invalid: nothing of it is sent."""
        for entity in self.entities if self.invalid else ():
            if entity.row in self.invalid:
                entity.valid = False

    def report(self, finding: Finding) -> None:
        """Add an error and mark its row invalid; each message is reported once for a place."""
        self.invalid.add(finding.place.row)
        messages = self.reported.setdefault(finding.place, set())
        if finding.message not in messages:
            messages.add(finding.message)
            self.findings.append(finding)
