"""Where the reports of a call go: beside a file as usual, elsewhere, or nowhere."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeAlias

from importer.api.source import Given
from importer.errors import UsageError
from importer.options import ReportTo

if TYPE_CHECKING:
    from importer.journal import Run

Report: TypeAlias = "str | os.PathLike[str] | bool | None"
"""A path (a folder for several files), True: beside the file, False: none, None: as usual."""


def report_place(given: Given, report: Report, *, in_place: bool, usual: bool) -> ReportTo:
    """Return where the reports go; what is no file on disk has none, unless a path is given.

    Raises UsageError where they could not be written there.
    """
    from importer.pipeline.report_paths import report_to

    beside = report is True or (report is None and usual)
    path = _path(report)
    if given.only_frames:
        _refuse_frame(asked=path is not None or report is True or in_place)
        return ReportTo(wanted=False)
    if path is None and not in_place and (given.copied or not beside):
        _refuse_copy(asked=report is True)
        return ReportTo(wanted=False)
    if in_place and given.copied:
        raise UsageError("An open file cannot take its report: give a path, or report=.")
    return report_to(path, given.paths, in_place=in_place)


def again(run: Run, report: Report, *, in_place: bool) -> ReportTo:
    """Return where the reports of a run go that is resumed: as asked now, else as before."""
    from importer.pipeline.report_paths import report_of

    if report is False:
        return ReportTo(wanted=False)
    return report_of(run, _path(report), in_place=in_place)


def of_undo(run: Run, report: Report) -> ReportTo:
    """Return where the reports of a run that undoes another go: nowhere if that had none."""
    from importer.pipeline.report_paths import report_of_undo

    return ReportTo(wanted=False) if report is False else report_of_undo(run, _path(report))


def _path(report: Report) -> str | None:
    return None if report is None or isinstance(report, bool) else os.fspath(report)


def _refuse_frame(*, asked: bool) -> None:
    if asked:
        raise UsageError(
            "A DataFrame has no file that a report could go into: `frames` of the result has it."
        )


def _refuse_copy(*, asked: bool) -> None:
    if asked:
        raise UsageError("An open file has no place beside it: give the path of the report.")
