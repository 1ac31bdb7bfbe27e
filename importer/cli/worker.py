"""`importer worker`: do what is in the queue and run jobs by the clock, until it is ended."""

from __future__ import annotations

from typing import Annotated

import typer

from importer.cli import flags
from importer.cli.console import say

Threads = Annotated[
    int, typer.Option("--threads", min=1, max=64, metavar="N", help="How much is done at once.")
]


def worker(
    threads: Threads = 2,
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
        jobs_performer = JobPerformer(JobSite(session), queue, config)
        uploads = Children(Site(session, settings), queue, config)
        performer = Dispatch({KIND: jobs_performer}, uploads)
        load_what_is_needed()
        jobs = len(session.settings.jobs)
        say(f"Working for {jobs} job{'' if jobs == 1 else 's'} and the page. Ctrl-C ends it.")
        with queue.embedded(performer, threads):
            threading.Event().wait()
    return 0
