"""What is done with the cells of a row: columns, references to others, lists of entities."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field


class Column(Struct, frozen=True, kw_only=True):
    """A heading, or several joined, and the payload path its value goes to.

    A column without `path` serves references and conditions only. `part` takes the value from an
    item of the entity's `each` list instead of from a cell; `constant` is the value itself.
    Texts of `blanks` mean a blank cell.
    `extract` is a regular expression whose groups are the parts of a text or list item to use;
    `others` says what becomes of what does not fit: `skip` or `error`.
    `decimal` stands before the decimals of a number written as text, `thousands` parts its
    thousands; the signs of `currency` are left out. The paths of `takes_along` make no sense
    without the value, and are emptied with it. One that is not `offered` is known and stands in no
    workbook that we make.
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
    others: str = "skip"
    pair: str = ":"
    unit: str = ""
    formats: tuple[str, ...] = ()
    decimal: str = ""
    thousands: str = ""
    currency: tuple[str, ...] = ()
    takes_along: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    default: Any = None
    constant: Any = None
    required: bool = False
    carry: str = ""
    blank: str = "keep"
    blanks: tuple[str, ...] = ()
    offered: bool = True
    note: str = ""
    example: str = ""

    @property
    def in_sections(self) -> bool:
        """Whether its values are the texts of sections, rows that stand above others."""
        return self.carry == "section"

    @property
    def names(self) -> tuple[str, ...]:
        """All accepted spellings of the heading, the heading itself first."""
        return (self.heading, *self.aliases)


LEFT_OUT = "left_out"
"""Says of a reference that a text that names nothing is left out."""


class Reference(Struct, frozen=True, kw_only=True):
    """How a row names another entity.

    The cells under `by` hold the labels of its key, outermost first; an empty `by` means the entity
    of that kind which the same row makes. `within` limits the search to entities below the labels
    in those cells. `forms` are the ways a text combines scope and path (`{path}@{scope}`). `via` is
    the identity path to look up instead of labels. With `or_below` an entity that is anywhere below
    the parent named stays in its place. `missing` says what becomes of a text that names nothing:
    it is an `error`, it is `left_out`, or the payload path that takes it.
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
    missing: str = "error"
    inverse: str = ""
    forms: tuple[str, ...] = ("{path}",)
    separators: tuple[str, ...] = (";", "\n")
    path_separators: tuple[str, ...] = (" > ",)

    @property
    def kept_at(self) -> str:
        """The payload path that takes a text that names nothing, empty where none does."""
        return "" if self.missing in ("error", LEFT_OUT) else self.missing

    @property
    def may_be_missing(self) -> bool:
        """Whether a text that names nothing is no error."""
        return self.missing != "error"


class Each(Struct, frozen=True, kw_only=True):
    """A list cell each of whose items is an entity.

    `type` is `text` (the item itself), `json` (an object) or `group` (`size` items in a row).
    """

    heading: str
    type: str = "text"
    separators: tuple[str, ...] = (";", "\n")
    size: int = 1
