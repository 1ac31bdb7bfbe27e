"""What a process of its own does for one upload.

What it reads is hostile, so it has limits of its own. What there is to do stands in the journal: it
goes on as long as the state of the upload says that there is something to read, or to send where
that is its task.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import Any

from importer import log
from importer.errors import ImporterError
from importer.journal.upload import BUSY, SENT, Upload, UploadState
from importer.journal.upload_facts import Facts
from importer.journal.upload_hold import Hold
from importer.journal.uploads import move
from importer.session import open_session
from importer.uploads.kept_mappings import mappings_for
from importer.uploads.noting import Noting
from importer.uploads.run_tasks import RUN_TASKS
from importer.uploads.settings import UploadSettings
from importer.uploads.site import Site

Work = Callable[[Site, Upload, Facts, Noting], None]

_LOG = logging.getLogger("importer.uploads")


class Ending:
    """Whether this process was asked to end: what is being sent ends between two batches.

    It is asked twice; the second time must not cut off what it puts right before it ends.
    """

    def __init__(self) -> None:
        self.asked = self.sending = False
        signal.signal(signal.SIGTERM, self._ask)

    def _ask(self, *_: object) -> None:
        again, self.asked = self.asked, True
        if not (self.sending or again):
            raise KeyboardInterrupt


def work(kind: str, name: str, given: Mapping[str, Any]) -> int:
    """Work on an upload; 0 where the journal says how that ended."""
    log.go_on_in_child()
    settings = UploadSettings.from_json(given["settings"])
    limit_memory(settings.memory)
    config = Path(given["config"]) if given["config"] else None
    http, ending = given["allow_http"], Ending()
    with suppress(KeyboardInterrupt), open_session(config, allow_http=http) as session:
        site = Site(session, settings)
        if kind in RUN_TASKS:
            ending.sending = True
            from importer.uploads.runs import work_on_run

            work_on_run(site, kind, name, lambda: ending.asked)
            return 0
        states = SENT if kind in SENT else BUSY - SENT
        while not ending.asked and _some_done(site, name, states, ending):
            pass
    return 0


def limit_memory(most: int) -> None:
    """Let this process have no more memory, where the system can limit it."""
    try:
        import resource
    except ImportError:  # Windows knows no such limit
        return
    if most:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _some_done(site: Site, name: str, states: Set[UploadState], ending: Ending) -> bool:
    """Do all that is to do in some states; False where another process does it, or nothing is.

    A process that reads has a limit of time: it does not go on to what is sent.
    """
    if site.upload(name).state not in states:
        return False
    with Hold(site.store, name) as hold:
        if not hold.take():
            return False
        noting = Noting(hold, lambda: ending.asked)
        while not ending.asked and _one_done(site, name, states, noting, ending):
            pass
    return True


def _one_done(
    site: Site, name: str, states: Set[UploadState], noting: Noting, ending: Ending
) -> bool:
    upload, facts = site.found(name)
    if upload.state not in states:
        return False
    ending.sending = upload.state in SENT
    try:
        with mappings_for(site, upload, facts):
            work_of(upload.state)(site, upload, facts, noting)
    except ImporterError as error:
        move(site.store, name, (upload.state,), UploadState.FAILED, why=str(error))
    except KeyboardInterrupt:  # the process is to end: another goes on
        return False
    return True


def work_of(state: UploadState) -> Work:
    """Return what is done in a state; each is loaded where it is needed."""
    if state is UploadState.CHECKING:
        from importer.uploads.checking import check_upload

        return check_upload
    if state is UploadState.PLANNING:
        from importer.uploads.planning import plan_upload

        return plan_upload
    from importer.uploads.importing import import_upload, undo_upload

    return undo_upload if state is UploadState.UNDOING else import_upload
