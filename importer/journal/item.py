"""One item of a run: an entity, or the relations among its own kind that are sent later."""

from __future__ import annotations

from msgspec import Struct

from importer.model import Action, Key, Status
from importer.targets.planned_change import PlannedChange

SEPARATOR = "\x1f"


class Item(Struct, kw_only=True):
    """One thing to send: entity number `entity` of the run, or (`is_relations`) its relations.

    `sheet` is a number, `row` the spreadsheet's; `row` is below 0 where no row of the files names
    it. `id` is the target's. `change` is what is sent, None where there is nothing to do.
    """

    entity: int
    is_relations: bool = False
    sheet: int
    row: int
    kind: str
    key: Key = ()
    level: int | None = None
    state: Status = Status.PENDING
    action: Action | None = None
    id: str | None = None
    message: str = ""
    change: PlannedChange | None = None

    @property
    def no(self) -> int:
        """Its number in the journal, by which batches name it."""
        return item_no(self.entity, is_relations=self.is_relations)

    @property
    def row_no(self) -> tuple[int, int]:
        """The number of its sheet, and its row."""
        return self.sheet, self.row


def item_no(entity: int, *, is_relations: bool = False) -> int:
    """Return the number under which the journal keeps an entity, or its relations."""
    return entity * 2 + is_relations


def entity_no(no: int) -> tuple[int, bool]:
    """Return the entity that an item number means, and whether it means its relations."""
    return no // 2, bool(no % 2)


def key_text(key: Key) -> str:
    """Return a key as one column holds it."""
    return SEPARATOR.join(key)


def key_of(text: str) -> Key:
    """Return the key that one column holds; the inverse of `key_text`."""
    return tuple(text.split(SEPARATOR)) if text else ()
