"""A planned run and the scopes to prune in, the deletes of what its files do not name out.

Nothing is deleted because a file is short, wrong or empty: while a row is in error, all stays;
what a file names no other one of in that scope stays; so does what still holds something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from importer.errors import UsageError
from importer.finding_codes import FindingCode
from importer.intake import Intake
from importer.journal import Item, Items, key_text
from importer.journal.serialize import pack
from importer.mapping import BoundSheet
from importer.mapping.key_text import show
from importer.model import Action, Finding, Place, Severity, Status
from importer.order import LiveIndex
from importer.plan import Desired
from importer.plan.guard import scope_of
from importer.plan.prune import Absent, absent, keep_full, keep_kinds
from importer.plan.relations import Named
from importer.planning import ChangePlanner
from importer.suggest import nearest
from importer.targets.protocol import LiveEntity, Query
from importer.template import Template
from importer.wanted import want_below

IN_ERROR = "It is not in the file, but while rows have errors nothing is taken for gone."

PIECE = 500


def want_scopes(wanted: Query, intake: Intake, scopes: Sequence[str]) -> None:
    """Have a look at all that stands in the scopes."""
    if not scopes:
        return
    template, kinds = intake.template, dict(prunable(intake))
    for kind in template.outermost():
        if type_name := template.kinds[kind].type:
            wanted.keys.setdefault(type_name, set()).update((scope,) for scope in scopes)
    for kind in kinds:
        if type_name := template.kinds[kind].type:
            wanted.keys.setdefault(type_name, set())
    want_below(wanted, template, kinds)


def prunable(intake: Intake) -> Iterator[tuple[str, BoundSheet]]:
    """The kinds that rows of the files stand for, each with the sheet that it is told on."""
    stated = {entity.kind for entity in intake.registry.entities}
    seen: set[str] = set()
    for sheet in intake.sheets:
        for bound in sheet.entities:
            kind, rule = bound.kind, bound.rule
            own = not (kind.goes_along or kind.mode == "update" or rule.each)
            if own and kind.name not in seen and (not rule.when or kind.name in stated):
                seen.add(kind.name)
                yield kind.name, sheet


@dataclass(slots=True)
class PrunePlanner:
    """Plans the deletes; `in_error` says that rows have errors, `allowed` that a mass may go."""

    planning: ChangePlanner
    scopes: Sequence[str]
    in_error: bool
    allowed: bool

    def prune(self) -> Iterator[Finding]:
        """Add the deletes to the run; tells of what is kept.

        Raises UsageError for a scope that the target lacks.
        """
        roots = [_root(self._template, self._directory, scope) for scope in self.scopes]
        sheets = dict(prunable(self.planning.intake))
        found = absent(self._names, roots, self._stated(), sheets.keys())
        if self.in_error:
            found.kept = dict.fromkeys(found.ids, IN_ERROR)
        elif not self.allowed:
            keep_kinds(found, self._names, self._cut_short(sheets, roots))
        keep_full(found, self._names, self._leaving(), self._directory.inside_of)
        yield from self._write(found, sheets)

    @property
    def _template(self) -> Template:
        return self.planning.intake.template

    @property
    def _directory(self) -> LiveIndex:
        return self.planning.directory

    @property
    def _names(self) -> Mapping[str, Named]:
        return self._directory.names

    def _stated(self) -> set[str]:
        """The ids of what rows are about, and of what they refer to."""
        registry, ids = self.planning.intake.registry, self._directory.ids
        own = {entity.live for entity in registry.entities if entity.live}
        return own | {ids[one] for one in self.planning.resolver.meaning.values() if one in ids}

    def _cut_short(
        self, sheets: Mapping[str, BoundSheet], roots: Sequence[str]
    ) -> dict[Named, str]:
        """The kinds that the files name none of in a scope, and what to say of them."""
        entities = self.planning.intake.registry.entities
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

    def _leaving(self) -> set[str]:
        entities = self.planning.intake.registry.entities
        return {one.live for one in entities if one.live and one.delete and one.valid}

    def _write(self, found: Absent, sheets: Mapping[str, BoundSheet]) -> Iterator[Finding]:
        """An item for each, on a row of its own that no sheet has; those kept say why."""
        planning = self.planning
        kept: dict[int, str] = {}
        first = 2 * len(planning.intake.registry.entities)
        for start in range(0, len(found.ids), PIECE):
            some = found.ids[start : start + PIECE]
            live = planning.live_of(some)
            places = enumerate(some, start)
            items = [
                self._item(first + 2 * n, n - len(found.ids), one, live, sheets)
                for n, one in places
            ]
            planning.journal.add_rows(planning.run, [(item.sheet, item.row) for item in items])
            planning.journal.add_items(planning.run, items)
            kept |= {item.no: found.kept[item.id] for item in items if item.id in found.kept}
            self._note(item for item in items if item.no not in kept)
            yield from self._told(items, found)
        Items(planning.journal, planning.run).keep_back(kept)

    def _told(self, items: Sequence[Item], found: Absent) -> Iterator[Finding]:
        for item in items:
            if why := found.kept.get(item.id or ""):
                sheet = self.planning.intake.sheets[item.sheet]
                name = show(self._names[item.id or ""][1])
                place = Place(sheet.name, item.row, file=sheet.file, name=name)
                yield Finding(FindingCode.HELD, why, place, Severity.WARNING)

    def _note(self, items: Iterator[Item]) -> None:
        for item in items:
            kind, key = self._names[item.id or ""]
            self.planning.guard.note(scope_of(kind, key, inside=True), (item.sheet, item.row))
            self.planning.actions[item.sheet, item.row] = Action.DELETE

    def _item(
        self,
        no: int,
        row: int,
        identity: str,
        known: Mapping[str, LiveEntity],
        sheets: Mapping[str, BoundSheet],
    ) -> Item:
        (kind, key), live = self._names[identity], known[identity]
        stated = Desired(no // 2, self._template.kinds[kind], live.type, key, {}, delete=True)
        depth = sum(1 for at in range(1, len(key)) if (kind, key[:at]) in self._directory.ids)
        return Item(
            no,
            sheets[kind].no,
            row,
            kind,
            key_text(key),
            self.planning.levels.delete(kind, depth),
            Status.PENDING,
            Action.DELETE.value,
            identity,
            change=pack(self.planning.deletion(stated, live, known)),
        )


def _root(template: Template, directory: LiveIndex, scope: str) -> str:
    """The id of what is called so, or has this identity, and stands in nothing."""
    kinds = set(template.outermost())
    roots = {one: key[0] for one, (kind, key) in directory.names.items() if kind in kinds}
    found = [one for one, label in roots.items() if scope in (label, directory.handle(one), one)]
    if len(found) == 1:
        return found[0]
    words = " or ".join(sorted(template.kinds[kind].word for kind in kinds))
    if found:
        ways = ", ".join(directory.handle(one) for one in found)
        raise UsageError(f"There are {len(found)} called `{scope}`: name one as {ways}.")
    near = nearest(scope, roots.values())
    hint = f" Did you mean `{near}`?" if near else ""
    raise UsageError(f"--prune: the target has no {words} `{scope}`.{hint}")
