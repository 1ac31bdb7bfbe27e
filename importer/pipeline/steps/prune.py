"""Plan what `--prune` deletes: what is live in a scope and named by no file.

Nothing is deleted because a file is short, wrong or empty: while a row is in error everything
stays; so does what is of a kind that the files do not name at all in that scope, and what still
holds something.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from importer.finding_codes import FindingCode
from importer.journal import Item
from importer.mapping import BoundSheet
from importer.mapping.key_text import show
from importer.model import Action, Finding, Place, Severity
from importer.order.containment import still_full
from importer.pipeline.steps.changes import ChangePlanner
from importer.pipeline.steps.findings import still_has
from importer.pipeline.steps.scopes import prunable_kinds, root_of
from importer.pipeline.steps.spool import CHUNK
from importer.plan import Desired
from importer.plan.guard import scope_of
from importer.plan.prune import Absent, absent, keep_kinds
from importer.plan.relations import Named
from importer.targets.protocol import LiveEntity
from importer.template import Template

IN_ERROR = (
    "It is not in the file, but while rows have errors or are passed over nothing is taken for "
    "gone."
)


class PrunePlanner(Struct):
    """Plans the deletes; `in_error` says that rows have errors, `allowed` that a mass may go."""

    changes: ChangePlanner
    scopes: Sequence[str]
    in_error: bool
    allowed: bool

    def plan(self) -> Iterator[Finding]:
        """Add the deletes to the run; yields a finding for each entity that is kept.

        Raises UsageError for a scope that the target lacks.
        """
        live = self.changes.resolution.live
        roots = [root_of(self._template, live, scope) for scope in self.scopes]
        sheets = dict(prunable_kinds(self.changes.resolution.intake))
        found = absent(self._names, roots, self._stated(), sheets.keys())
        if self.in_error:
            found.kept = dict.fromkeys(found.ids, IN_ERROR)
        elif not self.allowed:
            keep_kinds(found, self._names, self._cut_short(sheets, roots))
        self._keep_full(found)
        yield from self._write(found, sheets)

    @property
    def _template(self) -> Template:
        return self.changes.resolution.intake.template

    @property
    def _names(self) -> Mapping[str, Named]:
        return self.changes.resolution.live.names

    def _stated(self) -> set[str]:
        """Return the ids of what rows are about, and of what they refer to."""
        resolution = self.changes.resolution
        ids = resolution.live.ids
        own = {entity.live for entity in resolution.intake.registry.entities if entity.live}
        return own | {ids[one] for one in resolution.resolver.meaning.values() if one in ids}

    def _cut_short(
        self, sheets: Mapping[str, BoundSheet], roots: Sequence[str]
    ) -> dict[Named, str]:
        """Return the kinds that the files do not name in a scope, each with the reason to keep."""
        entities = self.changes.resolution.intake.registry.entities
        there = {(entity.kind, (entity.key or ())[:1]) for entity in entities}
        scopes = [self._names[root][1] for root in roots]
        missing = [(kind, scope) for kind in sheets for scope in scopes]
        return {one: self._too_short(*one) for one in missing if one not in there}

    def _too_short(self, kind: str, scope: tuple[str, ...]) -> str:
        word = self._template.kinds[kind].word
        return (
            f"The file names no {word} in `{scope[0]}` at all, as if it had been cut short, so "
            "none is taken for gone: --allow-mass-change deletes them."
        )

    def _keep_full(self, found: Absent) -> None:
        """Keep what still holds something that stays."""
        live = self.changes.resolution.live
        entities = self.changes.resolution.intake.registry.entities
        going = {one.live for one in entities if one.live and one.delete and one.valid}
        leaving = sorted(found.leaving, key=lambda one: -len(self._names[one][1]))
        for one, left in still_full(leaving, live.inside_of, going | set(leaving)):
            labels = list(map(live.label, left))
            found.kept[one] = f"It is not in the file, but {still_has(labels)}."

    def _write(self, found: Absent, sheets: Mapping[str, BoundSheet]) -> Iterator[Finding]:
        """Add an item for each, on a row below 0; those kept say why."""
        changes = self.changes
        first = len(changes.resolution.intake.registry.entities)
        kept: dict[int, str] = {}
        for start in range(0, len(found.ids), CHUNK):
            some = found.ids[start : start + CHUNK]
            live = changes.live_of(some)
            items = [
                self._item(first + n, n - len(found.ids), live[one], live, sheets)
                for n, one in enumerate(some, start)
            ]
            changes.stage.add_rows([item.row_no for item in items])
            changes.stage.add_items(items)
            kept |= {item.entity: found.kept[item.id] for item in items if item.id in found.kept}
            self._note(item for item in items if item.entity not in kept)
            yield from self._findings(items, kept)
        changes.stage.keep_back(kept)

    def _findings(self, items: Sequence[Item], kept: Mapping[int, str]) -> Iterator[Finding]:
        for item in items:
            if item.entity in kept:
                sheet = self.changes.resolution.intake.sheets[item.sheet]
                place = Place(sheet.name, item.row, file=sheet.file, name=show(item.key))
                yield Finding(FindingCode.HELD, kept[item.entity], place, Severity.WARNING)

    def _note(self, items: Iterable[Item]) -> None:
        for item in items:
            self.changes.guard.note(scope_of(item.kind, item.key, inside=True), item.row_no)
            self.changes.actions[item.row_no] = Action.DELETE

    def _item(
        self,
        entity: int,
        row: int,
        live: LiveEntity,
        known: Mapping[str, LiveEntity],
        sheets: Mapping[str, BoundSheet],
    ) -> Item:
        kind, key = self._names[live.id]
        desired = Desired(entity, self._template.kinds[kind], live.type, key, {}, delete=True)
        ids = self.changes.resolution.live.ids
        depth = sum(1 for at in range(1, len(key)) if (kind, key[:at]) in ids)
        return Item(
            entity=entity,
            sheet=sheets[kind].no,
            row=row,
            kind=kind,
            key=key,
            level=self.changes.levels.delete(kind, depth),
            action=Action.DELETE,
            id=live.id,
            change=self.changes.deletion(desired, live, known),
        )
