"""A target that a program gives, instead of its name in the settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from importer.errors import UsageError

if TYPE_CHECKING:
    from importer.session import Connector, GivenTarget
    from importer.settings import Settings

_OWN = frozenset({"name", "api_key", "user", "password"})
"""What the settings of a target do not have: they hold names of variables instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A system, its address and what signs in to it: an API key or token, or user and password.

    `name` is what messages and the journal call it (default: the system). The other fields are
    those of `[targets.NAME]` in the settings, with the same defaults. The key is never shown, and
    never kept: who resumes or undoes a run gives the target again.
    """

    system: str
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)
    name: str = ""
    path: str | None = None
    rate: int | None = None
    batch_size: int | None = None
    stop_after: int | None = None
    mass_rows: int | None = None
    mass_share: float | None = None
    mass_alone: float | None = None
    landing: float | None = None
    timeout: float | None = None

    def __post_init__(self) -> None:
        if "@" in self.base_url:  # the text would be shown with it
            raise UsageError(
                "base_url= holds a user name or a password: give them as user= and password=."
            )
        if not (self.api_key or (self.user and self.password)):
            raise UsageError("A target needs api_key=, or user= and password=.")

    @property
    def called(self) -> str:
        """What messages and the journal call it."""
        return self.name or self.system

    def given(self, rate: int | None) -> GivenTarget:
        """Return it as a session takes it. Raises UsageError where a field cannot be used."""
        from pydantic import ValidationError

        from importer.session import GivenTarget
        from importer.settings import SANDBOX, TargetSettings
        from importer.sign_in import SignIn

        if self.system == SANDBOX:
            raise UsageError(f'The sandbox needs no key: give target="{SANDBOX}".')
        stated = {k: v for k, v in asdict(self).items() if k not in _OWN and v not in (None, "")}
        try:
            settings = TargetSettings(**stated | ({"rate": rate} if rate else {}))
        except ValidationError as error:
            raise UsageError(_explained(error)) from None
        if not settings.base_url:
            raise UsageError("A target needs base_url=, its address.")
        if self.api_key:
            return GivenTarget(settings, SignIn("api_key=", self.api_key))
        return GivenTarget(settings, SignIn("password=", self.password, self.user))


def _explained(error: object) -> str:
    """Return what is wrong with the fields of a target, without their values."""
    found = error.errors(include_url=False, include_input=False)  # type: ignore[attr-defined]
    lines = (
        f"{'.'.join(map(str, one['loc'])) or 'Target'}= {one['msg'].removeprefix('Value error, ')}"
        for one in found
    )
    return " ".join(line if line.endswith(".") else f"{line}." for line in lines)


def name_of(target: str | Target) -> str:
    """Return what a target is called. Raises UsageError where it is neither a name nor a Target."""
    if isinstance(target, Target):
        return target.called
    if isinstance(target, str):
        return target
    raise UsageError(f"target= is of the type {type(target).__name__}: give a name, or a Target.")


def settings_of(config: object, *, allow_http: bool) -> Settings:
    """Return the settings of this process. Raises UsageError."""
    from importer.settings_files import load

    return load(config_path(config), allow_http=allow_http).settings


def config_path(config: object) -> Path | None:
    """Return the path of the settings file, where one is given."""
    return Path(str(config)) if config is not None else None


@contextmanager
def connected(
    settings: Settings, target: str | Target, *, rate: int | None = None, jobs: int = 4
) -> Iterator[Connector]:
    """Open what connects to a target, and close it in the end. Raises UsageError."""
    from importer.session import Connector

    given = target.given(rate) if isinstance(target, Target) else None
    with Connector(settings, name_of(target), rate, jobs, given=given) as connect:
        yield connect
