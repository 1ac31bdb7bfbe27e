"""`check`, `run` and `resume`: files or a run's name in, the result on stdout, its status out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from importer.cli import options as flags
from importer.cli.breaks import Breaks
from importer.cli.options import Format
from importer.cli.places import place_asked_for, report_to, suffix_of
from importer.cli.screen import Bars, ask, attended, say, show, show_json
from importer.cli.session import connector, session

if TYPE_CHECKING:
    from importer.connect import Connector
    from importer.journal import Journal
    from importer.pipeline import Confirm
    from importer.results import Options, Preview, RunResult

BROKEN_OFF = {
    "mapping": "interrupted; nothing was sent yet. `importer resume {run}` reads and sends it.",
    "planned": "interrupted; nothing was sent yet. `importer resume {run}` sends it.",
    "sending": "interrupted. `importer resume {run}` goes on where it stopped.",
    "interrupted": "interrupted. `importer resume {run}` goes on where it stopped.",
}
"""What a person is told who breaks off a run, by the state it is left in."""

NOTHING_TO_DO = frozenset({"unchanged", "invalid", "held"})


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
    from importer import checking
    from importer.cli.text import check_lines
    from importer.results import Options

    if config:
        from importer.settings import load

        load(config)
    with ExitStack() as stack:
        connect = stack.enter_context(connector(config, target)) if target else None
        wanted = report is not None or in_place
        checked = checking.check(
            files,
            Options(template=template, only=tuple(sheet or ()), strict=strict),
            connect,
            report_to(report, files, in_place=in_place) if wanted else None,
        )
    if format is Format.JSON:
        show_json(checked.as_json())
        say(*(f"Report: {path}" for path in checked.reports))
    else:
        show(check_lines(checked, _asked(files, template, target, sheet, strict=strict)))
    if checked.why:
        say(f"importer: {checked.why}")
    return checked.exit_status


def plan(
    files: flags.Files,
    template: flags.Template = None,
    target: flags.Target = "sandbox",
    sheet: flags.Sheets = None,
    prune: flags.Prune = None,
    strict: flags.Strict = False,
    rate: flags.Rate = None,
    out: flags.PlanOut = None,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
) -> int:
    """Check files and compare them with the target: show what a run would do."""
    from importer import rehearsing
    from importer.approval import write_kept
    from importer.cli.text import plan_lines

    with connector(config, target, rate=rate) as connect, told(connect), Bars() as bars:
        options = _options(connect, template, sheet, prune, strict=strict, stop_after=0)
        found = rehearsing.plan(files, options, target=target, connect=connect, watch=bars)
        bars.close()
        if out:
            write_kept(out, found.kept)
        if format is Format.JSON:
            show_json(found.as_json())
        else:
            asked = _asked(files, template, target, sheet, prune, strict=strict)
            show(plan_lines(found, [*asked, *(["--plan", str(out)] if out else [])]))
    return found.exit_status


def _asked(
    files: list[Path],
    template: str | None,
    target: str | None,
    sheets: list[str] | None,
    prune: list[str] | None = None,
    *,
    strict: bool,
) -> list[str]:
    """The files and flags of a command, as the next one needs them too."""
    only = [("--sheet", sheet) for sheet in sheets or ()]
    scopes = [("--prune", scope) for scope in prune or ()]
    flagged = [("--template", template), ("--target", target), *only, *scopes]
    said = [word for flag, value in flagged if value for word in (flag, value)]
    return [*map(str, files), *said, *(["--strict"] if strict else [])]


def _options(
    connect: Connector,
    template: str | None,
    sheets: list[str] | None,
    prune: list[str] | None,
    *,
    strict: bool,
    **rest: Any,
) -> Options:
    """How files are read and compared, as the flags and the target's settings say."""
    from importer.results import Options

    settings = connect.target
    return Options(
        template=template,
        only=tuple(sheets or ()),
        prune=tuple(prune or ()),
        strict=strict,
        mass_rows=settings.mass_rows,
        mass_share=settings.mass_share,
        **rest,
    )


