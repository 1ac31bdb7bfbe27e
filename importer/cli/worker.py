"""`importer worker`: do what is in the queue and run jobs by the clock, until it is ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from importer.cli import flags
from importer.cli.console import say

if TYPE_CHECKING:
    from importer.journal.job_pass import JobPass
    from importer.journal.store import Store

Threads = Annotated[
    int, typer.Option("--threads", min=1, max=64, metavar="N", help="How much is done at once.")
]

MetricsPort = Annotated[
    int | None,
    typer.Option(
        "--metrics-port",
        min=0,
        max=65535,
        metavar="N",
        help="Answer /metrics, /healthz and /readyz at this port of this machine; 0 picks one.",
        show_default=False,
    ),
]


def worker(
    threads: Threads = 2,
    metrics_port: MetricsPort = None,
    log_format: flags.LogAs = flags.LogFormat.TEXT,  # noqa: ARG001 - heeded by Command
    config: flags.Config = None,
    allow_http: flags.AllowHttp = False,
) -> int:
    """Run jobs by the clock and what is in the queue, until Ctrl-C; start as many as needed."""
    import threading

    from importer.jobs.performer import KIND, JobPerformer
    from importer.jobs.site import JobSite
    from importer.session import open_session
    from importer.uploads.children import Children
    from importer.uploads.settings import UploadSettings
    from importer.uploads.site import Site
    from importer.work import open_queue
    from importer.work.dispatch import Dispatch
    from importer.work.forked import load_what_is_needed

    with open_session(config, allow_http=allow_http) as session:
        settings = UploadSettings.of(session.settings)
        queue = open_queue(session.settings.queue_address)
        jobs_performer = JobPerformer(JobSite(session), queue, config, ended=_say_ended)
        uploads = Children(Site(session, settings), queue, config)
        performer = Dispatch({KIND: jobs_performer}, uploads)
        load_what_is_needed()
        jobs = len(session.settings.jobs)
        say(f"Working for {jobs} job{'' if jobs == 1 else 's'} and the page. Ctrl-C ends it.")
        with _watched(session.journal.store, metrics_port), queue.embedded(performer, threads):
            threading.Event().wait()
    return 0


def _say_ended(one: JobPass) -> None:
    """Say what a pass came to."""
    from importer.cli.job_text import pass_lines

    more = one.why if one.status else ""
    said = " ".join([f"{one.job}: {one.words}.", *([more] if more else []), *pass_lines(one)])
    say(said, bad=bool(one.status))


@contextmanager
def _watched(store: Store, port: int | None) -> Iterator[None]:
    """Serve the metrics where a port is given. Raises UsageError where it is taken."""
    from importer.metrics.server import serving_metrics

    if port is None:
        yield
        return
    with serving_metrics(store, port) as address:
        say(f"Metrics: {address}")
        yield
