"""Writes a proposal as `mapping.toml`: a template that extends the shipped one it maps onto."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from importer.proposal.data import field_list
from importer.proposal.proposal import ColumnProposal, Proposal, SheetProposal
from importer.proposal.rules import KindRules, rules_of
from importer.template import Column, EntityRule, Reference, Template, fold
from importer.template.paths import join
from importer.template.toml import stated, toml

DAY_FIRST = ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y")
MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y")

OWN = ": *"
"""How a heading ends that stands for properties of people's own."""

FORMS: dict[str, dict[str, Any]] = {
    "decimal comma": {"decimal": ","},
    "decimal point": {"decimal": "."},
    "day first": {"formats": DAY_FIRST},
    "month first": {"formats": MONTH_FIRST},
}
"""What the keys of a column say of how its numbers or dates are written."""


def mapping_files(title: str, proposal: Proposal, templates: Sequence[Template]) -> dict[str, str]:
    """Return the text of a mapping for each shipped template that sheets are mapped onto."""
    rules = rules_of(templates)
    by_name = {template.name: template for template in templates}
    named = dict.fromkeys(sheet.template for sheet in proposal.sheets if sheet.template)
    return {name: "\n".join(_lines(title, by_name[name], proposal, rules)) + "\n" for name in named}


def _lines(
    title: str, template: Template, proposal: Proposal, rules: Mapping[str, KindRules]
) -> Iterator[str]:
    mine = [sheet for sheet in proposal.sheets if sheet.template == template.name]
    others = [sheet.name for sheet in proposal.sheets if sheet not in mine]
    yield f"title = {toml(title)}"
    yield f"systems = {toml(list(template.systems))}"
    yield f"extends = {toml(template.name)}"
    if others:
        yield f"ignore_sheets = {toml(others)}"
    asks = {ask.name: ask for sheet in mine for ask in sheet.asks if ask.name in answered()}
    for ask in asks.values():
        # what is likely is offered where the question is asked, never taken without a word
        yield f"\n[asks.{ask.name}]\nquestion = {toml(ask.question)}"
    brought = frozenset(sheet.kind for sheet in mine if sheet.kind)
    for sheet in mine:
        yield from _SheetLines(sheet, rules, brought, frozenset(asks)).lines()


def answered() -> dict[str, str]:
    """Return the field that the answer to each question fills, as a constant of all rows."""
    found: dict[str, str] = field_list()["answers"]
    return found


