"""A run that the journal has, and the target that it went to, opened for one call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from importer.api.places import Places, of_formats
from importer.api.target import connected

if TYPE_CHECKING:
    from importer.api.target import Target
    from importer.journal import Journal, Run
    from importer.session import Connector, Session
    from importer.settings import Settings


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run, the journal that has it, and what connects to its target."""

    run: Run
    settings: Settings
    journal: Journal
    connect: Connector

    @property
    def places(self) -> Places:
        """Where its rows stand."""
        return places_of(self.run)


def places_of(run: Run) -> Places:
    """Return where the rows of a run stand; labels are not kept."""
    return Places(names=of_formats((file.name, file.format) for file in run.spec.files))


@contextmanager
def open_run(
    name: str,
    target: Target | None,
    rate: int | None,
    config: object,
    *,
    allow_http: bool,
    jobs: int | None = None,
) -> Iterator[OpenRun]:
    """Open the journal, a run of it, and its target. Raises UsageError."""
    with ExitStack() as stack:
        session = stack.enter_context(session_of(config, allow_http=allow_http))
        run = session.journal.run(name)
        in_flight = jobs or run.spec.options.jobs
        to = target or run.target
        connect = stack.enter_context(connected(session.settings, to, rate=rate, jobs=in_flight))
        yield OpenRun(run, session.settings, session.journal, connect)


@contextmanager
def session_of(config: object, *, allow_http: bool = False) -> Iterator[Session]:
    """Open the settings and the journal. Raises UsageError."""
    from importer.api.target import config_path
    from importer.session import open_session

    with open_session(config_path(config), allow_http=allow_http) as session:
        yield session
