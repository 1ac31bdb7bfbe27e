"""The settings of jobs while a worker runs: read anew, for it and its processes alike."""

from __future__ import annotations

import logging
from pathlib import Path

from msgspec.structs import replace

from importer.errors import UsageError
from importer.jobs.site import JobSite
from importer.settings import Settings
from importer.settings_files import load

_LOG = logging.getLogger("importer.jobs")


class LiveSettings:
    """The settings as they were when they could be used last; `config` is the file they are in."""

    def __init__(self, site: JobSite, config: Path | None) -> None:
        self.site, self._config = site, config
        self._wrong = ""

    @property
    def usable(self) -> bool:
        """Whether a process that begins now could use them."""
        return not self._wrong

    def read_again(self) -> None:
        """Read them; what is wrong with them is said once."""
        before = self.site.settings
        try:
            now = load(self._config, allow_http=before.allow_http).settings
            _demand_same_places(before, now)
        except UsageError as error:
            self._say(str(error))
            return
        self._say("")
        self.site = replace(self.site, session=replace(self.site.session, settings=now))

    def _say(self, wrong: str) -> None:
        if wrong and wrong != self._wrong:
            _LOG.warning("No pass of a job begins until the settings can be used. %s", wrong)
        if self._wrong and not wrong:
            _LOG.warning("The settings can be used again.")
        self._wrong = wrong


def _demand_same_places(before: Settings, now: Settings) -> None:
    """Raise UsageError where another journal or queue is named: this process has the former."""
    if (before.journal, before.queue_address) != (now.journal, now.queue_address):
        raise UsageError("They name another journal or queue: end this process, and start it anew.")
