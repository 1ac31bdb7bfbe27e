"""Proposes how lists that nobody has described are imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from importer.pipeline.lacking_fields import lacking
from importer.pipeline.steps.list_sheet import ListSheet
from importer.pipeline.steps.proposals import SURE
from importer.proposal import Proposal, SheetProposal, propose
from importer.proposal.chosen import Choices
from importer.proposal.data import field_list
from importer.proposal.mapping_file import answered
from importer.proposal.rules import KindRules, rules_of
from importer.read import Readable, open_input
from importer.spreadsheet import TextForm
from importer.template import Template, find
from importer.template.own_sheets import ours

__all__ = ["SURE", "Lists", "answered", "lacking", "onto", "propose_files", "read_lists", "unsure"]


class Lists(Struct, frozen=True):
    """The sheets of lists, read once, and the templates that they may be mapped onto.

    `kinds` is what a row may be. `guesses` say of text files how they were understood, `form` what
    was declared of them.
    """

    sheets: Sequence[ListSheet]
    templates: Sequence[Template]
    kinds: Mapping[str, KindRules]
    guesses: Mapping[str, str] = field(default_factory=dict)
    form: TextForm = TextForm()

    def propose(self, chosen: Choices | None = None) -> Proposal:
        """Return what is proposed around what a person has chosen."""
        found = propose(self.sheets, self.templates, chosen)
        return Proposal(tuple(map(self._declared, found.sheets)))

    def _declared(self, sheet: SheetProposal) -> SheetProposal:
        """Return a sheet with what was declared of its text file: the mapping holds that too."""
        return replace(sheet, form=self.form) if sheet.file in self.guesses else sheet

    @property
    def answered(self) -> Mapping[str, str]:
        """Return the field that the answer to each question fills."""
        return answered()

    def fields(self, kind: str) -> dict[str, str]:
        """Return the fields that a list of a kind may fill, each with what is said of it.

        A list of what stands in something may fill fields of that too.
        """
        columns = self.kinds[kind].columns
        above = [] if field_list()["levels"].keys().isdisjoint(columns) else field_list()["above"]
        return dict.fromkeys(above, "") | {name: one.note for name, one in columns.items()}


def read_lists(files: Sequence[Readable], form: TextForm, system: str = "") -> Lists:
    """Return the sheets of files, to be proposed for a system where that is said.

    Those that we have added to a workbook are no lists. Raises UnreadableInput.
    """
    inputs = [open_input(path, form) for path in files]
    opened = ((one.path.name, sheet) for one in inputs for sheet in one.sheets)
    sheets = [ListSheet.of(file, sheet) for file, sheet in opened if not ours(sheet.head())]
    templates = [one for one in onto() if not system or system in one.systems]
    guesses = {one.path.name: one.guess for one in inputs if one.guess}
    return Lists(sheets, templates, rules_of(templates), guesses, form)


def propose_files(files: Sequence[Readable], form: TextForm, system: str = "") -> Proposal:
    """Return how the sheets of files are proposed to be imported, onto a system where it is said.

    Raises UnreadableInput.
    """
    return read_lists(files, form, system).propose()


def unsure(proposal: Proposal) -> Iterator[SheetProposal]:
    """Yield the sheets of whose kind or fields a person should be asked, or that ask something."""
    for sheet in proposal.sheets:
        doubtful = any(column.field and column.score < SURE for column in sheet.columns)
        if sheet.confidence < SURE or doubtful or any(ask.is_open for ask in sheet.asks):
            yield sheet


def onto() -> list[Template]:
    """Return the shipped templates whose kinds lists are mapped onto."""
    return [find(name) for name in field_list()["onto"]]
