"""The rule of a sheet: how it is known, which rows are left out, which entities a row makes."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from importer.spreadsheet import TextForm
from importer.suggest import listed
from importer.template.columns import Column, Each, Reference


class EntityRule(Struct, frozen=True, kw_only=True):
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


class Skip(Struct, frozen=True, kw_only=True):
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


class SheetRule(Struct, frozen=True, kw_only=True):
    """A sheet of the template: how it is recognised, and the entities a row of it makes.

    Without being named on the command line, a sheet must have all the headings of `known_by`.
    `header_row` is the number of the row of headings, 0 where there is none; without it, the row is
    looked for. The rows of `skip` are left out; `others` says what becomes of rows that make
    nothing: `error` or `skip`. `form` is how a text file of it is written, where that is not to be
    guessed. The headings of `first` come first in its blank sheet, the others are folded away.
    `levels` are headings of a tree, outermost first: a row is about its innermost filled one.
    """

    name: str
    aliases: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    header_row: int | None = None
    known_by: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
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