@dataclass(frozen=True, slots=True)
class _SheetLines:
    """The lines for one sheet; other sheets bring the kinds `brought`."""

    sheet: SheetProposal
    rules: Mapping[str, KindRules]
    brought: frozenset[str]
    asked: frozenset[str]

    def lines(self) -> Iterator[str]:
        """Yield the table of the sheet, then those of its entities, parents first."""
        yield "\n[[sheets]]"
        yield f"name = {toml(self.sheet.name)}"
        if not self.sheet.header_row:
            yield "header_row = 0"
        if self.sheet.header_row and (left := self._left_out()):
            yield f"ignored = {toml(left)}"
        if self.sheet.blanks:
            yield f"blanks = {toml(list(self.sheet.blanks))}"
        if skips := self._skips():
            yield f"skip = {toml(skips)}"
        for kind in self._parents():
            yield from self._made(kind)
        yield from self._entities()

    def _skips(self) -> list[dict[str, Any]]:
        """Return rules for the rows that are no data, by what stands in them.

        Their numbers would leave out other rows of the next list.
        """
        letters = {column.column: name for name, column in self._fields.items() if column}
        rules = []
        sections = self.sheet.sections.rows if self.sheet.sections else ()
        for one in (one for one in self.sheet.skipped if one.row not in sections):
            if one.column in letters and any(map(str.isalpha, one.text)):
                rule: dict[str, Any] = {"only": [one.column]} if one.alone else {}
                rules.append({**rule, "when": {self._heading(letters[one.column]): [one.text]}})
        return [rule for at, rule in enumerate(rules) if rule not in rules[:at]]

    def _left_out(self) -> list[str]:
        """Return the headings without a field, but for those spelt like one that has one."""
        given = {fold(self._heading(name)) for name in self._fields}
        headings = (c.heading for c in self.sheet.columns if c.heading and not c.field)
        return [one for one in dict.fromkeys(headings) if fold(one) not in given]

    @property
    def _fields(self) -> dict[str, ColumnProposal | None]:
        """The fields that the sheet fills, each with its column; None for an answer or a name."""
        given: dict[str, ColumnProposal | None] = {}
        for column in self.sheet.columns:
            for name in filter(None, (column.field, *column.also)):
                given.setdefault(name, column)
        for ask, name in answered().items():
            if ask in self.asked and ask in {one.name for one in self.sheet.asks}:
                given.setdefault(name, None)
        above = [self.sheet.sections.field] if self.sheet.sections else []
        return {**dict.fromkeys((*self.sheet.constants, *above)), **given}

    def _parents(self) -> Iterator[str]:
        """Yield the kinds above the rows' own that this sheet makes where they are missing."""
        made: dict[str, list[str]] = field_list()["made"]
        for kind, needed in made.items():
            rule = self.rules.get(kind)
            if rule is None or kind in {*self.brought, self.sheet.kind}:
                continue
            if rule.template == self.sheet.template and {rule.name, *needed} <= self._fields.keys():
                yield kind

    def _made(self, kind: str) -> Iterator[str]:
        rules = self.rules[kind]
        above = (rules.name, *(field_list()["above"] if field_list()["made"][kind] else ()))
        entity = rules.sheet.entities[0]
        kept = [c for c in entity.columns if c.heading in above and c.heading in self._fields]
        made = replace(entity, columns=tuple(kept), creates=True)
        yield from self._entity(made)

    def _entities(self) -> Iterator[str]:
        for entity in self.rules[self.sheet.kind or ""].sheet.entities:
            needed = {*entity.when, *([entity.each.heading] if entity.each else [])}
            kept = [one for column in entity.columns for one in self._kept(column)]
            if needed <= self._fields.keys() and kept:
                yield from self._entity(replace(entity, columns=tuple(kept)))

    def _kept(self, column: Column) -> Iterator[Column]:
        """Yield a column where the sheet fills it, of a wildcard one for each name in its place."""
        if not column.heading.endswith(OWN):
            yield from [column] if self._keeps(column) else []
            return
        start = column.heading.removesuffix("*")
        for name in self._fields:
            if name.startswith(start):
                path = (column.path or "").replace("*", join([name.removeprefix(start)]))
                yield replace(column, heading=name, path=path)

    def _keeps(self, column: Column) -> bool:
        if column.part is not None or (column.constant is not None and not column.heading):
            return True
        names = column.headings or (column.heading,)
        return all(name in self._fields for name in names)

    def _entity(self, entity: EntityRule) -> Iterator[str]:
        yield "\n[[sheets.entities]]"
        yield f"kind = {toml(entity.kind)}"
        for word in ("when", "unless", "creates", "each"):
            if value := getattr(entity, word):
                yield f"{word} = {toml(self._renamed(value))}"
        yield "columns = ["
        columns = [self._column(column) for column in entity.columns]
        references = [rule for ref in entity.references if (rule := self._reference(ref))]
        named = {column.heading for column in columns}
        needed = dict.fromkeys(n for ref in references for n in (*ref.by, *ref.within))
        columns += [self._named(name) for name in needed if name not in named]
        yield from (f"  {toml(stated(column))}," for column in columns)
        yield "]"
        if references:
            yield "references = ["
            yield from (f"  {toml(stated(rule))}," for rule in references)
            yield "]"

    def _heading(self, field: str) -> str:
        """Return the heading of the list under which a field stands, its own for an answer."""
        column = self._fields.get(field)
        if column is None:
            return field
        folded = fold(column.heading)
        twice = sum(fold(one.heading) == folded for one in self.sheet.columns) > 1
        plain = " ".join(column.heading.replace("*", " ").split())  # a star would be a wildcard
        return f"Column {column.column}" if twice or not plain else plain

    def _placed(self, field: str) -> dict[str, Any]:
        """Return what a column's rule says of where its values come from."""
        column = self._fields.get(field)
        heading = self._heading(field)
        sections = self.sheet.sections
        if column is None and sections and field == sections.field:
            return {"heading": heading, "carry": "section", "letter": sections.column}
        if column is None:
            return {"heading": heading, "constant": self._constant(field)}
        lettered = not self.sheet.header_row or fold(heading) != fold(column.heading)
        return {"heading": heading, "letter": column.column} if lettered else {"heading": heading}

    def _constant(self, field: str) -> str:
        if field in self.sheet.constants:
            return self.sheet.constants[field]
        return f"{{{next(ask for ask, name in answered().items() if name == field)}}}"

    def _column(self, column: Column) -> Column:
        plain = replace(column, aliases=(), note="", example="", offered=True)
        if column.headings:
            return replace(plain, headings=tuple(map(self._heading, column.headings)))
        found = self._fields.get(column.heading)
        placed = replace(plain, **self._placed(column.heading)) if column.heading else plain
        if found is None:
            return placed
        form = FORMS.get(self.sheet.forms.get(found.column, ""), {})
        wanted = {"decimal": ("number", "integer"), "formats": ("date",)}
        usable = {key: v for key, v in form.items() if placed.type in wanted[key]}
        separator = self.sheet.separators.get(found.column)
        if separator and placed.type == "list":
            usable["separators"] = tuple(dict.fromkeys((separator, "\n")))
        return replace(placed, **usable)

    def _named(self, heading: str) -> Column:
        """Return a column that only references use, by the heading it has here."""
        field = next(name for name in self._fields if self._heading(name) == heading)
        return Column(**self._placed(field))

    def _reference(self, reference: Reference) -> Reference | None:
        """Return a reference with the list's own headings, None where it has not all of them."""
        if not set(reference.by) <= self._fields.keys():
            return None
        within = (name for name in reference.within if name in self._fields)
        found = replace(
            reference,
            by=tuple(map(self._heading, reference.by)),
            within=tuple(map(self._heading, within)),
        )
        columns = [self._fields[name] for name in reference.by]
        separator = next((self.sheet.separators.get(c.column) for c in columns if c), None)
        if separator and reference.many:
            found = replace(found, separators=tuple(dict.fromkeys((separator, "\n"))))
        return found

    def _renamed(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {self._heading(name): list(words) for name, words in value.items()}
        return value if isinstance(value, bool) else stated(value)
