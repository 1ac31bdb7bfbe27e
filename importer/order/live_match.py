"""Matches the entities of the files with the live entities of the target."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from importer.finding_codes import FindingCode
from importer.mapping.entity import Entity
from importer.mapping.key_text import show
from importer.model import Finding, Key
from importer.order.containment import still_full
from importer.order.key_index import Named
from importer.order.live_index import LiveIndex, Namesakes
from importer.suggest import listed


class LiveMatcher:
    """The matcher of one run: which live entity each entity is, and where it is live."""

    def __init__(self, live_index: LiveIndex) -> None:
        self._live = live_index
        self._renamed: dict[str, tuple[Named, Named | None]] = {}
        self._several: dict[int, tuple[str, tuple[str, ...]]] = {}

    def note(self, entity: Entity, parent: Named | None) -> None:
        """Note that the live entity which an entity identifies by an id is renamed to its key."""
        if entity.delete or not entity.valid:
            return
        found = self._live.identified(entity)
        if isinstance(found, str) and entity.key is not None:
            self._renamed[found] = (entity.kind, entity.key), parent

    def rename(self) -> bool:
        """Apply the renames noted so far to the live index; return whether there are any."""
        renamed, self._renamed = self._renamed, {}
        if renamed:
            self._live.rename(renamed)
        return bool(renamed)

    def key_below(self, entity: Entity, parent: Named) -> Key:
        """Return the key of an entity that names only an ancestor (`or_below`).

        A live entity below that ancestor keeps its place, unless the file states it elsewhere.
        """
        here = (*parent[1], *entity.labels)
        if not self._live.names:
            return here
        found = self._live.identified(entity)
        if isinstance(found, str):
            inside = self._live.inside(found, parent)
            return (*self._live.place_of(found), *entity.labels) if inside else here
        index = self._live.index
        if index.has((entity.kind,), here) or index.sharing(entity.kind, here):
            return here
        below = index.below((entity.kind,), parent[1], [entity.labels])
        below = [named for named in below if not index.stated(*named)]
        if len(below) > 1:
            paths = tuple(show(key) for _, key in below)
            self._several[entity.seq] = show(parent[1]), paths
        return below[0][1] if len(below) == 1 else here

    def match(self, entities: Sequence[Entity], duplicates: Container[int]) -> Iterator[Finding]:
        """Give every entity the id of its live entity; yield findings on those that fit several."""
        if not self._live.names and not self._live.archived:
            return
        for entity in entities:
            if entity.seq in duplicates:
                continue
            found = self._live.find(entity)
            if entity.seq in self._several:
                where, paths = self._several[entity.seq]
                yield self._ambiguous(entity, f" below {where}", paths, "Fill in where it stands.")
            elif isinstance(found, Namesakes):
                yield self._ambiguous(entity, "", found.handles, self._way_out(entity))
            else:
                entity.live = found
                if found is None and not entity.delete:
                    yield from self._left_behind(entity)

    def _left_behind(self, entity: Entity) -> Iterator[Finding]:
        """Yield a finding on a new entity whose cleared parent looks as if a live one is to move.

        Nothing but an id or another identifying value says that it is the one below that parent.
        """
        cleared = (ref.rule.path for ref, texts in entity.references if not texts)
        path = next((one for one in cleared if one in self._parents(entity)), None)
        if path is None or entity.key is None or not entity.valid:
            return
        index, label = self._live.index, entity.labels[-1]
        there = index.below((entity.kind,), entity.key[:-1], [(label,)])
        left = [named for named in there if not index.stated(*named)]
        if left:
            entity.valid = False
            kind, places = entity.bound.kind, [show(key[:-1]) for _, key in left]
            words = (
                f"`{entity.sheet.clear}` would make a new {kind.word} `{label}` beside the one in "
                f"{listed(places)}: leave it blank for that. To move the one that is there: "
                f"{_lower(self._way_out(entity))}"
            )
            place = entity.sheet.place(entity.row, *entity.bound.origin(path))
            yield Finding(FindingCode.AMBIGUOUS, words, place, value=entity.sheet.clear)

    @staticmethod
    def _parents(entity: Entity) -> set[str]:
        """Return the paths of the references by which an entity names what it stands in."""
        return {ref.rule.path for ref in entity.bound.references if ref.rule.parent}

    def not_emptied(self, deletes: Sequence[Entity]) -> Iterator[Finding]:
        """Yield findings on deletions of entities that still have others in them.

        Only for kinds that must be emptied first: some targets refuse to delete them otherwise,
        others delete all that is in them.
        """
        deleted = {entity.live: entity for entity in deletes if entity.valid and entity.live}
        deepest_first = sorted(deleted.values(), key=lambda entity: -len(entity.key or ()))
        must_be_empty = [
            entity.live for entity in deepest_first if entity.live and entity.bound.kind.empty_first
        ]
        for id_, left in still_full(must_be_empty, self._live.inside_of, set(deleted)):
            yield self._full(deleted[id_], left)

    def _full(self, entity: Entity, left: Sequence[str]) -> Finding:
        entity.valid = False
        inside = listed(list(map(self._live.label, left)))
        message = (
            f"`{entity.labels[-1]}` still has {inside} in it: delete or move what is in it too."
        )
        sheet, bound = entity.sheet, entity.bound
        column = bound.action_column
        index = bound.origin(bound.kind.key[-1])[0] - 1 if column is None else column
        place = sheet.place(entity.row, index + 1, sheet.heading(index) if index >= 0 else None)
        return Finding(FindingCode.NOT_EMPTY, message, place, value=entity.labels[-1])

    def _ambiguous(self, entity: Entity, where: str, which: Sequence[str], way_out: str) -> Finding:
        entity.valid = False
        bound = entity.bound
        first = ", ".join(f"`{name}`" for name in which[:5])
        more = ", ..." if len(which) > 5 else ""
        message = (
            f"The target has {len(which)} {bound.kind.word}s `{entity.labels[-1]}`{where}: "
            f"{first}{more}. {way_out}"
        )
        place = entity.sheet.place(entity.row, *bound.origin(bound.kind.key[-1]))
        return Finding(FindingCode.AMBIGUOUS, message, place, value=entity.labels[-1])

    def _way_out(self, entity: Entity) -> str:
        rule, kind = entity.bound.rule, entity.bound.kind
        telling = [c.heading for c in rule.columns if c.type == "id" or c.path in kind.identities]
        return f"Say which under {' or '.join(telling)}." if telling else "Give each its own name."


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
