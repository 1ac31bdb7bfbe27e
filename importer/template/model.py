"""A template: its kinds of entity, its sheets, what it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from importer.template.columns import Reference
from importer.template.schema_fields import SchemaFields
from importer.template.sheet_rule import EntityRule, SheetRule


class Kind(Struct, frozen=True, kw_only=True, dict=True):
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

    @cached_property
    def fields(self) -> SchemaFields:
        """What the schema says of each payload path."""
        return SchemaFields(self.schema)


class Ask(Struct, frozen=True, kw_only=True):
    """A question that is asked once a run; its answer stands as `{name}` in defaults.

    Nothing is asked where the only value under a `heading` of a `sheet` is the answer.
    """

    question: str
    default: str = ""
    sheet: str = ""
    heading: str = ""


class Template(Struct, frozen=True, kw_only=True):
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
