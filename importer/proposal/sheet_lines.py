"""Writes the lines of `mapping.toml` for one sheet: its table, then those of its entities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from importer.payload_path import join
from importer.proposal.cell_form import form_of
from importer.proposal.data import field_list
from importer.proposal.filled_fields import FilledFields
from importer.proposal.kinds_made import kinds_made, level_kinds, makeable
from importer.proposal.proposal import ColumnProposal, SheetProposal
from importer.proposal.row_rules import blanks, skips
from importer.proposal.rules import KindRules
from importer.proposal.tree_lines import makes_its_levels, of_level, parents
from importer.template import Column, EntityRule, Reference
from importer.template.columns import LEFT_OUT
from importer.template.toml import stated, toml

OWN = ": *"
"""How a heading ends that stands for properties of people's own."""


class SheetLines(Struct, frozen=True):
    """The lines for one sheet; other sheets bring the kinds `brought`.

    In a tree of categories `above` are the columns of the levels that its rows stand in.
    """

    sheet: SheetProposal
    rules: Mapping[str, KindRules]
    brought: frozenset[str]
    fields: FilledFields
    above: tuple[ColumnProposal, ...] = ()

    def lines(self) -> Iterator[str]:
        """Yield the table of the sheet, then those of its entities, parents first."""
        yield "\n[[sheets]]"
        yield f"name = {toml(self.sheet.name)}"
        yield from (
            f"{key} = {toml(said)}" for key, said in asdict(self.sheet.form).items() if said
        )
        if not self.sheet.header_row:
            yield "header_row = 0"
        if self.sheet.header_row and (left := self.fields.left_out):
            yield f"ignored = {toml(left)}"
        yield f"blanks = {toml(list(blanks(self.fields)))}"
        if skipped := skips(self.fields):
            yield f"skip = {toml(skipped)}"
        filled = self.fields.columns.keys()
        brought = frozenset() if self.sheet.tree else self.brought
        made = list(kinds_made(self.sheet, self.rules, brought, filled))
        yield from self._levels(made)
        for kind in made:
            yield from self._made(kind)
        yield from self._tree() if makes_its_levels(self.sheet) else self._entities()

    def _levels(self, made: Sequence[str]) -> Iterator[str]:
        """Yield the line that names the levels of a tree, those of which entities are made."""
        kinds = field_list()["levels"]
        columns = [one for one in self.sheet.columns if one.column in self.sheet.tree]
        if not makes_its_levels(self.sheet):
            own = (*made, self.sheet.kind)
            columns = [one for one in columns if kinds.get(one.field) in own]
        if len(columns) > 1:
            yield f"levels = {toml([self.fields.heading_of(one) for one in columns])}"

    def _tree(self) -> Iterator[str]:
        """Yield the entities of a tree, one for each level."""
        columns = {one.column: one for one in self.sheet.columns}
        for at, letter in enumerate(self.sheet.tree):
            sheet = of_level(self.sheet, letter, self.rules)
            above = tuple(columns[each] for each in self.sheet.tree[:at])
            fields = FilledFields(sheet, self.fields.asked)
            last = letter == self.sheet.tree[-1]
            lines = replace(self, sheet=sheet, fields=fields, above=above)
            yield from lines._entities(None if last else 1)

    def _made(self, kind: str) -> Iterator[str]:
        """Yield the entity of what rows stand in; rows about a level state all that it has."""
        rules, filled = self.rules[kind], self.fields.columns
        above = (rules.name, *(field_list()["above"] if makeable(self.sheet)[kind] else ()))
        entity, level = rules.sheet.entities[0], kind in level_kinds(self.sheet)
        own = {c.heading for c in entity.columns if level and c.path} - set(above)
        kept = [c for c in entity.columns if c.heading in {*above, *own} & filled.keys()]
        made = replace(entity, columns=tuple(kept), creates=own.isdisjoint(filled))
        yield from self._entity(made)

    def _entities(self, most: int | None = None) -> Iterator[str]:
        for entity in self.rules[self.sheet.kind or ""].sheet.entities[:most]:
            needed = {*entity.when, *([entity.each.heading] if entity.each else [])}
            kept = [one for column in entity.columns for one in self._kept(column)]
            if needed <= self.fields.columns.keys() and kept:
                yield from self._entity(replace(entity, columns=tuple(kept)))

    def _kept(self, column: Column) -> Iterator[Column]:
        """Yield a column where the sheet fills it, of a wildcard one for each name in its place."""
        if not column.heading.endswith(OWN):
            yield from [column] if self._keeps(column) else []
            return
        start = column.heading.removesuffix("*")
        for name in self.fields.columns:
            if name.startswith(start):
                path = (column.path or "").replace("*", join([name.removeprefix(start)]))
                yield replace(column, heading=name, path=path)

    def _keeps(self, column: Column) -> bool:
        if column.part is not None or (column.constant is not None and not column.heading):
            return True
        names = column.headings or (column.heading,)
        return all(name in self.fields.columns for name in names)

    def _entity(self, entity: EntityRule) -> Iterator[str]:
        yield "\n[[sheets.entities]]"
        yield f"kind = {toml(entity.kind)}"
        for word in ("when", "unless", "creates", "each"):
            if value := getattr(entity, word):
                yield f"{word} = {toml(self._renamed(value))}"
        yield "columns = ["
        columns = [self._column(column) for column in entity.columns]
        references = [rule for ref in entity.references if (rule := self._reference(ref))]
        headings = {name: self.fields.heading(name) for name in self.fields.columns}
        above = list(map(self.fields.heading_of, self.above))
        references = [*parents(entity, headings, above), *references]  # the innermost comes first
        columns += [Column(**self.fields.place_of(one)) for one in self.above]
        named = {column.heading for column in columns}
        needed = dict.fromkeys(n for ref in references for n in (*ref.by, *ref.within))
        columns += [self._named(name) for name in needed if name not in named]
        named.update(needed)
        columns += [one for column in entity.columns for one in self._parts(column)]
        columns += [Column(**one) for one in self.fields.told_by if one["heading"] not in named]
        yield from (f"  {toml(stated(column))}," for column in columns)
        yield "]"
        if references:
            yield "references = ["
            yield from (f"  {toml(stated(rule))}," for rule in references)
            yield "]"

    def _column(self, column: Column) -> Column:
        plain = replace(column, aliases=(), note="", example="", offered=True)
        if column.headings:
            return replace(plain, headings=tuple(map(self.fields.heading, column.headings)))
        found = self.fields.columns.get(column.heading)
        if len(parts := self.fields.parts(column.heading)) > 1:
            headings = tuple(map(self.fields.heading_of, parts))
            between = "\n" if plain.type == "list" else column.join
            return replace(plain, heading="", headings=headings, join=between, required=False)
        placed = replace(plain, **self.fields.placed(column.heading)) if column.heading else plain
        return replace(placed, **form_of(self.sheet, found, placed)) if found else placed

    def _parts(self, column: Column) -> Iterator[Column]:
        """Yield the columns that are joined into one."""
        parts = self.fields.parts(column.heading) if column.heading else []
        yield from (Column(**self.fields.place_of(one)) for one in parts if len(parts) > 1)

    def _named(self, heading: str) -> Column:
        """Return a column that only references use, by the heading it has here."""
        fields = self.fields
        field = next(name for name in fields.columns if fields.heading(name) == heading)
        return Column(**fields.placed(field))

    def _reference(self, reference: Reference) -> Reference | None:
        """Return a reference with the list's own headings, None where it has not all of them."""
        filled = self.fields.columns
        if not set(reference.by) <= filled.keys():
            return None
        within = (name for name in reference.within if name in filled)
        found = replace(
            reference,
            by=tuple(map(self.fields.heading, reference.by)),
            within=tuple(map(self.fields.heading, within)),
        )
        columns = [filled[name] for name in reference.by]
        if not (reference.parent or reference.required or any(c.chosen for c in columns if c)):
            found = replace(found, missing=LEFT_OUT)  # a guess must not make rows invalid
        separator = next((self.sheet.separators.get(c.column) for c in columns if c), None)
        if separator and reference.many:
            found = replace(found, separators=tuple(dict.fromkeys((separator, "\n"))))
        return found

    def _renamed(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {self.fields.heading(name): list(words) for name, words in value.items()}
        return value if isinstance(value, bool) else stated(value)
