"""What a process of its own does for one pass of a job.

What it reads is hostile, so that it may end by a fault without taking anything else along. What
there is to do stands in the journal.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from importer import log
from importer.errors import ImporterError
from importer.jobs.perform_pass import perform_pass
from importer.jobs.site import JobSite
from importer.pipeline.progress import SENDING, NoProgress
from importer.session import open_session


class Ending(NoProgress):
    """Whether this process was asked to end: what is being sent ends between two batches."""

    def __init__(self) -> None:
        self.asked = self.sending = False
        signal.signal(signal.SIGTERM, self._ask)

    def stage(self, name: str, total: int | None) -> None:  # noqa: ARG002
        """Note whether requests are sent, which are not to be broken off."""
        self.sending = name == SENDING

    def _ask(self, *_: object) -> None:
        self.asked = True
        if not self.sending:
            raise KeyboardInterrupt


def work(_kind: str, name: str, given: Mapping[str, Any]) -> int:
    """Do a pass; 0 where the journal says how that ended, 3 where it is away."""
    log.go_on_in_child()
    config = Path(given["config"]) if given["config"] else None
    ending = Ending()
    try:
        with (
            suppress(KeyboardInterrupt),
            open_session(config, allow_http=given["allow_http"]) as session,
        ):
            perform_pass(JobSite(session), int(name), ending, lambda: ending.asked)
    except ImporterError as error:  # another goes on with the pass
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    return 0
