"""`check`, `run` and `resume`: files or a run's name in, the result on stdout, its status out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from importer.cli import options as flags
from importer.cli.options import Format
from importer.cli.screen import Bars, ask, attended, say, show, show_json

if TYPE_CHECKING:
    from importer.connect import Connector
    from importer.journal import Journal
    from importer.results import Preview, Result


def check(
    files: flags.Files,
    template: flags.Template = None,
    target: flags.LookUp = None,
    sheet: flags.Sheets = None,
    strict: flags.Strict = False,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    report: flags.Report = None,
    in_place: flags.InPlace = False,
    config: flags.Config = None,
) -> int:
    """Read and check files; nothing is sent."""
    from contextlib import ExitStack

    from importer import pipeline
    from importer.cli.text import check_lines

    with ExitStack() as stack:
        connect = None
        if target or config:
            connect = _connector(config, target or "sandbox")
            stack.enter_context(connect)
        checked = pipeline.check(
            files,
            pipeline.Options(template=template, only=tuple(sheet or ()), strict=strict),
            connect if target else None,
            _report_to(report, in_place, wanted=bool(report or in_place)),
        )
    if format is Format.JSON:
        show_json(checked.as_json())
    else:
        show(check_lines(checked, files))
    return checked.exit_status
