"""What a template says, as frozen nouns: kinds, sheets, what a row makes, columns, references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from importer.model import SIGNATURE

OWN_COLUMNS = ("import_status", "import_message", "import_id")
INSTRUCTIONS = ("Sheet", "Heading", "Must be filled")
"""How the headings of an Instructions sheet of ours begin."""


def ours(head: Sequence[Sequence[object]]) -> bool:
    """Whether the first rows are those of a sheet of ours, a report or instructions."""
    marks = ((SIGNATURE,), INSTRUCTIONS)
    return any(tuple(row[: len(mark)]) == mark for row in head for mark in marks)


_IGNORED_IN_HEADINGS = re.compile(r"[\s_\-*]+")


def fold(heading: str) -> str:
    """`Glossary name *` -> `glossaryname`: headings match without case, blanks, `_`, `-`, `*`."""
    return _IGNORED_IN_HEADINGS.sub("", heading).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One heading, or several joined, and the payload path its value goes to.

    A column without `path` is only looked at by references and conditions. `part` takes the value
    from one item of the entity's `each` list instead of from a cell; `constant` from nowhere.
    `extract` is a regular expression whose first group is what counts of a text or list item. What
    stands at the paths of `takes_along` makes no sense without the value, and is emptied with it.
    """

    heading: str = ""
    aliases: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    join: str = ", "
    letter: str = ""
    part: str | None = None
    path: str | None = None
    type: str = "text"
    item: str = "text"
    item_path: str = ""
    separators: tuple[str, ...] = (";", "\n")
    extract: str = ""
    pair: str = ":"
    unit: str = ""
    formats: tuple[str, ...] = ()
    takes_along: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    default: Any = None
    constant: Any = None
    required: bool = False
    blank: str = "keep"
    note: str = ""
    example: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling of the heading that is accepted."""
        return (self.heading, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """How a row names another entity.

    The cells under `by` are followed label by label, outermost first; an empty `by` means what the
    same row makes of the kind. `within` narrows the search
    to what stands under the labels there. `forms` says how one text names scope and path
    (`{path}@{scope}`). `via` names the identity path looked up instead of labels. With `or_below`
    an entity that stands anywhere below the parent named stays where it is.
    """

    path: str
    to: tuple[str, ...]
    by: tuple[str, ...]
    within: tuple[str, ...] = ()
    via: str = ""
    many: bool = False
    parent: bool = False
    required: bool = False
    or_below: bool = False
    inverse: str = ""
    forms: tuple[str, ...] = ("{path}",)
    separators: tuple[str, ...] = (";", "\n")
    path_separators: tuple[str, ...] = (" > ",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """One entity for every item of a list cell.

    `type` is `text` (the item itself), `json` (an object) or `group` (`size` neighbours at a time).
    """

    heading: str
    type: str = "text"
    separators: tuple[str, ...] = (";", "\n")
    size: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRule:
    """One entity that a row of the sheet makes.

    `when` maps a heading to the values with which the entity is made (an empty tuple: any value).
    `creates` marks an entity stated again by many rows: equal ones merge.
    """

    kind: str
    columns: tuple[Column, ...]
    references: tuple[Reference, ...] = ()
    when: dict[str, tuple[str, ...]] = field(default_factory=dict)
    creates: bool = False
    each: Each | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRule:
    """One sheet of the template: how it is recognised and what a row of it makes."""

    name: str
    aliases: tuple[str, ...] = ()
    header: bool = True
    ignored: tuple[str, ...] = ()
    entities: tuple[EntityRule, ...]

    @property
    def columns(self) -> dict[str, Column]:
        """Every column that stands under a heading of its own, by that heading, in order."""
        found: dict[str, Column] = {}
        for entity in self.entities:
            for column in entity.columns:
                if column.heading and column.part is None:
                    found.setdefault(column.heading, column)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One entity type.

    `type` is the target's name of it (None: a column says it). `key` are the payload paths that end
    its key, `identities` those that identify it on their own. `mode` is `upsert` or `update`.
    `empty_first` says that one is only deleted when nothing stands in it any more; what
    `goes_along` is deleted with what it stands in.
    """

    name: str
    word: str
    type: str | None
    schema: dict[str, Any]
    key: tuple[str, ...]
    identities: tuple[str, ...] = ()
    mode: str = "upsert"
    empty_first: bool = False
    goes_along: bool = False
    constants: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """How one kind of workbook is imported into one system."""

    name: str
    title: str
    system: str
    folder: Path
    description: str
    type_path: str
    kinds: dict[str, Kind]
    sheets: tuple[SheetRule, ...]
    clear: str = "<clear>"
    ignore_sheets: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    instructions: tuple[str, ...] = ()

    def kind_of(self, type_name: str) -> Kind | None:
        """The kind whose entities the target calls `type_name`, or the one that takes any type."""
        exact = (kind for kind in self.kinds.values() if kind.type == type_name)
        open_ended = (kind for kind in self.kinds.values() if kind.type is None)
        return next(exact, None) or next(open_ended, None)

    def kinds_below(self, kinds: Iterable[str]) -> set[str]:
        """The kinds of what may stand in entities of these, however deep."""
        above, found = set(kinds), set[str]()
        while more := {rule.kind for rule, ref in self._places() if above & {*ref.to}} - found:
            found |= more
            above |= more
        return found

    def outermost(self) -> list[str]:
        """The kinds that need not stand in anything, and are not just mended here."""
        inner = {rule.kind for rule, reference in self._places() if reference.required}
        return [n for n, kind in self.kinds.items() if n not in inner and kind.mode != "update"]

    def _places(self) -> Iterator[tuple[EntityRule, Reference]]:
        """The references that say what entities stand in."""
        for rule in (rule for sheet in self.sheets for rule in sheet.entities):
            yield from ((rule, reference) for reference in rule.references if reference.parent)
