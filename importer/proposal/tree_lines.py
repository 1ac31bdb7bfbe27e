"""What a mapping says of the levels of a tree: a rule for each, and what names its parent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from importer.proposal.data import field_list
from importer.proposal.proposal import ColumnProposal, SheetProposal
from importer.proposal.rules import KindRules
from importer.template import EntityRule, Reference


def makes_its_levels(sheet: SheetProposal) -> bool:
    """Return whether a sheet makes what the levels above its rows name."""
    return bool(sheet.tree) and sheet.kind in field_list()["trees"]["rows"]


def of_level(sheet: SheetProposal, letter: str, rules: Mapping[str, KindRules]) -> SheetProposal:
    """Return a sheet as if it had only this level of the tree: it names the rows."""
    kind = sheet.kind if letter == sheet.tree[-1] else field_list()["trees"]["of"]
    name = rules[kind or ""].name

    def field(column: ColumnProposal) -> str | None:
        if column.column in sheet.tree:
            return name if column.column == letter else None
        return column.field

    columns = tuple(replace(one, field=field(one)) for one in sheet.columns)
    return replace(sheet, kind=kind, columns=columns)


def parents(
    entity: EntityRule, headings: Mapping[str, str], above: Sequence[str]
) -> list[Reference]:
    """Return the reference of a level to the one above it, by the headings of all above.

    `headings` are those of the fields by which a row names what the whole tree stands in.
    """
    of: str = field_list()["trees"]["of"]
    outer = [n for ref in entity.references if ref.parent and of not in ref.to for n in ref.by]
    by = (*(headings[name] for name in outer if name in headings), *above)
    return [
        Reference(
            path=one.path,
            to=one.to,
            by=by,
            parent=one.parent,
            required=one.parent,
            many=one.many,
            separators=() if one.many else one.separators,
        )
        for one in entity.references
        if of in one.to and one.by and above
    ]
