"""Settings of a process: the journal, the targets, and where each value came from.

Keys and passwords are in the environment only; the settings hold the names of their variables.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    PrivateAttr,
    field_validator,
    model_validator,
)

from importer.allowed import VARIABLE
from importer.environment import NESTED, PREFIX
from importer.job_settings import JobSettings, refuse_name
from importer.sandbox import Updates
from importer.sign_in import SignIn, from_environment
from importer.suggest import nearest
from importer.targets import systems
from importer.web_settings import WebSettings

SANDBOX = "sandbox"
BUILT_IN = "built in"
"""The origin of what no file and no variable says."""

OF_SANDBOX = frozenset({"updates", "assets"})
"""The keys of the sandbox alone."""

TABLES = frozenset({"targets", "web", "jobs"})
"""The settings that are tables; all others are one value each."""

VARIABLES = ("api_key_env", "user_env", "password_env", "token_command_env")
"""The keys that name the environment variables of a target's credentials."""


def defaults(system: str) -> dict[str, Any]:
    """Return the defaults of every target of a system."""
    if system == SANDBOX:
        return {"landing": 0}
    known = systems()[system]
    return {"rate": known.rate, "base_url": known.base_url, "path": known.path}


def built_in() -> dict[str, dict[str, Any]]:
    """Return the targets that need no settings file: the sandbox, and one of each system's name."""
    targets: dict[str, dict[str, Any]] = {SANDBOX: {"system": SANDBOX}}
    for name, system in systems().items():
        stated = (system.key, system.user, system.password, system.token_command)
        variables = {key: value for key, value in zip(VARIABLES, stated, strict=True) if value}
        targets[name] = {"system": name, **variables}
    return targets


class TargetSettings(BaseModel):
    """A target: its system, its address, and the variables that hold its credentials.

    Those are the first of these that are set: an API key or token, a user and a password, a command
    that prints a token. `path` stands between the address and each call, for systems that are found
    at several.

    `rate` is in requests a minute (None: no limit), `batch_size` in changes (None: the system's
    own). A response is awaited for `timeout` seconds; its request may still take effect up to
    `landing` seconds later. A run stops after `stop_after` batches' worth of consecutive rejected
    rows (None: 5, 0: never). Changes in one place are held if they are more than `mass_rows` and
    more than the share `mass_share` of the entities there; where `mass_alone` is set, also if they
    are more than this share of however few (a job sets .5, unless its target says another).
    `updates` and `assets` are the sandbox's alone: the form of its answers, and a CSV file of the
    assets that are in it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    system: str
    base_url: str = ""
    path: str = ""
    api_key_env: str = ""
    user_env: str = ""
    password_env: str = ""
    token_command_env: str = ""
    rate: PositiveInt | None = None
    batch_size: PositiveInt | None = None
    stop_after: NonNegativeInt | None = None
    mass_rows: NonNegativeInt = 10
    mass_share: Annotated[float, Field(ge=0, le=1)] = 0.1
    mass_alone: Annotated[float, Field(ge=0, le=1)] | None = None
    landing: NonNegativeFloat = 60.0
    timeout: PositiveFloat = 120.0
    updates: Updates = Updates.UPDATE
    assets: str = ""

    @property
    def sign_in(self) -> SignIn | None:
        """Return how the target is signed in to, None where the environment does not say."""
        return from_environment(
            self.api_key_env, (self.user_env, self.password_env), self.token_command_env
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return the key and the password from the environment, as far as they are set."""
        values = (os.environ.get(name, "") for name in (self.api_key_env, self.password_env))
        return tuple(filter(None, (value.strip() for value in values)))

    @property
    def variables(self) -> tuple[str, ...]:
        """Return what holds its credentials, one name or pair for each way to sign in."""
        pair = " and ".join(filter(None, (self.user_env, self.password_env)))
        return tuple(filter(None, (self.api_key_env, pair, self.token_command_env)))

    @model_validator(mode="before")
    @classmethod
    def _with_defaults(cls, raw: Any) -> Any:
        if not isinstance(raw, dict) or not isinstance(raw.get("system"), str):
            return raw
        known = raw["system"] in (SANDBOX, *systems())
        return {**defaults(raw["system"]), **raw} if known else raw

    @field_validator("system")
    @classmethod
    def _known_system(cls, system: str) -> str:
        known = (SANDBOX, *systems())
        if system not in known:
            raise ValueError(f"`{system}` is no known system; {hint(system, known)}")
        return system

    @field_validator("base_url")
    @classmethod
    def _without_credentials(cls, address: str) -> str:
        """Refuse an address with credentials, without repeating them."""
        if "@" in address:  # wherever it is: a password with a slash ends what is the host
            raise ValueError(
                "holds a user name or a password, which do not belong in an address; "
                "the key goes into the variable that api_key_env names"
            )
        return address

    @model_validator(mode="after")
    def _only_what_the_system_knows(self) -> Self:
        """Refuse a path, a user or a command where the system has no use for it."""
        known = systems().get(self.system)
        usable = {
            "path": known and known.path,
            "user_env": known and known.user,
            "password_env": known and known.password,
            "token_command_env": known and known.token_command,
        }
        for key, use in usable.items():
            if getattr(self, key) and not use:
                raise ValueError(f"{key} is of no use for the system {self.system}: remove it")
        return self

    @field_validator(*VARIABLES)
    @classmethod
    def _name_of_a_variable(cls, name: str) -> str:
        """Refuse what is no variable's name without repeating it: it may be the key itself."""
        if name and not VARIABLE.fullmatch(name):
            raise ValueError(
                "is not the name of an environment variable (capitals, digits, underscores); "
                "the value itself does not belong here"
            )
        return name


