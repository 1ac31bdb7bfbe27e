"""Explains each reference that could not be resolved, at the cell that is to blame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from importer.finding_codes import FindingCode
from importer.look_alike import look
from importer.mapping.binding import BoundSheet
from importer.mapping.entity import Entity, RefText
from importer.model import Finding, Severity
from importer.order.cycles import text_paths
from importer.order.key_index import Ambiguous, Missing
from importer.order.messages import (
    cell_of,
    kinds_at,
    near_of,
    no_error,
    unresolved,
    written_otherwise,
)
from importer.order.near import AlikeCodes, NearNames
from importer.order.rewritten import Rewriter
from importer.order.stated_otherwise import StatedOtherwise
from importer.template import Template


class UnresolvedReferences:
    """The findings on texts that mean no entity, or several.

    `looked_up` says whether what is live in the target was asked for: if it was not, a missing
    entity may be there, and the finding is a warning. `rewriter` knows other writings. `sheets` are
    those of the files, `stated` is what these have of names that mean nothing.
    """

    def __init__(
        self,
        template: Template,
        near: NearNames,
        rewriter: Rewriter,
        sheets: Sequence[BoundSheet] = (),
        *,
        looked_up: bool,
    ) -> None:
        self._template = template
        self._near = near
        self._rewriter = rewriter
        self._codes = AlikeCodes(rewriter.index)
        self._sheets = sheets
        self._looked_up = looked_up
        self.stated = StatedOtherwise(template, (), ())

    def findings(
        self, text: RefText, answer: Missing | Ambiguous, users: Sequence[Entity]
    ) -> Iterator[Finding]:
        """Yield a finding for each entity that uses the text and mark it invalid.

        One warning stands for all of them where only the target can know.
        """
        if self._scope_is_to_blame(text, answer, users[0]):
            return
        answer, message = self._explained(text, answer, users[0])
        if isinstance(answer, Missing) and may_be_missing(text):
            yield self._no_error(text, answer, users)
            return
        if isinstance(answer, Missing) and not self._looked_up:
            found = self._finding(text, answer, message, users[0], Severity.WARNING)
            yield replace(found, more_rows=len(users) - 1)
            return
        for entity in users:
            entity.valid = False
            yield self._finding(text, answer, message, entity)

    def _no_error(self, text: RefText, answer: Missing, users: Sequence[Entity]) -> Finding:
        """Return the finding on a name that becomes a text, or nothing; another may be meant."""
        near = near_of(answer)
        severity = Severity.WARNING if near else Severity.INFO
        message = no_error(self._template, text, answer, looked_up=self._looked_up)
        found = self._finding(text, answer, message, users[0], severity)
        kept = text.rule.rule.kept_at
        code = FindingCode.KEPT_AS_TEXT if kept else FindingCode.NAME_LEFT_OUT
        return replace(found, code=code, more_rows=len(users) - 1)

    def _explained(
        self, text: RefText, answer: Missing | Ambiguous, user: Entity
    ) -> tuple[Missing | Ambiguous, str]:
        """Return the answer with the best suggestion, and the message."""
        if isinstance(answer, Missing) and _is_last(text, answer):
            meant = self._rewriter.meant(text)
            if meant is not None:
                message = written_otherwise(self._template, text, meant)
                return replace(answer, near=meant.better), message
        otherwise = self._otherwise(text, answer, user)
        if not otherwise:
            answer = self._with_near(text, answer)
        told = unresolved(
            self._template,
            text,
            answer,
            self._sheets,
            looked_up=self._looked_up,
            otherwise=otherwise,
        )
        return answer, told

    def _otherwise(self, text: RefText, answer: Missing | Ambiguous, user: Entity) -> str:
        """Return what the files have of the name all the same, if anything."""
        if isinstance(answer, Ambiguous) or may_be_missing(text):
            return ""
        return self.stated.words(text, answer, kinds_at(self._template, text, answer.step), user)

    def _with_near(self, text: RefText, answer: Missing | Ambiguous) -> Missing | Ambiguous:
        """Return the answer with the name or code that was meant, where one is like it."""
        if isinstance(answer, Ambiguous):
            return answer
        kinds = kinds_at(self._template, text, answer.step)
        where = kinds, answer.text, answer.within
        near = None if text.rule.rule.via else self._near.nearest(*where)
        if near is None or look(near) != look(answer.text):
            near = self._codes.alike(*where) or near
        return replace(answer, near=near)

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

    def _finding(
        self,
        text: RefText,
        answer: Missing | Ambiguous,
        message: str,
        entity: Entity,
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        return Finding(
            FindingCode.AMBIGUOUS if isinstance(answer, Ambiguous) else FindingCode.NOT_FOUND,
            message,
            entity.sheet.place(entity.row, *cell_of(text, answer.step, entity.sheet)),
            severity,
            answer.text,
            near_of(answer) if isinstance(answer, Missing) else None,
        )


def may_be_missing(text: RefText) -> bool:
    """Return whether a text that names nothing is no error; one to be removed is."""
    return text.rule.rule.may_be_missing and text.rule.edit != "-"


def _is_last(text: RefText, answer: Missing | Ambiguous) -> bool:
    """Return whether the last name is at fault, and not what it should stand in."""
    depth = len(text.within + text.steps) if text.steps else len(text_paths(text)[-1])
    return not text.rule.rule.via and answer.step == depth - 1
