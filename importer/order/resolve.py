"""Resolves all references of a run: keys first, then what each text means, then what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.cache import Cache
from importer.mapping import BoundSheet
from importer.mapping.binding import BoundReference
from importer.mapping.entity import RefText
from importer.model import Finding, Key
from importer.order.dangling import DanglingReferences
from importer.order.duplicates import Duplicates
from importer.order.key_index import Ambiguous, Missing, Named
from importer.order.keys import KeyResolver
from importer.order.levels import Levels
from importer.order.live_index import LiveIndex
from importer.order.live_match import LiveMatcher
from importer.order.look_alikes import LookAlikes
from importer.order.made_by_slip import MadeBySlip
from importer.order.messages import contradiction, stated
from importer.order.near import NearNames
from importer.order.registry import Registry
from importer.order.rewritten import Rewriter
from importer.order.stated_otherwise import StatedOtherwise
from importer.order.unresolved import UnresolvedReferences
from importer.order.users import Users
from importer.template import Template


class Resolver:
    """The keys of all entities of a run and the entity that each RefText means.

    `looked_up` says whether the live index holds what is live in a target: if it does not, an
    entity that is not in the file is a warning, since it may be in the target.
    """

    def __init__(
        self,
        template: Template,
        registry: Registry,
        live_index: LiveIndex,
        sheets: Sequence[BoundSheet],
        *,
        looked_up: bool,
    ) -> None:
        self.template = template
        self.registry = registry
        self._index = live_index.index
        self._duplicates = Duplicates(template, registry)
        self._matcher = LiveMatcher(live_index)
        self._keys = KeyResolver(registry, live_index, self._duplicates, self._matcher, sheets)
        near = NearNames(self._index.keys_of)
        rewriter = Rewriter(self._index, self._keys.follow, near)
        self._unresolved = UnresolvedReferences(
            template, near, rewriter, sheets, looked_up=looked_up
        )
        self._below = Cache[Key, set[str]](lambda to: {*to, *template.kinds_below(to)})
        self.slips = MadeBySlip(template, registry, live_index.index, looked_up)
        self.meaning = self._keys.meaning
        self.duplicates = self._keys.merged

    def resolve(self) -> Iterator[Finding]:
        """Resolve all references; yield the findings and mark the rows at fault invalid."""
        for kind in Levels(self.template).order():
            yield from self._keys.resolve(kind)
        yield from self._duplicates.keys()
        unanswered = dict(self._unanswered())
        names = {one.text for one in unanswered.values() if isinstance(one, Missing)}
        called = self.registry.called(names) if names else ()
        self._unresolved.stated = StatedOtherwise(self.template, called, names)
        uses = self.registry.uses(unanswered) if unanswered else {}
        nameless = self.registry.nameless_users(unanswered)
        suggested: set[tuple[str | None, str | None]] = set()
        for text, answer in unanswered.items():
            users = Users(self.registry, uses.get(text, ()), nameless.get(text, ()))
            for finding in self._unresolved.findings(text, answer, users) if users else ():
                suggested.add((finding.value, finding.suggestion))
                yield finding
        named = {text: (numbers[0], len(numbers)) for text, numbers in uses.items()}
        del uses
        look_alikes = LookAlikes(self.registry, self._index)
        yield from look_alikes.entities()
        yield from look_alikes.identities()
        yield from look_alikes.references(unanswered, named, suggested)
        yield from self._contradictions()
        yield from self._duplicates.identities()
        dangling = DanglingReferences(self.template, self.registry, self._index)
        deletes = [entity for entity in self.registry.entities.whole() if entity.delete]
        yield from dangling.findings(self.meaning, deletes)
        yield from self._matcher.not_emptied(deletes)
        yield from self.slips.findings()

    def _unanswered(self) -> Iterator[tuple[RefText, Missing | Ambiguous]]:
        """Give every text its meaning; yield those that have none, with the reason."""
        for text in self.registry.texts:
            if text not in self.meaning:
                answer = self._keys.follow(text)
                if isinstance(answer, tuple):
                    self.meaning[text] = answer
                else:
                    yield text, answer

    def _contradictions(self) -> Iterator[Finding]:
        """Yield a finding for each row that names its parent in two ways, with two meanings.

        Where a meaning is not known, the two may agree unless their kinds rule it out.
        """
        for seq, text, other in self.registry.second:
            first, second = self.meaning.get(text), self.meaning.get(other)
            known = first is not None and second is not None
            first, second = first or stated(text), second or stated(other)
            if _agree(first, second) if known else not self._apart(text.rule, other.rule):
                continue
            entity = self.registry.entities[seq]
            entity.valid = False
            yield contradiction(self.template, entity, (text, first), (other, second))

    def _apart(self, first: BoundReference, second: BoundReference) -> bool:
        """Return whether what the one names is neither of the other's kinds nor inside of these."""
        return self._below[second.rule.to].isdisjoint(first.rule.to)


def _agree(first: Named, second: Named) -> bool:
    """Return whether the second entity is the first one, or what it stands in."""
    if len(first[1]) == len(second[1]):
        return first == second
    return first[1][: len(second[1])] == second[1]
