"""A proposal and what a person has said of it so far; the rest is proposed around that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from importer.finding_codes import FindingCode
from importer.model import Severity, letter_number
from importer.pipeline.propose import SURE, lacking
from importer.proposal.cells import folded
from importer.proposal.chosen import Choice
from importer.proposal.settled import answer_of

if TYPE_CHECKING:
    from importer.model import Finding
    from importer.pipeline.propose import Lists
    from importer.proposal import Ask, Proposal, SheetProposal
    from importer.proposal.chosen import Choices
    from importer.proposal.rules import KindRules

__all__ = ["SURE", "Correction"]


class Correction(Struct, frozen=True):
    """A proposal as it stands; `answers` are those to its questions, by their names."""

    lists: Lists
    proposal: Proposal
    choices: Choices = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    def sheet(self, at: int) -> SheetProposal:
        """Return one of the sheets."""
        return self.proposal.sheets[at]

    def rules(self, at: int) -> KindRules | None:
        """Return the fields that a sheet may fill, None where it is not for import."""
        return self.lists.kinds.get(self.sheet(at).kind or "")

    def choice(self, at: int) -> Choice:
        """Return what has been said of a sheet."""
        return self.choices.get(self.lists.sheets[at].key, Choice())

    def header_row(self, at: int, number: int) -> Correction:
        """Return it with another row of headings; all else of the sheet is proposed anew."""
        return self._with(at, Choice(header_row=number))

    def kind(self, at: int, kind: str) -> Correction:
        """Return it with another kind of rows; the columns are proposed anew."""
        return self._with(at, replace(self.choice(at), kind=kind, fields={}, answers={}))

    def column(self, at: int, letter: str, name: str | None) -> Correction:
        """Return it with another field for a column, which no other column keeps."""
        said = self.choice(at)
        kept = {
            each: given for each, given in said.fields.items() if given is None or given != name
        }
        return self._with(at, replace(said, fields={**kept, letter: name}))

    def row(self, at: int, number: int) -> Correction:
        """Return it with a row kept that was left out, or the other way round."""
        said = self.choice(at)
        return self._with(at, replace(said, kept_rows=said.kept_rows ^ {number}))

    def word(self, at: int, text: str) -> Correction:
        """Return it with a word kept that was read as blank, or the other way round."""
        said = self.choice(at)
        return self._with(at, replace(said, kept_words=said.kept_words ^ {folded(text)}))

    def settle(self, at: int, ask: Ask, text: str) -> Correction:
        """Return it with an answer that the mapping of a sheet holds."""
        said = self.choice(at)
        answers = {**said.answers, ask.name: answer_of(ask, text)}
        return self._with(at, replace(said, answers=answers))

    def unsettled(self) -> list[tuple[int, Ask]]:
        """Return the open questions that mappings answer once, each with the place of its sheet."""
        sheets = enumerate(self.proposal.sheets)
        return [(at, ask) for at, sheet in sheets for ask in sheet.once if ask.is_open]

    def without(self, findings: Iterable[Finding]) -> Correction:
        """Return it without the columns that findings are about, but for those required.

        These are errors, and names that nothing in the list has.
        """
        found = self
        for at, sheet in enumerate(self.proposal.sheets):
            rules = self.rules(at)
            wrong = {f.place.column for f in findings if _is_in(f, sheet)}
            for column in sheet.columns if rules else ():
                free = rules and column.field and not _required(rules, column.field)
                if free and letter_number(column.column) in wrong:
                    found = found.column(at, column.column, None)
        return found

    def answer(self, name: str, text: str) -> Correction:
        """Return it with an answer."""
        return replace(self, answers={**self.answers, name: text})

    def missing(self, at: int) -> list[str]:
        """Return the required fields that nothing fills, no question either."""
        rules = self.rules(at)
        return lacking(rules, self.sheet(at)) if rules else []

    def asked(self) -> list[Ask]:
        """Return the questions that have to be answered, each once."""
        asks = (ask for sheet in self.proposal.sheets for ask in sheet.asks)
        return list({ask.name: ask for ask in asks if ask.name in self.lists.answered}.values())

    @property
    def given(self) -> dict[str, str]:
        """Return the answers to questions that are still asked."""
        return {ask.name: self.answers[ask.name] for ask in self.asked()}

    @property
    def imported(self) -> Iterator[SheetProposal]:
        """Return the sheets that are for import."""
        return (sheet for sheet in self.proposal.sheets if sheet.kind)

    def _with(self, at: int, choice: Choice) -> Correction:
        choices = {**self.choices, self.lists.sheets[at].key: choice}
        return replace(self, choices=choices, proposal=self.lists.propose(choices))


def _is_in(finding: Finding, sheet: SheetProposal) -> bool:
    place = finding.place
    here = (place.file, place.sheet) == (sheet.file, sheet.name)
    return here and is_doubt(finding)


def is_doubt(finding: Finding) -> bool:
    """Return whether a row may be held back for it: an error, or a name that the list has not."""
    return finding.severity is Severity.ERROR or finding.code is FindingCode.NOT_FOUND


def _required(rules: KindRules, name: str) -> bool:
    return name == rules.name or (name in rules.columns and rules.columns[name].required)
