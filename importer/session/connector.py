"""Connect to a target by its name in the settings: a real system, or the sandbox."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from msgspec.structs import replace

from importer.errors import UsageError
from importer.options import Options
from importer.sandbox import SYSTEMS
from importer.session.sandbox import started
from importer.session.target import GivenTarget, target_called
from importer.settings import SANDBOX, Settings
from importer.settings_files import load
from importer.sign_in import SignIn
from importer.suggest import listed
from importer.targets import systems, unknown_systems
from importer.targets.connection import ConnectionSettings, normal_url
from importer.targets.forwarding import ForwardingTarget
from importer.way_out import way_out

if TYPE_CHECKING:
    from importer.targets.protocol import Target

ANOTHER = "Choose another target when you upload it."
SANDBOX_SIGN_IN = SignIn("sandbox", "sandbox")  # the stand-in takes any token


def connector(
    config: Path | None,
    target: str,
    *,
    rate: int | None = None,
    jobs: int = 4,
    allow_http: bool = False,
) -> Connector:
    """Return what connects to a target, without a journal. Raises UsageError."""
    return Connector(load(config, allow_http=allow_http).settings, target, rate, jobs)


@dataclass
class Connector:
    """Opens the target called `name`; calling it is the pipeline's `Connect`.

    `rate` (requests a minute) replaces that of the settings; a `given` target replaces them all.
    `announce` is told where the target is, before the first request to a real system. As a context
    manager it closes what it opened: targets, and the sandbox where that is the target. Raises
    UsageError where the settings have no such target, or where its address or key is missing.
    """

    settings: Settings
    name: str
    rate: int | None = None
    jobs: int = 4
    sleep: Callable[[float], None] = time.sleep
    announce: Callable[[str], None] = lambda _words: None
    given: GivenTarget | None = None
    _announced: bool = False
    _told: bool = False
    _open: ExitStack = field(default_factory=ExitStack)
    _sandbox: str | None = None

    def __post_init__(self) -> None:
        if self.given:
            self.target = self.given.checked(self.name, self.settings)
        else:
            self.target = target_called(self.name, self.settings, self.rate)

    @property
    def sign_in(self) -> SignIn | None:
        """Return how the target is signed in to, None where nothing says so."""
        return self.given.sign_in if self.given else self.target.sign_in

    @property
    def is_sandbox(self) -> bool:
        """Whether the target is the sandbox, not a real system."""
        return self.target.system == SANDBOX

    @property
    def system(self) -> str:
        """Return the system of the target, nothing for the sandbox, which stands for several."""
        return "" if self.is_sandbox else self.target.system

    def __call__(self, of: Sequence[str], options: Mapping[str, Any]) -> Target:
        """Open the target for a template of these systems with these options. Raises UsageError."""
        self._announce_unknown(of)
        if self.is_sandbox:
            return self._in_sandbox(of, options)
        if self.target.system not in of:
            wanted = listed(of, quote="")
            raise UsageError(
                f"The template is for {wanted}, but the target {self.name} is of the system "
                f"{self.target.system}. {way_out('Name another with --target.', ANOTHER)}"
            )
        self._announce_once()
        sign_in = self.sign_in or SignIn("", "")
        return self._opened(self.target.base_url, sign_in, self.target.system, options)

    def options(self, asked: Options, *, batch_size: int | None = None) -> Options:
        """Return what a user asked for, completed by the settings of the target."""
        limits = self.target
        return replace(
            asked,
            system=self.system,
            batch_size=batch_size or limits.batch_size,
            jobs=self.jobs,
            stop_after=limits.stop_after,
            landing=limits.landing,
            mass_rows=limits.mass_rows,
            mass_share=limits.mass_share,
            mass_alone=asked.mass_alone if limits.mass_alone is None else limits.mass_alone,
        )

    def dry_run_options(self, asked: Options) -> Options:
        """Return the options of a dry run: no refusal can stop it early."""
        return replace(self.options(asked), batch_size=None, stop_after=0)

    def reach(self) -> None:
        """Ask the target whether it answers. Raises TargetUnreachable or CredentialsRefused."""
        for system in SYSTEMS if self.is_sandbox else (self.target.system,):
            self([system], {}).ping()

    @property
    def where(self) -> str:
        """Return the address of the target and where it was set, as words for the user."""
        address = normal_url(self.target.base_url)
        if self.given:
            return f"the target {self.name} is {address} (given by the program)."
        origin = self.settings.origin(f"targets.{self.name}.base_url")
        sign_in = self.sign_in
        key = f"; its key is in {sign_in.variables}" if sign_in else ""
        return f"the target {self.name} is {address} ({origin}){key}."

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

    def _announce_unknown(self, of: Sequence[str]) -> None:
        """Say once which systems of a template nobody knows, where it is for others as well."""
        strange = unknown_systems(of)
        if strange and len(strange) < len(of) and not self._told:
            self._told = True
            self.announce(f"The template is for several systems. {' '.join(strange)}")

    def _announce_once(self) -> None:
        if not self._announced:
            self._announced = True
            self.announce(self.where)

    def _opened(
        self, base_url: str, sign_in: SignIn, system: str, options: Mapping[str, Any]
    ) -> Target:
        settings = ConnectionSettings(
            base_url,
            sign_in.secret,
            token_name=sign_in.variables,
            rate=self.target.rate,
            jobs=self.jobs,
            timeout=self.target.timeout,
            sleep=self.sleep,
            user=sign_in.user,
            renew=sign_in.renew,
            path=self.target.path,
        )
        target = systems()[system].open(settings, options)
        self._open.callback(target.close)
        return target

    def _in_sandbox(self, of: Sequence[str], options: Mapping[str, Any]) -> Target:
        """Open the sandbox as the first of these systems that it stands in for."""
        system = next((one for one in of if one in SYSTEMS), None)
        if system is None:
            wanted = listed(of, quote="")
            other = way_out("name another --target.", "choose another target.")
            raise UsageError(f"The sandbox does not stand in for {wanted}: {other}")
        if self._sandbox is None:
            box = started(self.settings.sandbox_database, self.target)
            self._sandbox = self._open.enter_context(box).url
        # the sandbox finds at once what it has saved, unlike the search index of a real system
        options = {**options, "index_lag": 0}
        target = self._opened(self._sandbox, SANDBOX_SIGN_IN, system, options)
        # its port is another each time: its database identifies it
        return ForwardingTarget(target, f"{system} sandbox {self.settings.sandbox_database}")
