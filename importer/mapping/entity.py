"""What mapping makes of a row: entities with payload, references as texts, and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from importer.mapping.binding import BoundEntity, BoundReference, BoundSheet
from importer.mapping.key_text import Reading
from importer.model import Finding, Key, Payload, Place


@dataclass(slots=True, eq=False)
class RefText:
    """The texts by which cells name another entity, not yet resolved.

    Equal texts under one rule are one object. `steps` are the `by` cells; a list item has
    `readings` instead, each a scope text (None: `within` counts) and a path text. With neither, it
    means what the same row makes of the kind referred to. `number` (within the run) is
    noted by the order.
    """

    rule: BoundReference
    within: Key
    steps: Key
    readings: tuple[Reading, ...] = ()
    number: int = -1

    @property
    def beside(self) -> bool:
        """Whether it means another entity of its own row."""
        return not self.steps and not self.readings

    @property
    def text(self) -> str:
        """What the cell says, as a message quotes it."""
        return self.readings[-1][1] if self.readings else " > ".join(self.steps)


References = tuple[tuple[BoundReference, tuple[RefText, ...]], ...]
"""What a row refers to, rule by rule; a rule without texts is a cell that asks to be emptied."""


@dataclass(slots=True, eq=False)
class Entity:
    """One entity made by one row, and what later stages find out about it.

    `labels` end its key (after the parent's key). `identities` are its other identifying values,
    `id` the target's own, a mere `hint` where it comes from an earlier report. `clears` are the
    payload paths the row asks to empty, `edits` those whose lists it adds to, with what it takes
    away from each. An entity that is not `valid` keeps its key, so that what
    refers to it is blocked and not merely missing.

    The order numbers it (`seq`), notes the text that names its `parent`, finds its `key` once the
    parent is resolved and the target's id of what is `live` of it. `also` are the further rows
    (sheet number, row) that state it.
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
        """The number of its sheet, and its row."""
        return self.sheet.no, self.row


@dataclass(slots=True)
class Mapped:
    """One chunk, mapped: `rows` are the spreadsheet numbers of the rows that are not blank.

    `told` holds the places of the errors, `deleted` the rows whose action is to delete. `second`
    pairs the text by which an entity names something with another that says it again. `texts` are
    those that no earlier chunk had.
    """

    rows: list[int]
    entities: list[Entity]
    findings: list[Finding] = field(default_factory=list)
    invalid: set[int] = field(default_factory=set)
    told: dict[Place, set[str]] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    second: list[tuple[Entity, RefText, RefText]] = field(default_factory=list)
    texts: list[RefText] = field(default_factory=list)

    def spread_invalid(self) -> None:
        """Of a row with an error nothing is sent at all."""
        for entity in self.entities if self.invalid else ():
            if entity.row in self.invalid:
                entity.valid = False

    def tell(self, finding: Finding) -> None:
        """Add an error, which makes its row invalid; no cell is told the same thing twice."""
        self.invalid.add(finding.place.row)
        messages = self.told.setdefault(finding.place, set())
        if finding.message not in messages:
            messages.add(finding.message)
            self.findings.append(finding)
