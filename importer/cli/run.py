"""`importer run`: check files, send what is right, report every row."""

from __future__ import annotations

from msgspec.structs import replace

from importer.cli import flags
from importer.cli.answer import Answer
from importer.cli.flags import Format, LogFormat
from importer.cli.sending import confirmation, sending, show_result
from importer.spreadsheet import TextForm


def run(
    files: flags.Files,
    template: flags.Template = None,
    target: flags.Target = "sandbox",
    sheet: flags.Sheets = None,
    encoding: flags.Encoding = "",
    delimiter: flags.Delimiter = "",
    quote: flags.Quote = "",
    yes: flags.Yes = False,
    plan: flags.Plan = None,
    prune: flags.Prune = None,
    strict: flags.Strict = False,
    set: flags.Answers = None,  # noqa: A002 - the flag's name
    allow_mass_change: flags.Mass = False,
    batch_size: flags.BatchSize = None,
    jobs: flags.Jobs = 4,
    rate: flags.Rate = None,
    verify: flags.Verify = False,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    log_format: flags.LogAs = LogFormat.TEXT,  # noqa: ARG001 - heeded by Command
    report: flags.Report = None,
    in_place: flags.InPlace = False,
    config: flags.Config = None,
    allow_http: flags.AllowHttp = False,
) -> Answer:
    """Check files, send what is right, report every row."""
    from importer.pipeline.execution import Approval
    from importer.pipeline.report_paths import report_to
    from importer.pipeline.request import ImportRequest
    from importer.pipeline.run import run as run_files
    from importer.pipeline.saved_plan import read_plan
    from importer.session import Connector, open_session

    to = report_to(report, files, in_place=in_place)
    saved = read_plan(plan) if plan else None
    form = TextForm(encoding, delimiter, quote)
    asked = flags.options(template, sheet, prune, strict=strict, form=form, answers=set)
    asked = replace(asked, allow_mass_change=allow_mass_change, verify=verify)
    with (
        open_session(config, allow_http=allow_http) as session,
        Connector(session.settings, target, rate, jobs) as connect,
    ):
        options = connect.options(asked, batch_size=batch_size)
        request = ImportRequest(files, options, target, connect)
        with sending(connect, session.journal, format) as bars:
            result = run_files(
                request,
                journal=session.journal,
                report=to,
                progress=bars,
                approval=Approval(saved, confirmation(bars, yes=yes)),
            )
            bars.close()
            return show_result(result, format)
