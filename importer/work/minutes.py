"""What is done each minute, in a thread that nothing ends but the end of the process."""

from __future__ import annotations

import logging
import threading

from importer.errors import ImporterError
from importer.work.queue import Performer

MINUTE = 60.0

_LOG = logging.getLogger("importer.work")


def each_minute(performer: Performer, ended: threading.Event) -> None:
    """Call at once, then each minute, until it has ended; what goes wrong is logged."""
    while True:
        look(performer)
        if ended.wait(MINUTE):
            return


def look(performer: Performer) -> None:
    """Let a performer do what it does each minute; a database that is away is one line of log."""
    try:
        performer.each_minute()
    except ImporterError as error:
        _LOG.warning("The look of each minute is left out: %s", error)
    except Exception:
        _LOG.exception("what is done each minute failed")
