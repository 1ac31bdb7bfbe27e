"""Tells whether a template can be followed backwards, from live entities to rows."""

from __future__ import annotations

from collections.abc import Iterator

from importer.template import EntityRule, SheetRule, Template


def why_not_exportable(template: Template) -> str:
    """Return why the mapping cannot be followed backwards, empty if it can."""
    if template.is_form:
        return "it is for lists that another system has made"
    return next((why for sheet in template.sheets for why in _reasons(template, sheet)), "")


def _reasons(template: Template, sheet: SheetRule) -> Iterator[str]:
    own = [rule for rule in sheet.entities if not (rule.each or _belongs_to_row(rule))]
    described = (_is_described(template, rule) for rule in own if rule.creates)
    if sum(not rule.creates for rule in own) > 1 or any(described):
        yield f"a row of {sheet.name} says things about several objects"
    paths: dict[str, str] = {}
    for column in (column for rule in sheet.entities for column in rule.columns if column.path):
        other = paths.setdefault(column.heading, column.path or "") if column.heading else ""
        if column.headings or column.extract or (other and other != column.path):
            heading = column.heading or " and ".join(column.headings)
            yield f"{heading} of {sheet.name} holds more, or less, than one value"


def _belongs_to_row(rule: EntityRule) -> bool:
    """Return whether the entity of a rule is a child of the entity the row itself makes."""
    return any(reference.parent and not reference.by for reference in rule.references)


def _is_described(template: Template, rule: EntityRule) -> bool:
    """Return whether rows hold more than the key of what they create beside their own entity."""
    return any(c.path and c.path not in template.kinds[rule.kind].key for c in rule.columns)
