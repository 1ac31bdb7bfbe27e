"""`importer plan`: show what a run would do; nothing is sent."""

from __future__ import annotations

from importer.cli import flags
from importer.cli.answer import Answer, answer_of_plan
from importer.cli.console import Bars, show
from importer.cli.flags import Format
from importer.cli.sending import target_notice
from importer.spreadsheet import TextForm


def plan(
    files: flags.Files,
    template: flags.Template = None,
    target: flags.Target = "sandbox",
    sheet: flags.Sheets = None,
    encoding: flags.Encoding = "",
    delimiter: flags.Delimiter = "",
    quote: flags.Quote = "",
    prune: flags.Prune = None,
    strict: flags.Strict = False,
    set: flags.Answers = None,  # noqa: A002 - the flag's name
    rate: flags.Rate = None,
    out: flags.PlanOut = None,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
    allow_http: flags.AllowHttp = False,
) -> Answer:
    """Check files and compare them with the target: show what a run would do."""
    from importer.cli.text import plan_lines
    from importer.pipeline.plan import plan as plan_files
    from importer.pipeline.request import ImportRequest
    from importer.pipeline.saved_plan import write_plan
    from importer.session import connector

    form = TextForm(encoding, delimiter, quote)
    with (
        connector(config, target, rate=rate, allow_http=allow_http) as connect,
        Bars() as bars,
        target_notice(connect, bars),
    ):
        asked = flags.options(template, sheet, prune, strict=strict, form=form, answers=set)
        request = ImportRequest(files, connect.dry_run_options(asked), target, connect)
        result = plan_files(request, save=out is not None, progress=bars)
        bars.close()
        if out and result.saved:
            write_plan(out, result.saved)
        if format is Format.TEXT:
            words = flags.repeated(files, asked, target)
            show(plan_lines(result, [*words, *(["--plan", str(out)] if out else [])]))
    return answer_of_plan(result, [str(file) for file in files])
