"""Explains each reference that could not be resolved, at the cell that is to blame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from importer.finding_codes import FindingCode
from importer.mapping.entity import Entity, RefText
from importer.model import Finding, Severity
from importer.order.key_index import Ambiguous, Missing
from importer.order.messages import cell_of, kinds_at, unresolved
from importer.order.near import NearNames
from importer.order.registry import Registry
from importer.template import Template


class UnresolvedReferences:
    """The findings on texts that mean no entity, or several.

    `looked_up` says whether what is live in the target was asked for: if it was not, a missing
    entity may be there, and the finding is a warning.
    """

    def __init__(
        self, template: Template, registry: Registry, near: NearNames, *, looked_up: bool
    ) -> None:
        self._template = template
        self._registry = registry
        self._near = near
        self._looked_up = looked_up

    def findings(
        self, text: RefText, answer: Missing | Ambiguous, uses: Sequence[int]
    ) -> Iterator[Finding]:
        """Yield a finding for each entity that uses the text (by number) and mark it invalid.

        One warning stands for all of them where only the target can know.
        """
        if self._scope_is_to_blame(text, answer, self._registry.entities[uses[0]]):
            return
        answer = self._with_near(text, answer)
        message = unresolved(self._template, text, answer, looked_up=self._looked_up)
        if isinstance(answer, Missing) and not self._looked_up:
            more = len(uses) - 1
            also = f" {more} more {'row names' if more == 1 else 'rows name'} it." if more else ""
            yield self._finding(text, answer, f"{message}{also}", uses[0], Severity.WARNING)
            return
        for seq in uses:
            self._registry.entities[seq].valid = False
            yield self._finding(text, answer, message, seq)

    def _scope_is_to_blame(
        self, text: RefText, answer: Missing | Ambiguous, entity: Entity
    ) -> bool:
        """Return whether the scope cells are at fault, which another reference reports."""
        own_scope = text.readings and text.readings[-1][0] is None
        if not own_scope or answer.step >= len(text.within):
            return False
        return any(
            text.rule.within[0] in other.by
            for bound in entity.sheet.entities
            for other in bound.references
            if other.no != text.rule.no
        )

    def _with_near(self, text: RefText, answer: Missing | Ambiguous) -> Missing | Ambiguous:
        """Return the answer with the name that was meant, where one is like it."""
        if isinstance(answer, Ambiguous) or text.rule.rule.via:
            return answer
        kinds = kinds_at(self._template, text, answer.step)
        return replace(answer, near=self._near.nearest(kinds, answer.text, answer.within))

    def _finding(
        self,
        text: RefText,
        answer: Missing | Ambiguous,
        message: str,
        seq: int,
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        entity = self._registry.entities[seq]
        return Finding(
            FindingCode.AMBIGUOUS if isinstance(answer, Ambiguous) else FindingCode.NOT_FOUND,
            message,
            entity.sheet.place(entity.row, *cell_of(text, answer.step, entity.sheet)),
            severity,
            answer.text,
            answer.near if isinstance(answer, Missing) else None,
        )
