"""The scopes of `--prune`: the live roots they name, and everything that stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from importer.errors import UsageError
from importer.mapping import BoundSheet
from importer.order import LiveIndex
from importer.pipeline.steps.intake import Intake
from importer.pipeline.steps.lookup import query_below, query_types
from importer.suggest import did_you_mean, nearest
from importer.template import Template

if TYPE_CHECKING:
    from importer.targets.protocol import Query


def query_scopes(query: Query, intake: Intake, scopes: Sequence[str]) -> None:
    """Ask also for everything that stands in the scopes."""
    if not scopes:
        return
    template, kinds = intake.template, dict(prunable_kinds(intake))
    for kind in template.outermost():
        if type_name := template.kinds[kind].type:
            query.keys.setdefault(type_name, set()).update((scope,) for scope in scopes)
    query_types(query, template, kinds)
    query_below(query, template, kinds)


def prunable_kinds(intake: Intake) -> Iterator[tuple[str, BoundSheet]]:
    """Yield the kinds that rows of the files stand for, each with the sheet it is reported on."""
    stated = {entity.kind for entity in intake.registry.entities}
    seen: set[str] = set()
    for sheet in intake.sheets:
        for bound in sheet.entities:
            kind, rule = bound.kind, bound.rule
            own = not (kind.goes_along or kind.mode == "update" or rule.each)
            if own and kind.name not in seen and (not rule.when or kind.name in stated):
                seen.add(kind.name)
                yield kind.name, sheet


def root_of(template: Template, live: LiveIndex, scope: str) -> str:
    """Return the id of the live entity without a parent that has this name or id.

    Raises UsageError where the target has none, or several.
    """
    kinds = set(template.outermost())
    roots = {one: key[0] for one, (kind, key) in live.names.items() if kind in kinds}
    found = [one for one, label in roots.items() if scope in (label, live.handle(one), one)]
    if len(found) == 1:
        return found[0]
    words = " or ".join(sorted(template.kinds[kind].word for kind in kinds))
    if found:
        ways = ", ".join(live.handle(one) for one in found)
        raise UsageError(f"There are {len(found)} called `{scope}`: name one as {ways}.")
    near = nearest(scope, roots.values())
    hint = did_you_mean(f"`{near}`" if near else None)
    raise UsageError(f"--prune: the target has no {words} `{scope}`{hint}")