def run(
    files: flags.Files,
    template: flags.Template = None,
    target: flags.Target = "sandbox",
    sheet: flags.Sheets = None,
    yes: flags.Yes = False,
    plan: flags.Plan = None,
    prune: flags.Prune = None,
    strict: flags.Strict = False,
    allow_mass_change: flags.Mass = False,
    batch_size: flags.BatchSize = None,
    jobs: flags.Jobs = 4,
    rate: flags.Rate = None,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    report: flags.Report = None,
    in_place: flags.InPlace = False,
    config: flags.Config = None,
) -> int:
    """Check files, send what is right, report every row."""
    from importer import pipeline
    from importer.approval import read_kept
    from importer.connect import Connector

    to = report_to(report, files, in_place=in_place)
    approved = read_kept(plan) if plan else None
    with session(config) as own, Connector(own.settings, target, rate, jobs) as connect:
        options = _options(
            connect,
            template,
            sheet,
            prune,
            strict=strict,
            batch_size=batch_size or connect.target.batch_size,
            jobs=jobs,
            stop_after=connect.target.stop_after,
            landing=connect.target.landing,
            allow_mass_change=allow_mass_change,
        )
        with (
            told(connect),
            interruptible(own.journal, target),
            Breaks() as breaks,
            Bars(breaks) as bars,
        ):
            result = pipeline.run(
                files,
                options,
                target=target,
                connect=connect,
                journal=own.journal,
                report=to,
                watch=bars,
                confirm=confirmation(bars, yes=yes),
                approved=approved,
            )
            bars.close()
            return show_result(result, format)


def resume(
    run: flags.RunName,
    rate: flags.Rate = None,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    report: flags.Report = None,
    in_place: flags.InPlace = False,
    config: flags.Config = None,
) -> int:
    """Finish a run that was interrupted; nothing is sent twice."""
    from importer import pipeline
    from importer.connect import Connector

    with session(config) as own:
        known = own.journal.run(run)
        sources = [Path(file["path"]) for file in known.facts["files"]]
        if report is None and not in_place:
            report, in_place = place_asked_for(known.facts)
        to = report_to(report, sources, in_place=in_place, suffix=suffix_of(known.facts))
        if known.state in pipeline.ENDED:
            return show_result(pipeline.result(own.journal, run), format)
        jobs = known.facts["jobs"]
        with (
            Connector(own.settings, known.target, rate, jobs) as connect,
            told(connect),
            interruptible(own.journal, known.target),
            Breaks() as breaks,
            Bars(breaks) as bars,
        ):
            result = pipeline.resume(
                run, connect=connect, journal=own.journal, report=to, watch=bars
            )
            bars.close()
            return show_result(result, format)


def show_result(result: RunResult, format: Format) -> int:  # noqa: A002
    """Print what a run came to; its exit status, no longer 0 where the report was not written."""
    from importer.cli.text import result_lines

    if format is Format.JSON:
        show_json(result.as_json())
    else:
        show(result_lines(result))
    if result.why:
        say(f"importer: {result.why}")
    return result.exit_status or int(bool(result.why))


@contextmanager
def told(connect: Connector) -> Iterator[None]:
    """A run into the sandbox says so in its first and in its last line."""
    from importer.cli.text import SANDBOX_FIRST, SANDBOX_LAST

    if connect.is_sandbox:
        say(SANDBOX_FIRST)
    yield
    if connect.is_sandbox:
        say(SANDBOX_LAST)


@contextmanager
def interruptible(journal: Journal, target: str) -> Iterator[None]:
    """Tells a person who breaks off how the run can go on."""
    try:
        yield
    except KeyboardInterrupt:
        newest = next((run for run in journal.runs() if run.target == target), None)
        words = BROKEN_OFF.get(newest.state if newest else "", "interrupted; nothing was sent.")
        say(f"importer: {words.format(run=newest.run if newest else '')}")
        raise


def confirmation(bars: Bars, *, yes: bool) -> Confirm | None:
    """Who asks whether to send it; nobody where the answer is given, or nobody sits there."""

    def confirm(preview: Preview) -> bool:
        bars.close()
        return _confirmed(preview)

    return confirm if attended() and not yes else None


def _confirmed(preview: Preview) -> bool:
    """Show what the run would do and ask; where there is nothing to do, nobody is asked."""
    from importer.cli.text import preview_lines

    say(*preview_lines(preview))
    if not preview.counts.keys() - NOTHING_TO_DO:
        return True
    return ask("Send it?")
