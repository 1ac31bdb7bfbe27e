"""Which fields a concept may belong to in each kind: what fields.json says, and the templates' own.

A heading that a template knows, its own or an alias, is that field whatever the words say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from importer.proposal.concepts import Concept
from importer.proposal.data import field_list
from importer.proposal.slips import slip_for
from importer.template import Column, SheetRule, Template, fold

_OWN = {"": 0.97, "name": 1.0}
"""How surely a column is the name: of the row's own thing, alone or with a word for a name."""


class KindRules(Struct, frozen=True):
    """A kind of the templates: its sheet's fields, and which concept belongs to which of them.

    `things` are what its rows are called, `name` and `id` the fields for a name and a code,
    `parent` the one for another row of the sheet; `asks` are the questions to be asked,
    `filtered` the thing among which its rows may stand, `own` begins a property of people's own,
    `numbered` says that numbers tell its rows apart where names repeat.
    """

    kind: str
    word: str
    template: str
    sheet: SheetRule
    columns: Mapping[str, Column]
    things: tuple[str, ...]
    name: str
    id: str
    belongs: Mapping[str, Mapping[str, float]]
    names: Mapping[str, str]
    parent: str = ""
    asks: tuple[str, ...] = ()
    filtered: str = ""
    own: str = ""
    numbered: bool = False

    @property
    def known(self) -> int:
        """Return how many of its fields some concept belongs to."""
        fields = {name for fields in self.belongs.values() for name in fields}
        return len({*fields, self.name, self.id} & self.columns.keys())

    def exact(self, heading: str) -> str:
        """Return the field that has this heading or alias, nothing where none has."""
        return self.names.get(fold(heading), "")

    def misspelt(self, heading: str) -> str:
        """Return the field of whose heading or alias a heading is a slip, nothing where of none."""
        return self.names.get(slip_for(fold(heading), self.names), "")

    def fields(self, concept: Concept) -> dict[str, float]:
        """Return the fields that a concept may belong to, and how surely."""
        found: dict[str, float] = {}
        for field, weight in self._candidates(concept):
            if field in self.columns or field in field_list()["above"]:
                found[field] = max(weight, found.get(field, 0.0))
        return found

    def _candidates(self, concept: Concept) -> Iterable[tuple[str, float]]:
        thing, attribute, _ = concept
        own = thing in self.things
        yield from self.belongs.get(".".join(filter(None, (thing, attribute))), {}).items()
        if attribute and (own or not thing):
            yield from self.belongs.get(f".{attribute}", {}).items()
        if own and attribute in _OWN:
            yield self.name, _OWN[attribute]
        elif not thing and attribute == "name":
            yield self.name, 0.9
        if attribute == "code" and (own or not thing):
            yield self.id, 1.0 if own else 0.8
            yield self.name, 0.55 if own else 0.4


def rules_of(templates: Iterable[Template]) -> dict[str, KindRules]:
    """Return the rules of each kind that the templates have and that a list may be taken for.

    Of several sheets for a kind the one counts that has most of the fields we know, and of equal
    ones the first.
    """
    found = dict[str, KindRules]()
    for template in templates:
        for sheet in template.sheets if not template.headings_of else ():
            rule = sheet.entities[0]
            if rule.kind in field_list()["kinds"] and not rule.creates:
                own = _rules(template, sheet, rule.kind)
                if own.known > (found[own.kind].known if own.kind in found else 0):
                    found[own.kind] = own
    return found


def _rules(template: Template, sheet: SheetRule, kind: str) -> KindRules:
    own = field_list()["kinds"][kind]
    columns = {c.heading: c for e in sheet.entities for c in e.columns if c.heading}
    columns |= {e.each.heading: Column(heading=e.each.heading) for e in sheet.entities if e.each}
    wild = [heading for heading in columns if "*" in heading]
    columns = {heading: column for heading, column in columns.items() if heading not in wild}
    return KindRules(
        kind=kind,
        word=template.kinds[kind].word,
        template=template.name,
        sheet=sheet,
        columns=columns,
        things=tuple(own["things"]),
        name=own["name"],
        id=own.get("id", ""),
        belongs=_belongs(own),
        names=_names(columns),
        parent=own.get("parent", ""),
        asks=tuple(own.get("asks", ())),
        filtered=own.get("filtered", ""),
        numbered=own.get("numbered", False),
        own=next((h.removesuffix("*") for h in wild if h.endswith(": *")), ""),
    )


def _names(columns: Mapping[str, Column]) -> dict[str, str]:
    """Return the field of each heading and alias, but for those whose words mean more elsewhere."""
    known = ((fold(name), own) for own, column in columns.items() for name in column.names)
    return {name: own for name, own in known if own not in field_list()["not_theirs"]}


def _belongs(own: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Return the fields of each concept: those of the kind's groups, and its own."""
    found: dict[str, dict[str, float]] = {}
    for group in (*(field_list()["groups"][name] for name in own.get("groups", ())), own["fields"]):
        for concept, fields in group.items():
            found[concept] = {fields: 1.0} if isinstance(fields, str) else fields
    return found
