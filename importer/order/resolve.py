"""A registry and an index of live keys in, every reference resolved or explained out."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from operator import attrgetter

from importer.mapping import BoundSheet
from importer.mapping.entity import RefText
from importer.mapping.forms import labels
from importer.model import Finding, Key, Severity
from importer.order.directory import Directory
from importer.order.index import Ambiguous, Answer, Missing, Named
from importer.order.lasting import Lasting
from importer.order.levels import Levels
from importer.order.registry import Record, Registry
from importer.order.standing import Standing
from importer.order.twice import Twice
from importer.order.waiting import Waiting, ways
from importer.order.wording import Row, blame, contradiction
from importer.order.wording import words as words_of
from importer.template import Template

_creates = attrgetter("creates")


def _rank(record: Record) -> tuple[bool, bool]:
    return record.creates, record.parent is not None and record.parent.rule.rule.or_below


class Resolver:
    """Gives every record its key and every RefText the entity it means.

    `looked_up` says whether the directory holds what is live in a target: without it, what is not
    in the file is a warning, since it may be there.
    """

    def __init__(
        self,
        template: Template,
        registry: Registry,
        directory: Directory,
        sheets: Sequence[BoundSheet],
        *,
        looked_up: bool,
    ) -> None:
        self.template = template
        self.registry = registry
        self.directory = directory
        self.index = directory.index
        self.sheets = sheets
        self.looked_up = looked_up
        self.levels = Levels(template)
        self.meaning: dict[RefText, Named] = {}
        self._twice = Twice(template, registry, sheets)
        self._standing = Standing(directory, sheets)
        self._short = {
            bound.kind.name
            for sheet in sheets
            for bound in sheet.entities
            if any(reference.rule.or_below for reference in bound.references)
        }
        self.duplicates: dict[int, int] = {}

    def resolve(self) -> Iterator[Finding]:
        """Resolve all; the findings come with the rows they make invalid already marked."""
        for kind in self.levels.order():
            yield from self._keys_of(kind)
        unanswered = dict(self._unanswered())
        uses = self.registry.uses(unanswered) if unanswered else {}
        for text, answer in unanswered.items():
            if text in uses:
                yield from self._explain(text, answer, uses[text])
        yield from self._contradictions()
        yield from self._twice.identities()
        lasting = Lasting(self.template, self.registry, self.index, self.sheets)
        yield from lasting.findings(self.meaning)
        yield from self._standing.still_full(self.registry.records)

    def _unanswered(self) -> Iterator[tuple[RefText, Missing | Ambiguous]]:
        """Give every text its meaning; answers those that have none."""
        for text in self.registry.texts:
            if text not in self.meaning:
                answer = self._answer(text)
                if isinstance(answer, tuple):
                    self.meaning[text] = answer
                else:
                    yield text, answer

    def _keys_of(self, kind: str) -> Iterator[Finding]:
        """Give every record of a kind its key and what is live of it.

        Those known by an id come first, for they may rename what others refer to; then those stated
        in full, those that say least of where they stand, and those that create.
        """
        records = waiting = self.registry.of_kind(kind)
        if self.directory.names:
            known = [record for record in records if record.id or record.identities]
            yield from self._passes(known, loose=False)
            waiting = [record for record in records if record.key is None]
        elif records and not self.index.keys[kind]:
            waiting = self._plain(records)
        rank = _rank if kind in self._short else _creates
        waiting = yield from self._passes(sorted(waiting, key=rank))
        yield from self._stuck(waiting)
        yield from self._standing.meet(records, self.duplicates)

    def _plain(self, records: list[Record]) -> list[Record]:
        """Give the plain ones their keys; answers all others.

        Most rows of a large file are plain: what they stand in is of another kind and known, and
        nothing else bears their name.
        """
        keys, left = self.index.keys[records[0].kind], []
        for record in records:
            text = record.parent
            if text is None or record.identities or record.creates:
                left.append(record)
                continue
            parent = self.meaning.get(text) or self._parent(record, text, loose=False)
            if parent is None or parent[0] == record.kind:
                left.append(record)
                continue
            key = parent[1] + record.labels
            if keys.setdefault(key, record.seq) == record.seq:
                record.key = key
            else:
                left.append(record)
        self.index.forget_labels(records[0].kind)
        return left

    def _passes(
        self, waiting: list[Record], *, loose: bool = True
    ) -> Generator[Finding, None, list[Record]]:
        """Resolve as long as one more parent becomes known; answers what is left.

        Parents named in full go first. A short name counts once nothing that still waits may bear
        it, so that the order of the rows does not decide what it means.
        """
        while waiting:
            keys = ((record, self._key(record, loose=False)) for record in waiting)
            left = yield from self._settle_all(keys)
            if loose and len(left) == len(waiting):
                left = yield from self._settle_all(self._by_short_name(waiting))
            self._standing.rename()
            if len(left) == len(waiting):
                break
            waiting = left
        return waiting

    def _by_short_name(self, waiting: list[Record]) -> list[tuple[Record, Key | None]]:
        others = Waiting(waiting)
        return [
            (record, None if others.parents(record) else self._key(record, loose=True))
            for record in waiting
        ]

    def _settle_all(
        self, keys: Iterable[tuple[Record, Key | None]]
    ) -> Generator[Finding, None, list[Record]]:
        """Make keys known; answers the records that have none yet."""
        left = []
        for record, key in keys:
            if key is None:
                left.append(record)
            elif (other := self._settle(record, key)) is not None:
                yield from self._twice.keys(other, record, key)
        return left

    def _key(self, record: Record, *, loose: bool) -> Key | None:
        text = record.parent
        if text is None:
            return record.labels
        parent = self.meaning.get(text) or self._parent(record, text, loose=loose)
        if parent is None:
            return None
        if parent[0] == record.kind:
            record.depth = len(parent[1])
        if text.rule.rule.or_below:
            return self._standing.key_below(record, parent)
        return parent[1] + record.labels

    def _parent(self, record: Record, text: RefText, *, loose: bool) -> Named | None:
        """What a record's parent text means, once that is known."""
        beside = self.registry.beside.get(text)
        if beside is not None:
            found = self._made_beside(record, self.registry.records[beside])
        else:
            answer = self._answer(text, loose=loose)
            found = answer if isinstance(answer, tuple) else None
        if found is not None:
            self.meaning[text] = found
        return found

    def _made_beside(self, record: Record, parent: Record) -> Named | None:
        """The parent that the same row makes; what hangs from a bad one is bad."""
        if parent.key is None:
            return None
        record.valid = record.valid and parent.valid
        return parent.kind, parent.key

    def _settle(self, record: Record, key: Key) -> Record | None:
        """Make a record's key known; answers the one that stated the same key before."""
        record.key = key
        if self.directory.names:
            self._standing.note(record, self.meaning.get(record.parent) if record.parent else None)
        other = self.index.add(record.kind, key, record.seq)
        for identity in record.identities:
            self.index.identify(record.kind, identity, key)
        if other is None or other == record.seq:
            return None
        if record.creates:
            self.duplicates[record.seq] = other
            return None
        return self.registry.records[other]

    def _answer(self, text: RefText, *, loose: bool = True) -> Answer:
        rule = text.rule.rule
        if rule.via:
            named = self.index.identified(rule.to, text.steps[-1])
            return named or Missing(len(text.steps) - 1, text.steps[-1], ())
        answer: Answer = Missing(0, text.text, ())
        for way in ways(text):
            answer = self.index.follow(rule.to, way, rule.path_separators, loose=loose)
            if isinstance(answer, tuple):
                break
        return answer

    def _contradictions(self) -> Iterator[Finding]:
        """Rows that name what they stand in twice, and mean two things."""
        for seq, text, other in self.registry.second:
            here, there = self.meaning.get(text), self.meaning.get(other)
            if here and there and here[1][: len(there[1])] != there[1]:
                record = self.registry.records[seq]
                record.valid = False
                yield contradiction(self.template, text, other, here, there, self._row(record))

    def _row(self, record: Record) -> Row:
        return self.sheets[record.sheet], record.row

    def _stuck(self, waiting: list[Record]) -> Iterator[Finding]:
        """Records whose parent never became known: missing, ambiguous, or in a circle.

        They get the key their texts would make, so that what stands below them is found (and later
        blocked by them) and is not itself reported as missing.
        """
        circles = Waiting(waiting).circles()
        for record in waiting:
            if record.seq in circles:
                record.valid = False
                yield self._circle(record, circles[record.seq])
        while waiting:
            others = Waiting(waiting)
            first = [r for r in waiting if r.seq in circles or not others.parents(r)] or waiting
            yield from self._settle_all([(record, _provisional(record)) for record in first])
            for record in first:
                self._close(record, circles)
            done = {record.seq for record in first}
            waiting = [record for record in waiting if record.seq not in done]
            waiting = yield from self._passes(waiting)

    def _close(self, record: Record, circles: dict[int, list[Record]]) -> None:
        """What a record in a circle names is the next one on the way round."""
        if record.seq in circles and record.parent is not None:
            parent = circles[record.seq][1]
            if parent.key is not None:
                self.meaning.setdefault(record.parent, (parent.kind, parent.key))

    def _circle(self, record: Record, way: Sequence[Record]) -> Finding:
        sheet = self.sheets[record.sheet]
        path = " > ".join(other.labels[-1] for other in way)
        column, heading = blame(record.parent, -1, sheet) if record.parent else (0, None)
        return Finding(
            "circle",
            f"This leads back to itself: {path}.",
            sheet.place(record.row, column, heading),
            value=record.parent.text if record.parent else None,
        )

    def _explain(
        self, text: RefText, answer: Missing | Ambiguous, uses: Sequence[int]
    ) -> Iterator[Finding]:
        if self._told_elsewhere(text, answer, self.registry.records[uses[0]]):
            return
        words = words_of(self.template, text, answer, looked_up=self.looked_up)
        if isinstance(answer, Missing) and not self.looked_up:
            yield self._to_be_looked_up(text, answer, words, uses)
            return
        for seq in uses:
            self.registry.records[seq].valid = False
            yield self._unresolved(text, answer, words, seq)

    def _told_elsewhere(self, text: RefText, answer: Missing | Ambiguous, record: Record) -> bool:
        """Whether the cells that narrow the search are at fault, which another reference names."""
        own_scope = text.readings and text.readings[-1][0] is None
        if not own_scope or answer.step >= len(text.within):
            return False
        return any(
            text.rule.within[0] in other.by
            for bound in self.sheets[record.sheet].entities
            for other in bound.references
            if other.no != text.rule.no
        )

    def _to_be_looked_up(
        self, text: RefText, answer: Missing, words: str, uses: Sequence[int]
    ) -> Finding:
        """One warning for all rows that name something which only a target can know."""
        more = len(uses) - 1
        also = f" {more} more {'row names' if more == 1 else 'rows name'} it." if more else ""
        return self._unresolved(text, answer, f"{words}{also}", uses[0], Severity.WARNING)

    def _unresolved(
        self,
        text: RefText,
        answer: Missing | Ambiguous,
        words: str,
        seq: int,
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        record = self.registry.records[seq]
        sheet = self.sheets[record.sheet]
        column, heading = blame(text, answer.step, sheet)
        return Finding(
            "ambiguous" if isinstance(answer, Ambiguous) else "not_found",
            words,
            sheet.place(record.row, column, heading),
            severity,
            answer.text,
            answer.near if isinstance(answer, Missing) else None,
        )


def _provisional(record: Record) -> Key:
    """The key that a record's texts would make if they meant something."""
    if record.parent is None:
        return record.labels
    *scope, text = ways(record.parent)[0]
    path = labels(text, record.parent.rule.rule.path_separators)[-1]
    inside = path[: len(scope)] == tuple(scope)
    return (path if inside else (*scope, *path)) + record.labels
