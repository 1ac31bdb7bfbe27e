"""A target's name and the settings in, what connects the pipeline with that target out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from importer.errors import UsageError
from importer.settings import CONFIG, SANDBOX, VENDOR_URLS, Settings, TargetSettings
from importer.suggest import nearest
from importer.targets import SYSTEMS
from importer.targets.connection import ConnectionSettings

if TYPE_CHECKING:
    from importer.sandbox import Sandbox
    from importer.targets.protocol import Change, LiveEntity, Query, Reply, Target

SANDBOX_TOKEN = "sandbox"  # noqa: S105 - the stand-in takes any


@dataclass
class Connector:
    """Opens the target called `name`; calling it is the pipeline's `Connect`.

    `rate` (requests a minute) replaces what the settings say. As a context manager it closes what
    it opened: targets, and the sandbox where that is the target. Raises UsageError where there is
    no such target, or where its address or key is missing.
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
            complete(self.name, self.target)

    @property
    def is_sandbox(self) -> bool:
        """Whether it stands in for the real systems."""
        return self.target.system == SANDBOX

    def __call__(self, system: str, options: Mapping[str, Any]) -> Target:
        """Open the target for what a template of `system` makes."""
        if self.is_sandbox:
            return self._in_sandbox(system, options)
        if system != self.target.system:
            raise UsageError(
                f"The template is for {system}, but the target {self.name} is of the system "
                f"{self.target.system}. Name another with --target."
            )
        return self._opened(self.target.base_url, self.target.api_key, system, options)

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
            hint = f"Did you mean {near}?" if near else f"There are: {', '.join(targets)}."
            raise UsageError(f"There is no target called {self.name}. {hint}")
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

        from importer.sandbox import start

        database = self.settings.sandbox_database
        try:
            return start(database)
        except (OSError, sqlite3.Error) as error:
            raise UsageError(
                f"The sandbox's database {database} cannot be used ({error}). Remove the file to "
                "begin with an empty sandbox."
            ) from None

    def _in_sandbox(self, system: str, options: Mapping[str, Any]) -> Target:
        if self._sandbox is None:
            self._sandbox = self._open.enter_context(self._started()).url
        # the stand-in finds at once what it has saved, unlike the real search index
        options = {**options, "index_lag": 0}
        target = self._opened(self._sandbox, SANDBOX_TOKEN, system, options)
        return Sandboxed(target, f"{system} sandbox {self.settings.sandbox_database}")


@dataclass
class Sandboxed:
    """A target in the sandbox, whose port is another each time: its database identifies it."""

    inner: Target
    identity: str

    def __post_init__(self) -> None:
        self.system = self.inner.system
        self.batch_size = self.inner.batch_size

    def catch_up(self, seconds: float) -> None:
        """See Target."""
        self.inner.catch_up(seconds)

    def fetch(self, wanted: Query) -> Iterator[LiveEntity]:
        """See Target."""
        return self.inner.fetch(wanted)

    def names(self) -> Mapping[str, frozenset[str]]:
        """See Target."""
        return self.inner.names()

    def guard(self, check: Callable[[], None]) -> None:
        """See Target."""
        self.inner.guard(check)

    def submit(self, changes: Sequence[Change]) -> Reply:
        """See Target."""
        return self.inner.submit(changes)

    def find(self, changes: Sequence[Change]) -> dict[int, LiveEntity]:
        """See Target."""
        return self.inner.find(changes)

    def ping(self) -> None:
        """See Target."""
        self.inner.ping()

    def close(self) -> None:
        """See Target."""
        self.inner.close()


def complete(name: str, target: TargetSettings) -> None:
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
