"""Entities in, what is live of each out, and where those stand that do not say it in full."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from importer.finding_codes import FindingCode
from importer.mapping.entity import Entity
from importer.mapping.key_text import show
from importer.model import Finding, Key
from importer.order.key_index import Named
from importer.order.live_index import LiveIndex, Several
from importer.suggest import listed


class LiveMatcher:
    """Meets the entities of a file with what the directory knows to be live."""

    def __init__(self, directory: LiveIndex) -> None:
        self._directory = directory
        self._renamed: dict[str, tuple[Named, Named | None]] = {}
        self._several: dict[int, tuple[str, tuple[str, ...]]] = {}

    def note(self, entity: Entity, parent: Named | None) -> None:
        """An entity has its key: what it names by an id is called so from now on."""
        if entity.delete or not entity.valid:
            return
        found = self._directory.identified(entity)
        if isinstance(found, str) and entity.key is not None:
            self._renamed[found] = (entity.kind, entity.key), parent

    def rename(self) -> None:
        """Carry out what was noted."""
        if self._renamed:
            self._directory.rename(self._renamed)
            self._renamed.clear()

    def key_below(self, entity: Entity, parent: Named) -> Key:
        """The key of an entity that says only what it stands below.

        What is live there stays where it is, unless the file names it in full elsewhere.
        """
        here = (*parent[1], *entity.labels)
        if not self._directory.names:
            return here
        found = self._directory.identified(entity)
        if isinstance(found, str):
            inside = self._directory.inside(found, parent)
            return (*self._directory.place_of(found), *entity.labels) if inside else here
        index = self._directory.index
        if index.has((entity.kind,), here) or index.sharing(entity.kind, here):
            return here
        below = index.below((entity.kind,), parent[1], [entity.labels])
        below = [one for one in below if not index.stated(*one)]
        if len(below) > 1:
            paths = tuple(show(key) for _, key in below)
            self._several[entity.seq] = show(parent[1]), paths
        return below[0][1] if len(below) == 1 else here

    def match(self, entities: Sequence[Entity], duplicates: Container[int]) -> Iterator[Finding]:
        """Give every entity the id of what is live of it; tell of those that may mean several."""
        if not self._directory.names and not self._directory.archived:
            return
        for entity in entities:
            if entity.seq in duplicates:
                continue
            found = self._directory.find(entity)
            if entity.seq in self._several:
                where, paths = self._several[entity.seq]
                yield self._ambiguous(entity, f" below {where}", paths, "Fill in where it stands.")
            elif isinstance(found, Several):
                yield self._ambiguous(entity, "", found.handles, self._way_out(entity))
            else:
                entity.live = found

    def not_emptied(self, deletes: Sequence[Entity]) -> Iterator[Finding]:
        """Tell of what is deleted though something stands in it that is neither deleted nor moved.

        For kinds that say so: some targets refuse that, others take it all away.
        """
        deletes = [entity for entity in deletes if entity.valid and entity.live is not None]
        gone = {entity.live for entity in deletes}
        for entity in sorted(deletes, key=lambda one: len(one.key or ()), reverse=True):
            left = [one for one in self._directory.inside_of(entity.live or "") if one not in gone]
            if left and entity.bound.kind.empty_first:
                gone.discard(entity.live)
                yield self._full(entity, left)

    def _full(self, entity: Entity, left: Sequence[str]) -> Finding:
        entity.valid = False
        inside = listed([self._directory.names[one][1][-1] for one in left])
        words = f"`{entity.labels[-1]}` still has {inside} in it: delete or move what is in it too."
        sheet, bound = entity.sheet, entity.bound
        column = bound.action_column
        index = bound.origin(bound.kind.key[-1])[0] - 1 if column is None else column
        place = sheet.place(entity.row, index + 1, sheet.heading(index) if index >= 0 else None)
        return Finding(FindingCode.NOT_EMPTY, words, place, value=entity.labels[-1])

    def _ambiguous(self, entity: Entity, where: str, which: Sequence[str], way_out: str) -> Finding:
        entity.valid = False
        bound = entity.bound
        first = ", ".join(f"`{one}`" for one in which[:5])
        more = ", ..." if len(which) > 5 else ""
        words = (
            f"The target has {len(which)} {bound.kind.word}s `{entity.labels[-1]}`{where}: "
            f"{first}{more}. {way_out}"
        )
        place = entity.sheet.place(entity.row, *bound.origin(bound.kind.key[-1]))
        return Finding(FindingCode.AMBIGUOUS, words, place, value=entity.labels[-1])

    def _way_out(self, entity: Entity) -> str:
        rule, kind = entity.bound.rule, entity.bound.kind
        telling = [c.heading for c in rule.columns if c.type == "id" or c.path in kind.identities]
        return f"Say which under {' or '.join(telling)}." if telling else "Give each its own name."
