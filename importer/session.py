"""A session: from the settings to an open journal, a connected target and the options of a run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from importer.allowed import CONFIG
from importer.credentials import without_password
from importer.errors import UsageError
from importer.invisible import escaped
from importer.options import Options
from importer.sandbox import SYSTEMS
from importer.settings import SANDBOX, Settings, TargetSettings
from importer.settings_files import load, own_file
from importer.sign_in import SignIn
from importer.suggest import did_you_mean, listed, nearest
from importer.targets import systems
from importer.targets.connection import ConnectionSettings, normal_url
from importer.targets.forwarding import ForwardingTarget

if TYPE_CHECKING:
    from importer.journal import Journal
    from importer.sandbox import Sandbox
    from importer.sandbox.seed import Seed
    from importer.targets.protocol import Target

SANDBOX_SIGN_IN = SignIn("sandbox", "sandbox")  # the stand-in takes any token


@dataclass(frozen=True, slots=True)
class Session:
    """The settings and the open journal of one command, page or job."""

    settings: Settings
    journal: Journal


@contextmanager
def open_session(config: Path | None, *, allow_http: bool = False) -> Iterator[Session]:
    """Load the settings and open the journal; close it in the end. Raises UsageError."""
    settings = load(config, allow_http=allow_http).settings
    with closing(open_journal(settings.journal)) as journal:
        yield Session(settings, journal)


def open_journal(where: str) -> Journal:
    """Return the journal at a path or a database URL.

    Raises UsageError, whose message never has a password.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from importer.journal import Journal

    try:
        return Journal(where)
    except UsageError as error:
        words = str(error).replace(where, without_password(where))
    except (OSError, ImportError, SQLAlchemyError) as error:
        words = f"The journal {without_password(where)} cannot be opened: {error}."
    raise UsageError(f"{words} IMPORTER_JOURNAL names another place.")


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

    `rate` (requests a minute) replaces that of the settings. `announce` is told where the target
    is, before the first request to a real system. As a context manager it closes what
    it opened: targets, and the sandbox where that is the target. Raises UsageError where the
    settings have no such target, or where its address or key is missing.
    """

    settings: Settings
    name: str
    rate: int | None = None
    jobs: int = 4
    sleep: Callable[[float], None] = time.sleep
    announce: Callable[[str], None] = lambda _words: None
    _announced: bool = False
    _open: ExitStack = field(default_factory=ExitStack)
    _sandbox: str | None = None

    def __post_init__(self) -> None:
        self.target = self._known()
        if not self.is_sandbox:
            refuse_incomplete(self.name, self.target)
            refuse_unencrypted(self.name, self.target, self.settings)

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
        if self.is_sandbox:
            return self._in_sandbox(of, options)
        if self.target.system not in of:
            wanted = listed(of, quote="")
            raise UsageError(
                f"The template is for {wanted}, but the target {self.name} is of the system "
                f"{self.target.system}. Name another with --target."
            )
        self._announce_once()
        sign_in = self.target.sign_in or SignIn("", "")
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
        origin = self.settings.origin(f"targets.{self.name}.base_url")
        sign_in = self.target.sign_in
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

    def _announce_once(self) -> None:
        if not self._announced:
            self._announced = True
            self.announce(self.where)

    def _known(self) -> TargetSettings:
        targets = self.settings.targets
        if self.name not in targets:
            near = nearest(self.name, targets)
            hint = did_you_mean(near, f"There are: {', '.join(targets)}.")
            raise UsageError(f"There is no target called {self.name}{hint}")
        changed = {"rate": self.rate} if self.rate else {}
        return targets[self.name].model_copy(update=changed)

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

    def _in_sandbox(self, of: Sequence[str], options: Mapping[str, Any]) -> Target:
        """Open the sandbox as the first of these systems that it stands in for."""
        system = next((one for one in of if one in SYSTEMS), None)
        if system is None:
            wanted = listed(of, quote="")
            raise UsageError(f"The sandbox does not stand in for {wanted}: name another --target.")
        if self._sandbox is None:
            self._sandbox = self._open.enter_context(self._started()).url
        # the sandbox finds at once what it has saved, unlike the search index of a real system
        options = {**options, "index_lag": 0}
        target = self._opened(self._sandbox, SANDBOX_SIGN_IN, system, options)
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
        first = f"set {systems()[name].address}, or " if name in systems() else ""
        raise UsageError(
            f"The target {name} has no address: {first}write base_url under [targets.{name}] "
            f"in {CONFIG}."
        )
    if not target.variables:
        raise UsageError(
            f"The target {name} names no variable that holds its key: write api_key_env under "
            f"[targets.{name}] in {CONFIG}."
        )
    if not target.sign_in:
        first, *others = target.variables
        more = "".join(f", or {one}" for one in others)
        raise UsageError(
            f"There is no API key for the target {name}: set the environment variable "
            f"{first}{more}."
        )


def refuse_unencrypted(name: str, target: TargetSettings, settings: Settings) -> None:
    """Raise UsageError where the key would go over the network for everybody to read."""
    address = urlsplit(normal_url(target.base_url))
    if settings.allow_http or address.scheme != "http" or _is_loopback(address.hostname or ""):
        return
    raise UsageError(
        f"The target {name} has an address without encryption, {escaped(target.base_url)}: its key "
        "could be read on the way. Write https://, or allow it with --allow-http, or with "
        f"`allow_http = true` in {own_file()}."
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
