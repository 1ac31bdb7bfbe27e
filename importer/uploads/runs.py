"""Goes on with a run of the command line, or undoes it, in a process of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable

from importer.errors import ImporterError
from importer.options import ReportTo
from importer.pipeline.progress import NoProgress
from importer.pipeline.resume import resume
from importer.pipeline.undo import UndoRequest, undo
from importer.session import Connector
from importer.uploads.run_tasks import UNDO
from importer.uploads.site import Site

_LOG = logging.getLogger("importer.uploads")


class _Stopping(NoProgress):
    """Follows nothing, and ends between two batches where the process is to end."""

    def __init__(self, stopped: Callable[[], bool]) -> None:
        self._stopped = stopped

    def between_batches(self) -> None:
        """Raise KeyboardInterrupt where the process is to end."""
        if self._stopped():
            raise KeyboardInterrupt


def work_on_run(site: Site, kind: str, name: str, stopped: Callable[[], bool]) -> None:
    """Go on with a run, or undo it; the journal says how that ended."""
    journal, progress = site.session.journal, _Stopping(stopped)
    run = journal.run(name)
    try:
        with Connector(site.session.settings, run.target) as connect:
            if kind == UNDO:
                request = UndoRequest(name, run.target, connect, journal)
                undo(request, journal=journal, report=ReportTo(wanted=False), progress=progress)
            else:
                to = run.spec.report_to
                resume(name, connect=connect, journal=journal, report=to, progress=progress)
    except ImporterError as error:
        _LOG.warning("%s %s: %s", kind, name, error)
    except KeyboardInterrupt:
        _LOG.info("%s %s was ended with its process", kind, name)
