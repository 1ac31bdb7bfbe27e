"""`template init`: propose how lists that nobody has described are imported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from importer.atomic import private_folder
from importer.errors import UsageError
from importer.pipeline.lacking_fields import lacking, nothing_works
from importer.pipeline.steps.list_sheet import ListSheet
from importer.pipeline.steps.opening import fitting
from importer.proposal import Proposal, SheetProposal, propose
from importer.proposal.chosen import Choices
from importer.proposal.data import field_list
from importer.proposal.mapping_file import answered, mapping_files
from importer.proposal.rules import KindRules, rules_of
from importer.read import open_input
from importer.spreadsheet import TextForm
from importer.suggest import listed
from importer.template import Template, find
from importer.template.find import find_here, kept_folder, shipped_names
from importer.template.own_sheets import ours
from importer.template.source import MAPPING

__all__ = [
    "SURE",
    "Lists",
    "answered",
    "as_json",
    "free_name",
    "keep_mapping",
    "keeping_refused",
    "lacking",
    "mapping_here",
    "name_refused",
    "propose_files",
    "read_lists",
    "unsure",
    "write_mappings",
]

SURE = 0.8
"""From this confidence on, a proposal may be taken as it is."""

_NAME = re.compile(r"\w[\w-]{0,79}")
"""What a kept mapping may be called: a folder, and a word that needs no quotes."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The sheets of lists, read once, and the templates that they may be mapped onto.

    `kinds` is what a row may be. `guesses` say of text files how they were understood, `form` what
    was declared of them.
    """

    sheets: Sequence[ListSheet]
    templates: Sequence[Template]
    kinds: Mapping[str, KindRules]
    guesses: Mapping[str, str] = field(default_factory=dict)
    form: TextForm = TextForm()  # noqa: RUF009 - it cannot be changed

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


def read_lists(files: Sequence[Path], form: TextForm, system: str = "") -> Lists:
    """Return the sheets of files, to be proposed for a system where that is said.

    Those that we have added to a workbook are no lists. Raises UnreadableInput.
    """
    inputs = [open_input(path, form) for path in files]
    opened = ((one.path.name, sheet) for one in inputs for sheet in one.sheets)
    sheets = [ListSheet.of(file, sheet) for file, sheet in opened if not ours(sheet.head())]
    onto = [one for one in _onto() if not system or system in one.systems]
    guesses = {one.path.name: one.guess for one in inputs if one.guess}
    return Lists(sheets, onto, rules_of(onto), guesses, form)


def propose_files(files: Sequence[Path], form: TextForm, system: str = "") -> Proposal:
    """Return how the sheets of files are proposed to be imported, onto a system where it is said.

    Raises UnreadableInput.
    """
    return read_lists(files, form, system).propose()


def write_mappings(title: str, proposal: Proposal, folder: Path) -> list[Path]:
    """Write a proposal into a new folder, or into one for each template that it extends.

    Raises UsageError where nothing is for import, or a folder cannot be written.
    """
    texts = mapping_files(title, proposal, _onto())
    if why := _without_fields(proposal):
        raise UsageError(why)
    if not texts:
        raise UsageError(f"{title} holds nothing that is known, so there is no mapping to write.")
    alone = len(texts) == 1
    return [
        _written(folder if alone else folder / name, text) for name, text in sorted(texts.items())
    ]


def keep_mapping(name: str, proposal: Proposal) -> str:
    """Keep a proposal among the user's own mappings; return the name that it has there.

    Raises UsageError where the name cannot be had, or the proposal cannot be one mapping.
    """
    if why := keeping_refused(name, proposal):
        raise UsageError(why)
    folder = kept_folder() / name
    private_folder(folder)
    return write_mappings(name, proposal, folder)[0].name


def keeping_refused(name: str, proposal: Proposal) -> str:
    """Return why a proposal cannot be kept under a name, nothing where it can."""
    return name_refused(name) or _without_fields(proposal) or _not_one(name, proposal)


def name_refused(name: str) -> str:
    """Return why a mapping cannot be kept under a name, nothing where it can."""
    if not _NAME.fullmatch(name):
        return f"`{name}` cannot be the name of a mapping: use letters, digits, `-` and `_`."
    if name in shipped_names():
        return f"{name} is a template that ships: keep this mapping by another name."
    if (kept_folder() / name / MAPPING).exists():
        return (
            f"There is a mapping called {name}: keep this one by another name, or delete the "
            f"folder {kept_folder() / name} first."
        )
    return ""


def free_name(wish: str) -> str:
    """Return a name that a mapping can have: the one wished for, with a number if it is taken."""
    plain = re.sub(r"[^\w]+", "-", wish).strip("-_").lower()[:60] or "list"
    names = (plain, *(f"{plain}-{at}" for at in range(2, 1_000)))
    return next((name for name in names if not name_refused(name)), plain)


def _without_fields(proposal: Proposal) -> str:
    return nothing_works(proposal, rules_of(_onto()))


def _not_one(name: str, proposal: Proposal) -> str:
    """Return why a proposal is not one mapping, nothing where it is."""
    texts = mapping_files(name, proposal, _onto())
    if len(texts) > 1:
        return (
            f"The files are for {listed(list(texts))}: keep a mapping for each of "
            "them apart, or write them all with `-o DIR`, each into a folder of its own."
        )
    return ""


def mapping_here(files: Sequence[Path], form: TextForm) -> str:
    """Return the folder in the current one whose mapping has just the headings of files, if any.

    It may come from anybody, and is never used unless it is named. Raises UnreadableInput.
    """
    return fitting(find_here(), files, form)


def unsure(proposal: Proposal) -> Iterator[SheetProposal]:
    """Yield the sheets of whose kind or fields a person should be asked, or that ask something."""
    for sheet in proposal.sheets:
        doubtful = any(column.field and column.score < SURE for column in sheet.columns)
        if sheet.confidence < SURE or doubtful or any(ask.is_open for ask in sheet.asks):
            yield sheet


def as_json(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal as the keys of a command's JSON object."""
    return {"sheets": [_sheet(sheet) for sheet in proposal.sheets]}


def _sheet(sheet: SheetProposal) -> dict[str, Any]:
    return {
        "file": sheet.file,
        "name": sheet.name,
        "header_row": sheet.header_row,
        "kind": sheet.kind,
        "confidence": round(sheet.confidence, 2),
        "reasons": list(sheet.reasons),
        "columns": [
            {
                "column": column.column,
                "heading": column.heading,
                "field": column.field,
                "score": round(column.score, 2),
                "reason": column.reason,
            }
            for column in sheet.columns
        ],
        "asks": [
            {
                "name": ask.name,
                "question": ask.question,
                "default": ask.default or None,
                "choices": list(ask.choices),
            }
            for ask in sheet.asks
            if ask.is_open
        ],
        "skipped": [{"row": one.row, "reason": one.reason} for one in sheet.skipped],
    }


def _onto() -> list[Template]:
    """Return the shipped templates whose kinds lists are mapped onto."""
    return [find(name) for name in field_list()["onto"]]


def _written(folder: Path, text: str) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "mapping.toml").open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{error.filename} exists already and is left as it is.") from None
    except OSError as error:
        raise UsageError(f"{folder} cannot be written ({error.strerror}).") from None
    return folder
