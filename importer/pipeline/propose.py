"""`template init`: propose how lists that nobody has described are imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from importer.atomic import private_folder
from importer.errors import UsageError
from importer.model import Cell
from importer.proposal import Proposal, SheetProposal, propose
from importer.proposal.data import field_list
from importer.proposal.mapping_file import answered, mapping_files
from importer.read import InputSheet, open_input
from importer.spreadsheet import TextForm
from importer.suggest import listed
from importer.template import Template, find
from importer.template.find import kept_folder

__all__ = [
    "SURE",
    "answered",
    "as_json",
    "keep_mapping",
    "propose_files",
    "unsure",
    "write_mappings",
]

SURE = 0.8
"""From this confidence on, a proposal may be taken as it is."""


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A sheet of a list with its rows, each with the number that the spreadsheet shows."""

    file: str
    sheet: InputSheet

    @property
    def name(self) -> str:
        """Return its own name."""
        return self.sheet.name

    @property
    def rows(self) -> Iterable[tuple[int, Sequence[Cell]]]:
        """Return its rows from top to bottom."""
        for chunk in self.sheet.chunks(1):
            yield from enumerate(chunk.rows, start=chunk.first_row)


def propose_files(files: Sequence[Path], form: TextForm, system: str = "") -> Proposal:
    """Return how the sheets of files are proposed to be imported, onto a system where it is said.

    Raises UnreadableInput.
    """
    sheets = [
        ListSheet(path.name, sheet) for path in files for sheet in open_input(path, form).sheets
    ]
    return propose(sheets, [one for one in _onto() if not system or system in one.systems])


def write_mappings(title: str, proposal: Proposal, folder: Path) -> list[Path]:
    """Write a proposal into a new folder, or into one for each template that it extends.

    Raises UsageError where nothing is for import, or a folder cannot be written.
    """
    texts = mapping_files(title, proposal, _onto())
    if not texts:
        raise UsageError(f"{title} holds nothing that is known, so there is no mapping to write.")
    alone = len(texts) == 1
    return [
        _written(folder if alone else folder / name, text) for name, text in sorted(texts.items())
    ]


def keep_mapping(name: str, proposal: Proposal) -> str:
    """Keep a proposal among the user's own mappings; return the name that it has there.

    Raises UsageError where there is one of this name, or nothing is for import.
    """
    folder = kept_folder() / name
    texts = mapping_files(name, proposal, _onto())
    if len(texts) > 1:
        raise UsageError(
            f"The files are for {listed(list(texts))}: keep a mapping for each of them apart."
        )
    if (folder / "mapping.toml").exists():
        raise UsageError(f"There is a mapping called {name}: keep this one by another name.")
    private_folder(folder)
    return write_mappings(name, proposal, folder)[0].name


def unsure(proposal: Proposal) -> Iterator[SheetProposal]:
    """Yield the sheets of whose kind or fields a person should be asked, or that ask something."""
    for sheet in proposal.sheets:
        doubtful = any(column.field and column.score < SURE for column in sheet.columns)
        if sheet.confidence < SURE or sheet.asks or doubtful:
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
            {"name": ask.name, "question": ask.question, "default": ask.default or None}
            for ask in sheet.asks
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
