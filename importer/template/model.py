"""The data model of a template: kinds, sheets, entity rules, columns, references."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from importer.invisible import visible
from importer.spreadsheet import TextForm
from importer.suggest import listed

_IGNORED_IN_HEADINGS = re.compile(r"[\s_\-*\u2010-\u2015]+")


@lru_cache(maxsize=10_000)
def fold(heading: str) -> str:
    """Return a heading without case, blanks, `_`, `-`, `*`: `Glossary name *` -> `glossaryname`.

    Invisible characters, other forms of a letter or dash and a colon at the end do not matter.
    """
    if not heading.isascii():
        heading = unicodedata.normalize("NFKC", visible(heading))
    return _IGNORED_IN_HEADINGS.sub("", heading).rstrip(":").casefold()


_IN_ASCII = dict.fromkeys(map(ord, "\t\n\x0b\f\r\x1c\x1d\x1e\x1f _-*"))
"""What `_IGNORED_IN_HEADINGS` matches in ASCII, to be taken out."""


def fold_all(texts: Iterable[str]) -> set[str]:
    """Return texts without a NUL, folded, each once."""
    return set(fold_each(texts))


def fold_each(texts: Iterable[str]) -> list[str]:
    """Return texts without a NUL, each folded: all at once, which is faster than one by one."""
    joined = "\0".join(texts)
    if joined.isascii():
        joined = joined.translate(_IN_ASCII)
    else:
        joined = _IGNORED_IN_HEADINGS.sub("", unicodedata.normalize("NFKC", visible(joined)))
    return [text.rstrip(":") for text in joined.casefold().split("\0")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """A list cell each of whose items is an entity.

    `type` is `text` (the item itself), `json` (an object) or `group` (`size` items in a row).
    """

    heading: str
    type: str = "text"
    separators: tuple[str, ...] = (";", "\n")
    size: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRule:
    """An entity that each row of the sheet makes.

    `when` maps a heading to the words for which the entity is made (an empty tuple: any text; see
    mapping.conditions), `unless` to those for which it is not.
    `creates` marks an entity that many rows state again: equal ones are merged.
    """

    kind: str
    columns: tuple[Column, ...]
    references: tuple[Reference, ...] = ()
    when: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unless: dict[str, tuple[str, ...]] = field(default_factory=dict)
    creates: bool = False
    each: Each | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Rows that are left out: those for which all holds that is said here.

    `rows` are the spreadsheet's numbers, `only` the headings (or letters) of the columns in which
    alone something stands.
    """

    rows: tuple[int, ...] = ()
    only: tuple[str, ...] = ()
    when: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unless: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Return the rule as a part of a sentence."""
        said = [f"only {' and '.join(self.only)} is filled"] if self.only else []
        said += [f"{name} is {_words(words)}" for name, words in self.when.items()]
        blank = [name for name, words in self.unless.items() if not words]
        stated = {name: words for name, words in self.unless.items() if words or len(blank) == 1}
        said += [f"{name} is not {_words(words)}" for name, words in stated.items()]
        said += [f"nothing is filled under {listed(blank, quote='')}"] if blank[1:] else []
        return " and ".join(said) or "the mapping names them"


def _words(words: Sequence[str]) -> str:
    shown = (f"`{word}`" if word else "blank" for word in words)
    return " or ".join(shown) if words else "filled"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRule:
    """A sheet of the template: how it is recognised, and the entities a row of it makes.

    Without being named on the command line, a sheet must have all the headings of `known_by`.
    `header_row` is the number of the row of headings, 0 where there is none; without it, the row is
    looked for. The rows of `skip` are left out; `others` says what becomes of rows that make
    nothing: `error` or `skip`. `form` is how a text file of it is written, where that is not to be
    guessed. The headings of `first` come first in its blank sheet, the others are folded away.
    """

    name: str
    aliases: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    header_row: int | None = None
    known_by: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    skip: tuple[Skip, ...] = ()
    others: str = "error"
    form: TextForm = field(default_factory=TextForm)
    entities: tuple[EntityRule, ...]

    @property
    def header(self) -> bool:
        """Whether there is a row of headings."""
        return self.header_row != 0

    @property
    def columns(self) -> dict[str, Column]:
        """Heading -> column, in order, for all columns with a heading of their own."""
        found: dict[str, Column] = {}
        for entity in self.entities:
            for column in entity.columns:
                if column.heading and column.part is None:
                    found.setdefault(column.heading, column)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of entity.

    `type` is the target's name for it (None: a column holds it). `word` is its name in messages.
    `key` are the payload paths that form the end of its key, `identities` those that identify an
    entity on their own. `mode` is `upsert` or `update`. With `empty_first` an entity is deleted
    only when nothing is in it any more; with `goes_along` it is deleted with what it is in. With
    `for_good` it cannot be restored, and an undo makes a new one. `members` is then the payload
    path of the entities in it: they lose it, and an undo puts them into the new one.
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
    members: str = ""
    for_good: bool = False
    constants: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question that is asked once a run; its answer stands as `{name}` in defaults.

    Nothing is asked where the only value under a `heading` of a `sheet` is the answer.
    """

    question: str
    default: str = ""
    sheet: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """How a kind of workbook is imported; the keys of mapping.toml, checked.

    `systems` are those that it is for, the usual one first. `bases` are the folders of the
    templates that it extends, the outermost first. `word_files` list what people of other languages
    write for its names.
    """

    name: str
    title: str
    systems: tuple[str, ...]
    folder: Path
    description: str
    type_path: str
    kinds: dict[str, Kind]
    sheets: tuple[SheetRule, ...]
    clear: str = "<clear>"
    blanks: tuple[str, ...] = ()
    ignore_sheets: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    instructions: tuple[str, ...] = ()
    headings_of: str = ""
    asks: dict[str, Ask] = field(default_factory=dict)
    bases: tuple[Path, ...] = ()
    word_files: tuple[Path, ...] = ()

    @property
    def system(self) -> str:
        """Return the usual one of its systems."""
        return self.systems[0]

    @property
    def is_form(self) -> bool:
        """Whether it is for the lists of one other system, rather than for people to fill in."""
        return all(sheet.known_by for sheet in self.sheets)

    def kind_of(self, type_name: str) -> Kind | None:
        """Return the kind with this type of the target, else the kind for any type, else None."""
        exact = (kind for kind in self.kinds.values() if kind.type == type_name)
        open_ended = (kind for kind in self.kinds.values() if kind.type is None)
        return next(exact, None) or next(open_ended, None)

    def kinds_below(self, kinds: Iterable[str]) -> set[str]:
        """Return the kinds whose entities may be in entities of these kinds, at any depth."""
        above, found = set(kinds), set[str]()
        while more := {rule.kind for rule, ref in self._places() if above & {*ref.to}} - found:
            found |= more
            above |= more
        return found

    def kinds_in(self, kinds: Iterable[str]) -> set[str]:
        """Return the kinds whose entities may be members of entities of these kinds."""
        for_good = {name for name in kinds if self.kinds[name].members}
        rules = [rule for sheet in self.sheets for rule in sheet.entities]
        return {rule.kind for rule in rules for ref in rule.references if for_good & {*ref.to}}

    def outermost(self) -> list[str]:
        """Return the kinds that need no parent, without those that are only updated."""
        inner = {rule.kind for rule, reference in self._places() if reference.required}
        return [n for n, kind in self.kinds.items() if n not in inner and kind.mode != "update"]

    def _places(self) -> Iterator[tuple[EntityRule, Reference]]:
        """Yield the references to parents, with the rules they belong to."""
        for rule in (rule for sheet in self.sheets for rule in sheet.entities):
            yield from ((rule, reference) for reference in rule.references if reference.parent)