class Settings(BaseModel):
    """All settings. `journal` is a path or a database URL, `queue` a path or a URL too.

    What the rows of a run were, and are, is kept for `journal_keep` days, and of the newest
    `journal_runs` runs (0: no limit); the runs themselves stay listed.
    `lease` is in seconds: what a process that is silent for so long works on is free for another.
    With `allow_http`, a key may go unencrypted to another machine.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    journal: str = Field(default_factory=lambda: str(state_folder() / "journal.db"))
    journal_keep: NonNegativeInt = 90
    journal_runs: NonNegativeInt = 0
    queue: str = ""
    lease: Annotated[float, Field(ge=1, le=3600)] = 60.0
    targets: dict[str, TargetSettings]
    allow_http: bool = False
    web: WebSettings = WebSettings()
    jobs: dict[str, JobSettings] = Field(default_factory=dict)
    _origins: Mapping[str, str] = PrivateAttr(default_factory=dict)

    @field_validator("journal", "queue")
    @classmethod
    def _in_the_home_folder(cls, where: str) -> str:
        return where if "://" in where or not where else str(Path(where).expanduser())

    @field_validator("targets")
    @classmethod
    def _one_sandbox(cls, targets: dict[str, TargetSettings]) -> dict[str, TargetSettings]:
        for name, target in targets.items():
            if (name == SANDBOX) != (target.system == SANDBOX):
                raise ValueError(f"{name}: the target {SANDBOX} is the one sandbox, and no other")
            if name != SANDBOX and target.model_fields_set & OF_SANDBOX:
                raise ValueError(
                    f"{name}: updates and assets are keys of the target {SANDBOX} only"
                )
        return targets

    @field_validator("targets")
    @classmethod
    def _keys_at_home(cls, targets: dict[str, TargetSettings]) -> dict[str, TargetSettings]:
        """Refuse a target that takes the key of a built-in one to an address of its own."""
        for name, target in targets.items():
            for key in VARIABLES:
                variable = getattr(target, key)
                owner = variable.partition("_")[0].lower()
                if owner in systems() and owner != name:
                    raise ValueError(
                        f"{name}: {variable} goes only to the target {owner}; put the key of "
                        f"{name} into a variable of another name, and write that one as {key}"
                    )
        return targets

    @field_validator("jobs")
    @classmethod
    def _names_of_jobs(cls, jobs: dict[str, JobSettings]) -> dict[str, JobSettings]:
        for name in jobs:
            refuse_name(name)
        return jobs

    def origin(self, key: str) -> str:
        """Return where the value of a key such as `targets.atlan.base_url` was set."""
        return self._origins.get(key, BUILT_IN)

    @property
    def folder(self) -> Path:
        """Return the folder of the journal; the state folder where that is on a server."""
        return state_folder() if "://" in self.journal else Path(self.journal).parent

    @property
    def queue_address(self) -> str:
        """Return where the queue is: with the journal on its server, or in a file beside it."""
        with_it = self.journal.startswith(("postgres://", "postgresql"))
        return self.queue or (self.journal if with_it else str(self.folder / "queue.db"))

    @property
    def sandbox_database(self) -> Path:
        """Return the path of the sandbox's database: beside the journal, or in the state folder."""
        return self.folder / "sandbox.db"

    @property
    def uploads_folder(self) -> Path:
        """Return the folder of the files that were uploaded on the page."""
        return Path(self.web.folder).expanduser() if self.web.folder else self.folder / "uploads"

    @property
    def jobs_folder(self) -> Path:
        """Return the folder of the files that jobs have fetched, as runs name it: resolved."""
        return (self.folder / "jobs").resolve()

    def folder_of_job(self, name: str) -> Path:
        """Return what the paths of a job begin at: the folder of the file that names its source.

        That file may be gone, or closed to this account, by the time that a worker asks.
        """
        key = f"jobs.{name}.source"
        origin = self.origin(key)
        return (
            Path.cwd() if origin in (BUILT_IN, variable_of(key)) else Path(origin).absolute().parent
        )


def variable_of(key: str) -> str:
    """Return the environment variable that sets a key such as `targets.atlan.base_url`."""
    return f"{PREFIX}{key.upper().replace('.', NESTED)}"


def state_folder() -> Path:
    """Return `$XDG_STATE_HOME/importer`, by default `~/.local/state/importer`."""
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "importer"


def hint(word: str, known: Iterable[str]) -> str:
    """Return which of the known words may be meant, or all of them."""
    near = nearest(word, known)
    return f"did you mean {near}?" if near else f"known are {', '.join(known)}."
