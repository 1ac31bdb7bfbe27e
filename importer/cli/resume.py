"""`importer resume`: finish a run that was interrupted."""

from __future__ import annotations

from importer.cli import flags
from importer.cli.answer import Answer
from importer.cli.flags import Format
from importer.cli.sending import sending, show_result


def resume(
    run: flags.RunName,
    rate: flags.Rate = None,
    verify: flags.Verify = False,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    report: flags.Report = None,
    in_place: flags.InPlace = False,
    config: flags.Config = None,
    allow_http: flags.AllowHttp = False,
) -> Answer:
    """Finish a run that was interrupted; nothing is sent twice."""
    from importer.jobs.approved import bring_back
    from importer.jobs.site import JobSite
    from importer.pipeline.report_paths import report_of
    from importer.pipeline.resume import resume as resume_run
    from importer.pipeline.runs import result_of
    from importer.session import Connector, open_session

    with open_session(config, allow_http=allow_http) as session:
        known = session.journal.run(run)
        if not known.state.ended:
            bring_back(JobSite(session), known)
        to = report_of(known, report, in_place=in_place)
        if known.state.ended:
            return show_result(result_of(session.journal, run), format)
        jobs = known.spec.options.jobs
        with (
            Connector(session.settings, known.target, rate, jobs) as connect,
            sending(connect, session.journal, format, resumes=run) as bars,
        ):
            result = resume_run(
                run,
                connect=connect,
                journal=session.journal,
                report=to,
                progress=bars,
                verify=verify,
            )
            bars.close()
            return show_result(result, format)
