"""Where the reports of files go, and whether they can be written there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from importer.atomic import PRIVATE_FOLDER
from importer.errors import UsageError
from importer.options import ReportTo
from importer.read.frames import is_frame
from importer.spreadsheet import TEXT_SUFFIXES, WORKBOOK_SUFFIXES

if TYPE_CHECKING:
    from importer.journal import Run

SEPARATORS = tuple({os.sep, os.altsep or os.sep})
"""What a path ends with that names a folder, whether there is one or not."""

RESULT, UNDO = "result", "undo"
"""What stands before the file extension of a report for which no path was given."""


def suffix_of(run: Run) -> str:
    """Return which of them the report of a run gets."""
    return UNDO if run.spec.undoes else RESULT


def report_to(
    given: str | Path | None, files: Sequence[Path], *, in_place: bool = False, suffix: str = RESULT
) -> ReportTo:
    """Return where the reports of the files go; a path that ends like `reports/` is a folder.

    Raises UsageError, before anything is sent, where they could not be written or would do harm.
    """
    from importer.pipeline.report import place_of

    if given and in_place:
        raise UsageError("--report and --in-place exclude each other: name one of them.")
    path = _allowed(str(given), len(files)) if given else None
    to = ReportTo(path=path, in_place=in_place, suffix=suffix)
    places = [place_of(file, to, several=len(files) > 1) for file in files]
    for file, place in zip(files, places, strict=True) if path else ():
        _refuse_input(place, files)
        _refuse_ending(file, place)
    _refuse_shared(files, places)
    return to


def report_of(run: Run, path: str | Path | None, *, in_place: bool) -> ReportTo:
    """Return where the reports of a run go: as asked now, else as asked when it began.

    Raises UsageError where there can be none.
    """
    if path is not None or in_place:
        _refuse_frames(run)
    if path is None and not in_place:
        if not run.spec.report_to.wanted:
            return run.spec.report_to
        path, in_place = run.spec.report_to.path, run.spec.report_to.in_place
    return report_to(path, run.spec.paths, in_place=in_place, suffix=suffix_of(run))


def report_of_undo(run: Run, path: str | Path | None) -> ReportTo:
    """Return where the reports of an undo go: nowhere if the run that it undoes had none."""
    if path is None and not run.spec.report_to.wanted:
        return ReportTo(wanted=False)
    return report_to(path, run.spec.paths, suffix=UNDO)


def _refuse_frames(run: Run) -> None:
    if all(is_frame(file.format) for file in run.spec.files):
        raise UsageError(f"Run {run.name} read a DataFrame: there is no file for a report.")


def refuse_existing(path: Path) -> None:
    """Raise UsageError where a new file would replace one that exists."""
    if path.exists():
        raise UsageError(f"{path} exists already and is left as it is; name another with --out.")


def _allowed(given: str, files: int) -> Path:
    """Return a path for so many reports; the folder that it names is made if it is not there."""
    path, is_folder = Path(given), given.endswith(SEPARATORS)
    try:
        _refuse_place(path, files)
        if is_folder and path.is_file():
            raise UsageError(f"{path} is a file, so {given} can be no folder: name another.")
        if is_folder:
            path.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path} can be no report: {error.strerror}.") from None
    return path


def _refuse_place(path: Path, files: int) -> None:
    if path.exists() and not path.is_file() and not path.is_dir():
        raise UsageError(f"{path} is no file that a report could replace: name another.")
    if files > 1 and path.exists() and not path.is_dir():
        raise UsageError(f"{path} is a file, but {files} reports need a folder: name one.")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"There is no folder {path.parent} for the report: make it, or name one.")


def _refuse_input(place: Path, files: Sequence[Path]) -> None:
    """Refuse to replace the user's own file without the flag that says so."""
    if any(place.resolve() == file.resolve() for file in files):
        raise UsageError(
            f"{place} is an input: --in-place writes the report into it, "
            "or name another place for the report."
        )


def _refuse_ending(file: Path, place: Path) -> None:
    """Refuse a file extension with which the report could not be opened."""
    from importer.report.formats import default_path

    ending, given = default_path(file).suffix.lower(), place.suffix.lower()
    if (
        given != ending
        and given in WORKBOOK_SUFFIXES | TEXT_SUFFIXES
        and not {given, ending} <= TEXT_SUFFIXES
    ):
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
