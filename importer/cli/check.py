"""`importer check`: read and check files; nothing is sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from importer.cli import flags
from importer.cli.answer import Answer, answer_of_check
from importer.cli.console import Bars, remark, say, show
from importer.cli.flags import Format
from importer.spreadsheet import TextForm

if TYPE_CHECKING:
    from importer.session import Connector


def check(
    files: flags.Files,
    template: flags.Template = None,
    target: flags.LookUp = None,
    sheet: flags.Sheets = None,
    encoding: flags.Encoding = "",
    delimiter: flags.Delimiter = "",
    quote: flags.Quote = "",
    strict: flags.Strict = False,
    set: flags.Answers = None,  # noqa: A002 - the flag's name
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    report: flags.Report = None,
    in_place: flags.InPlace = False,
    config: flags.Config = None,
    allow_http: flags.AllowHttp = False,
) -> Answer:
    """Read and check files; nothing is sent."""
    from importer.cli.text import check_lines
    from importer.pipeline.check import check as check_files
    from importer.pipeline.report_paths import report_to

    form = TextForm(encoding, delimiter, quote)
    options = flags.options(template, sheet, strict=strict, form=form, answers=set)
    with _connected(target, config, allow_http=allow_http) as connect, Bars() as bars:
        wanted = report is not None or in_place
        to = report_to(report, files, in_place=in_place) if wanted else None
        asked = connect.dry_run_options(options) if connect else options
        result = check_files(files, asked, connect, to, bars)
    if format is Format.JSON:
        say(*(f"Report: {path}" for path in result.reports))
    else:
        show(check_lines(result, flags.repeated(files, options, target)))
    if result.why:
        say(f"importer: {result.why}")
    return answer_of_check(result, [str(file) for file in files])


@contextmanager
def _connected(
    target: str | None, config: Path | None, *, allow_http: bool
) -> Iterator[Connector | None]:
    """Open what connects to the target, None without one; the settings are checked anyway."""
    if target:
        from importer.session import connector

        with connector(config, target, allow_http=allow_http) as connect:
            connect.announce = remark
            yield connect
        return
    if config:
        from importer.settings_files import load

        load(config)
    yield None
