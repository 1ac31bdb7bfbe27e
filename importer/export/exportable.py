"""A template in, why its rows cannot be written from what is live out; nothing where they can."""

from __future__ import annotations

from collections.abc import Iterator

from importer.template import EntityRule, SheetRule, Template


def one_way(template: Template) -> str:
    """Why the mapping cannot be followed backwards, blank where it can."""
    return next((why for sheet in template.sheets for why in _reasons(template, sheet)), "")


def _reasons(template: Template, sheet: SheetRule) -> Iterator[str]:
    own = [rule for rule in sheet.entities if not (rule.each or _hangs(rule))]
    said = (_says_more(template, rule) for rule in own if rule.creates)
    if sum(not rule.creates for rule in own) > 1 or any(said):
        yield f"a row of {sheet.name} says things about several objects"
    paths: dict[str, str] = {}
    for column in (column for rule in sheet.entities for column in rule.columns if column.path):
        other = paths.setdefault(column.heading, column.path or "") if column.heading else ""
        if column.headings or column.extract or (other and other != column.path):
            heading = column.heading or " and ".join(column.headings)
            yield f"{heading} of {sheet.name} holds more, or less, than one value"


def _hangs(rule: EntityRule) -> bool:
    """Whether what a rule makes belongs to what the row itself is about."""
    return any(reference.parent and not reference.by for reference in rule.references)


def _says_more(template: Template, rule: EntityRule) -> bool:
    """Whether rows say more of what they make on the way than what it is called."""
    return any(c.path and c.path not in template.kinds[rule.kind].key for c in rule.columns)
