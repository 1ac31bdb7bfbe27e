"""The input files and where the user wants their reports in, a `ReportTo` that can be kept out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from importer.errors import UsageError

if TYPE_CHECKING:
    from importer.results import ReportTo

BOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
TEXTS = frozenset({".csv", ".tsv", ".tab", ".txt", ".dat", ""})
"""Endings of workbooks and of texts."""


RESULT, UNDO = "result", "undo"
"""What stands before the ending of a report whose name nobody gave."""


def suffix_of(facts: Mapping[str, Any]) -> str:
    """Which of them the report of a run gets."""
    return UNDO if "undoes" in facts else RESULT


def report_to(
    path: Path | None, files: Sequence[Path], *, in_place: bool = False, suffix: str = RESULT
) -> ReportTo:
    """Where the reports of the files go.

    Raises UsageError, before anything is sent, where they could not be written or would do harm.
    """
    from importer.reporting import place_of
    from importer.results import ReportTo

    if path and in_place:
        raise UsageError("--report and --in-place exclude each other: name one of them.")
    if path:
        try:
            _refuse_place(path, len(files))
        except OSError as error:
            raise UsageError(f"{path} can be no report: {error.strerror}.") from None
    to = ReportTo(path=path, in_place=in_place, suffix=suffix)
    places = [place_of(file, to, several=len(files) > 1) for file in files]
    for file, place in zip(files, places, strict=True) if path else ():
        _refuse_input(place, files)
        _refuse_ending(file, place)
    _refuse_shared(files, places)
    return to


def place_asked_for(facts: Mapping[str, Any]) -> tuple[Path | None, bool]:
    """Where a run was told to write its report, and whether into the file itself."""
    asked = facts.get("report_to") or {"path": None, "in_place": False}
    return Path(asked["path"]) if asked["path"] else None, bool(asked["in_place"])


def refuse_existing(path: Path) -> None:
    """What is made anew replaces nothing. Raises UsageError."""
    if path.exists():
        raise UsageError(f"{path} exists already and is left as it is; name another with -o.")


def _refuse_place(path: Path, files: int) -> None:
    if path.exists() and not path.is_file() and not path.is_dir():
        raise UsageError(f"{path} is no file that a report could replace: name another.")
    if files > 1 and path.exists() and not path.is_dir():
        raise UsageError(f"{path} is a file, but {files} reports need a folder: name one.")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"There is no folder {path.parent} for the report: make it, or name one.")


def _refuse_input(place: Path, files: Sequence[Path]) -> None:
    """What replaces the user's own file is asked for by its own flag."""
    if any(place.resolve() == file.resolve() for file in files):
        raise UsageError(
            f"{place} is an input: --in-place writes the report into it, "
            "or name another place for the report."
        )


def _refuse_ending(file: Path, place: Path) -> None:
    """A workbook called .csv, or a text called .xlsx, could not be opened by its name."""
    from importer.report.formats import default_path

    ending, given = default_path(file).suffix.lower(), place.suffix.lower()
    if given != ending and given in BOOKS | TEXTS and not {given, ending} <= TEXTS:
        raise UsageError(f"The report of {file.name} ends in {ending}: give {place} that ending.")


def _refuse_shared(files: Sequence[Path], places: Sequence[Path]) -> None:
    for (file, place), (other, its_place) in combinations(zip(files, places, strict=True), 2):
        if file.resolve() == other.resolve():
            raise UsageError(f"{file} is named twice: name it once.")
        if place.absolute() == its_place.absolute():
            raise UsageError(
                f"The reports of {file} and {other} would both be {place}: "
                "rename one of the files, or import one after the other."
            )
