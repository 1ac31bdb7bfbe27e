"""A session: from the settings to an open journal, a connected target and the options of a run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from importer.errors import UsageError
from importer.options import Options
from importer.settings import CONFIG, SANDBOX, VENDOR_URLS, Settings, TargetSettings, load
from importer.suggest import did_you_mean, nearest
from importer.targets import SYSTEMS
from importer.targets.connection import ConnectionSettings
from importer.targets.forwarding import ForwardingTarget

if TYPE_CHECKING:
    from importer.journal import Journal
    from importer.sandbox import Sandbox
    from importer.sandbox.seed import Seed
    from importer.targets.protocol import Target

SANDBOX_TOKEN = "sandbox"  # noqa: S105 - the stand-in takes any


@dataclass(frozen=True, slots=True)
class Session:
    """The settings and the open journal of one command, page or job."""

    settings: Settings
    journal: Journal


@contextmanager
def open_session(config: Path | None) -> Iterator[Session]:
    """Load the settings and open the journal; close it in the end. Raises UsageError."""
    settings = load(config).settings
    with closing(open_journal(settings.journal)) as journal:
        yield Session(settings, journal)


def open_journal(where: str) -> Journal:
    """Return the journal at a path or a database URL.

    Raises UsageError, whose message never has a password.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from importer.journal import Journal
    from importer.journal.store import without_password

    try:
        return Journal(where)
    except UsageError as error:
        words = str(error).replace(where, without_password(where))
    except (OSError, ImportError, SQLAlchemyError) as error:
        words = f"The journal {without_password(where)} cannot be opened: {error}."
    raise UsageError(f"{words} IMPORTER_JOURNAL names another place.")


def connector(
    config: Path | None, target: str, *, rate: int | None = None, jobs: int = 4
) -> Connector:
    """Return what connects to a target, without a journal. Raises UsageError."""
    return Connector(load(config).settings, target, rate, jobs)


@dataclass
class Connector:
    """Opens the target called `name`; calling it is the pipeline's `Connect`.

    `rate` (requests a minute) replaces that of the settings. As a context manager it closes what
    it opened: targets, and the sandbox where that is the target. Raises UsageError where the
    settings have no such target, or where its address or key is missing.
    """

    settings: Settings
    name: str
    rate: int | None = None
    jobs: int = 4
    sleep: Callable[[float], None] = time.sleep
    _open: ExitStack = field(default_factory=ExitStack)
    _sandbox: str | None = None

    def __post_init__(self) -> None:
        self.target = self._known()
        if not self.is_sandbox:
            refuse_incomplete(self.name, self.target)

    @property
    def is_sandbox(self) -> bool:
        """Whether the target is the sandbox, not a real system."""
        return self.target.system == SANDBOX

    def __call__(self, system: str, options: Mapping[str, Any]) -> Target:
        """Open the target for a template of `system` with these options. Raises UsageError."""
        if self.is_sandbox:
            return self._in_sandbox(system, options)
        if system != self.target.system:
            raise UsageError(
                f"The template is for {system}, but the target {self.name} is of the system "
                f"{self.target.system}. Name another with --target."
            )
        return self._opened(self.target.base_url, self.target.api_key, system, options)

    def options(self, asked: Options, *, batch_size: int | None = None) -> Options:
        """Return what a user asked for, completed by the settings of the target."""
        limits = self.target
        return replace(
            asked,
            batch_size=batch_size or limits.batch_size,
            jobs=self.jobs,
            stop_after=limits.stop_after,
            landing=limits.landing,
            mass_rows=limits.mass_rows,
            mass_share=limits.mass_share,
        )

    def dry_run_options(self, asked: Options) -> Options:
        """Return the options of a dry run: no refusal can stop it early."""
        return replace(self.options(asked), batch_size=None, stop_after=0)

    def reach(self) -> None:
        """Ask the target whether it answers. Raises TargetUnreachable or CredentialsRefused."""
        for system in SYSTEMS if self.is_sandbox else [self.target.system]:
            self(system, {}).ping()

    def close(self) -> None:
        """Close the targets, then the sandbox."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _known(self) -> TargetSettings:
        targets = self.settings.targets
        if self.name not in targets:
            near = nearest(self.name, targets)
            hint = did_you_mean(near, f"There are: {', '.join(targets)}.")
            raise UsageError(f"There is no target called {self.name}{hint}")
        changed = {"rate": self.rate} if self.rate else {}
        return targets[self.name].model_copy(update=changed)

    def _opened(self, base_url: str, token: str, system: str, options: Mapping[str, Any]) -> Target:
        settings = ConnectionSettings(
            base_url,
            token,
            token_name=self.target.api_key_env or SANDBOX_TOKEN,
            rate=self.target.rate,
            jobs=self.jobs,
            timeout=self.target.timeout,
            sleep=self.sleep,
        )
        target = SYSTEMS[system](settings, options)
        self._open.callback(target.close)
        return target

    def _started(self) -> Sandbox:
        import sqlite3

        from importer.sandbox import Variants, start

        database = self.settings.sandbox_database
        assets = seeds(self.target.assets)
        try:
            return start(database, variants=Variants(self.target.updates), assets=assets)
        except (OSError, sqlite3.Error) as error:
            raise UsageError(
                f"The sandbox's database {database} cannot be used ({error}). Remove the file to "
                "begin with an empty sandbox."
            ) from None

    def _in_sandbox(self, system: str, options: Mapping[str, Any]) -> Target:
        if self._sandbox is None:
            self._sandbox = self._open.enter_context(self._started()).url
        # the sandbox finds at once what it has saved, unlike the search index of a real system
        options = {**options, "index_lag": 0}
        target = self._opened(self._sandbox, SANDBOX_TOKEN, system, options)
        # its port is another each time: its database identifies it
        return ForwardingTarget(target, f"{system} sandbox {self.settings.sandbox_database}")


def seeds(file: str | Path) -> list[Seed]:
    """Return the assets in a file of the sandbox's, none without a file. Raises UsageError."""
    from importer.sandbox.seed import SeedError, read_assets

    try:
        return read_assets(Path(file).expanduser()) if file else []
    except SeedError as error:
        raise UsageError(str(error)) from None


def refuse_incomplete(name: str, target: TargetSettings) -> None:
    """Raise UsageError where the target's address or key is missing."""
    if not target.base_url:
        variable = next((v for v, system in VENDOR_URLS.items() if system == name), "")
        first = f"set {variable}, or " if variable else ""
        raise UsageError(
            f"The target {name} has no address: {first}write base_url under [targets.{name}] "
            f"in {CONFIG}."
        )
    if not target.api_key:
        raise UsageError(
            f"There is no API key for the target {name}: set the environment variable "
            f"{target.api_key_env}."
        )
