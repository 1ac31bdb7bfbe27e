"""What is done each minute, in a thread that nothing ends but the end of the process."""

from __future__ import annotations

import logging
import threading
import time

from importer.errors import ImporterError
from importer.work.queue import Performer

MINUTE = 60.0

LATE = 1.0
"""Seconds after a full minute: the clock of a database elsewhere may be a little behind."""

_LOG = logging.getLogger("importer.work")


def each_minute(performer: Performer, ended: threading.Event) -> None:
    """Call at once, then with each minute of the clock, until it has ended; faults are logged."""
    while True:
        look(performer)
        if ended.wait(to_next(time.time())):
            return


def to_next(now: float) -> float:
    """Return the seconds from a time to the next look: schedules name full minutes."""
    return MINUTE - (now - LATE) % MINUTE


def look(performer: Performer) -> None:
    """Let a performer do what it does each minute; a database that is away is one line of log."""
    try:
        performer.each_minute()
    except ImporterError as error:
        _LOG.warning("The look of each minute is left out: %s", error)
    except Exception:
        _LOG.exception("what is done each minute failed")
