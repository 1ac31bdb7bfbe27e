"""`check`: read, map and check what is given; nothing is sent."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from importer.api.asked import Answers, Texts, options
from importer.api.follow import followed
from importer.api.places import Places
from importer.api.report_place import Report, report_place
from importer.api.results import CheckResult
from importer.api.source import Source, opened
from importer.api.words import in_python, python_words

if TYPE_CHECKING:
    from importer.api.progress import Tell
    from importer.api.source import Given
    from importer.api.target import Target
    from importer.pipeline.results import CheckResult as Checked


def check(
    source: Source,
    *,
    template: str | os.PathLike[str] | None = None,
    target: str | Target | None = None,
    sheet: Texts = None,
    encoding: str = "",
    delimiter: str = "",
    quote: str = "",
    strict: bool = False,
    set: Answers = None,  # noqa: A002 - the flag's name
    report: Report = None,
    in_place: bool = False,
    config: str | os.PathLike[str] | None = None,
    allow_http: bool = False,
    progress: bool | Tell | None = None,
) -> CheckResult:
    """Read and check a source; nothing is sent, and nothing is kept.

    `target` looks up there what the rows refer to; without one, what is not in the source is a
    warning. `set` answers what the template asks, by name. `report` is where a report goes: True
    puts it beside the file. Raises ImporterError.
    """
    from importer.api.target import connected, settings_of
    from importer.pipeline.check import check as check_files

    asked = options(
        template=template, sheet=sheet, strict=strict, set=set,
        encoding=encoding, delimiter=delimiter, quote=quote,
    )  # fmt: skip
    with opened(source) as given, python_words(frames=given.only_frames):
        to = report_place(given, report, in_place=in_place, usual=False)
        settings = settings_of(config, allow_http=allow_http)
        if target is None:
            with followed(progress) as seen:
                return _result(check_files(given.readable, asked, None, to, seen), given)
        with connected(settings, target) as connect, followed(progress, connect) as seen:
            known = connect.dry_run_options(asked)
            return _result(check_files(given.readable, known, connect, to, seen), given)


def _result(found: Checked, given: Given) -> CheckResult:
    counts = found.counts
    return CheckResult(
        ok=found.ok,
        template=found.template,
        rows=counts.rows,
        valid=counts.valid,
        invalid=counts.invalid,
        skipped=counts.skipped,
        report=tuple(found.reports),
        why=in_python(found.why),
        _found=tuple(found.findings),
        _places=Places(given.frames),
    )
