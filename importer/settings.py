"""Settings of a process: the journal, the targets, and where each value came from.

A value that is set in several places is taken from the first of these: `IMPORTER_*` variables, the
systems' own variables (`ATLAN_BASE_URL`, `TREBELLAR_BASE_URL`), importer.toml in the current
folder, the user's own importer.toml, the built-in defaults. API keys are in the environment only;
the settings hold the names of their variables.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    PrivateAttr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from importer.allowed import CONFIG, VARIABLE, FolderFile, demand_allowed, own_folder
from importer.credentials import has_password
from importer.errors import UsageError
from importer.sandbox import Updates
from importer.suggest import nearest

SANDBOX = "sandbox"

SYSTEM_DEFAULTS: dict[str, dict[str, Any]] = {
    SANDBOX: {"landing": 0},
    "atlan": {"rate": 300},
    "trebellar": {"rate": 300, "base_url": "https://api.trebellar.app"},
}
"""The defaults for every target of a system. Each system also has a target of its own name."""

BUILT_IN: dict[str, dict[str, Any]] = {
    SANDBOX: {"system": SANDBOX},
    "atlan": {"system": "atlan", "api_key_env": "ATLAN_API_KEY"},
    "trebellar": {"system": "trebellar", "api_key_env": "TREBELLAR_API_KEY"},
}
"""The targets that need no settings file. A variable named like one belongs to it alone."""

VENDOR_URLS = {"ATLAN_BASE_URL": "atlan", "TREBELLAR_BASE_URL": "trebellar"}
"""Environment variables that hold the address of a built-in target."""

PLAINLY = {
    "missing": "is missing",
    "model_type": "is not a table",
    "dict_type": "is not a table",
    "string_type": "is not a text",
}
"""Our words for errors of pydantic whose own words are meant for Python programmers."""

_SECRET = re.compile(r"(key|token|secret|password|credentials?)$", re.I)

Raw = dict[str, Any]


OF_SANDBOX = frozenset({"updates", "assets"})
"""The keys of the sandbox alone."""


class TargetSettings(BaseModel):
    """A target: its system, its address, and the variable that holds its key.

    `rate` is in requests a minute (None: no limit), `batch_size` in changes (None: the system's
    own). A response is awaited for `timeout` seconds; its request may still take effect up to
    `landing` seconds later. A run stops after `stop_after` batches' worth of consecutive rejected
    rows (None: 5, 0: never). Changes in one place are held if they are more than `mass_rows` and
    more than the share `mass_share` of the entities there. `updates` and `assets` are the sandbox's
    alone: the form of its answers, and a CSV file of the assets that are in it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    system: str
    base_url: str = ""
    api_key_env: str = ""
    rate: PositiveInt | None = None
    batch_size: PositiveInt | None = None
    stop_after: NonNegativeInt | None = None
    mass_rows: NonNegativeInt = 10
    mass_share: Annotated[float, Field(ge=0, le=1)] = 0.1
    landing: NonNegativeFloat = 60.0
    timeout: PositiveFloat = 120.0
    updates: Updates = Updates.UPDATE
    assets: str = ""

    @property
    def api_key(self) -> str:
        """Return the key from the environment, empty where it is not set."""
        return os.environ.get(self.api_key_env, "").strip() if self.api_key_env else ""

    @model_validator(mode="before")
    @classmethod
    def _with_defaults(cls, raw: Any) -> Any:
        if not isinstance(raw, dict) or not isinstance(raw.get("system"), str):
            return raw
        return {**SYSTEM_DEFAULTS.get(raw["system"], {}), **raw}

    @field_validator("system")
    @classmethod
    def _known_system(cls, system: str) -> str:
        if system not in SYSTEM_DEFAULTS:
            raise ValueError(f"`{system}` is no known system; {_hint(system, SYSTEM_DEFAULTS)}")
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

    @field_validator("api_key_env")
    @classmethod
    def _name_of_a_variable(cls, name: str) -> str:
        """Refuse what is no variable's name without repeating it: it may be the key itself."""
        if name and not VARIABLE.fullmatch(name):
            raise ValueError(
                "is not the name of an environment variable (capitals, digits, underscores); "
                "the key itself does not belong here"
            )
        return name


class Settings(BaseSettings):
    """All settings. `journal` is a path or a database URL.

    With `allow_http`, a key may go unencrypted to another machine.
    """

    model_config = SettingsConfigDict(
        env_prefix="IMPORTER_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    journal: str = Field(default_factory=lambda: str(state_folder() / "journal.db"))
    targets: dict[str, TargetSettings]
    allow_http: bool = False
    _origins: Mapping[str, str] = PrivateAttr(default_factory=dict)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Give the environment precedence over the values that `load` has merged."""
        return env_settings, init_settings

    @field_validator("journal")
    @classmethod
    def _in_the_home_folder(cls, journal: str) -> str:
        return journal if "://" in journal else str(Path(journal).expanduser())

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
            owner = target.api_key_env.partition("_")[0].lower()
            if owner in BUILT_IN and owner != name:
                raise ValueError(
                    f"{name}: {target.api_key_env} goes only to the target {owner}; put the key of "
                    f"{name} into a variable of another name, and write that one as api_key_env"
                )
        return targets

    def origin(self, key: str) -> str:
        """Return where the value of a key such as `targets.atlan.base_url` was set."""
        return self._origins.get(key, "built in")

    @property
    def sandbox_database(self) -> Path:
        """Return the path of the sandbox's database: beside the journal, or in the state folder."""
        folder = state_folder() if "://" in self.journal else Path(self.journal).parent
        return folder / "sandbox.db"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings and, for `journal`, `targets.atlan.rate`..., the origin of values not built in."""

    settings: Settings
    origins: Mapping[str, str]
    config: Path | None


def state_folder() -> Path:
    """Return `$XDG_STATE_HOME/importer`, by default `~/.local/state/importer`."""
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "importer"


@dataclass(frozen=True, slots=True)
class _File:
    """A settings file: its path, its bytes and its TOML."""

    path: Path
    content: bytes
    raw: Raw

    @property
    def in_folder(self) -> FolderFile:
        """Return what it claims, where it is the file of a folder."""
        keys = {name: one["api_key_env"] for name, one in BUILT_IN.items() if "api_key_env" in one}
        return FolderFile.of(self.path, self.content, self.raw, keys)


def load(config: Path | None = None, *, allow_http: bool = False) -> Loaded:
    """Return the settings of this process; without `config`, ./importer.toml is read if it exists.

    The user's own settings file is read in any case. What another file in the current folder says
    of where data and keys go must have been allowed. Raises NotAllowed, or a UsageError that names
    every wrong key and its origin, and never shows a secret.
    """
    files = list(_files(config))
    try:
        origins = _origins(files)
        layers = [{"targets": BUILT_IN}, *(file.raw for file in files), _vendor_urls()]
        settings = Settings(**_merged(*layers))
    except SettingsError:
        raise UsageError("IMPORTER_TARGETS: is not JSON.") from None
    except ValidationError as error:
        path = files[-1].path if files else None
        raise UsageError("\n".join(_explained(error, origins, path))) from None
    if config is None:
        _demand_allowed(files)
    settings = settings.model_copy(update={"allow_http": True} if allow_http else None)
    settings._origins = origins
    return Loaded(settings, origins, files[-1].path if files else None)


def trust(path: Path) -> list[str]:
    """Allow the settings file of a folder as it is now; return what it claims, a line each.

    Raises UsageError where it cannot be read or remembered.
    """
    from importer.allowed import allow

    file = _read(path)
    allow(file.in_folder)
    return file.in_folder.claims


def own_file() -> Path:
    """Return the path of the user's own settings file."""
    return own_folder() / CONFIG


def _files(config: Path | None) -> Iterator[_File]:
    """Yield the user's own settings file, then the one that was named or is in this folder."""
    own, here = own_file(), Path(CONFIG)
    if own.is_file():
        yield _read(own)
    if config:
        yield _read(config)
    elif here.is_file() and not (own.is_file() and here.samefile(own)):
        yield _read(here)


def _demand_allowed(files: Iterable[_File]) -> None:
    """Refuse what the file of a folder may not say, or was not allowed to say yet."""
    for file in files:
        if file.path == own_file():
            continue
        if "allow_http" in file.raw:
            raise UsageError(f"{file.path}: allow_http: counts only in your own {own_file()}.")
        demand_allowed(file.in_folder)


def _read(path: Path) -> _File:
    try:
        content = path.read_bytes()
        raw = tomllib.loads(content.decode("utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such file; check --config.") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8 text.") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: is not valid TOML: {error}.") from None
    _refuse_secrets(raw, path)
    return _File(path, content, raw)


def _refuse_secrets(raw: Raw, path: Path) -> None:
    secrets = [key for key in _flat(raw) if _SECRET.search(key)]
    if secrets:
        raise UsageError(
            f"{path}: {', '.join(secrets)}: a secret does not belong in a file. Put it into an "
            'environment variable and write that one\'s name: api_key_env = "MY_API_KEY".'
        )
    if has_password(str(raw.get("journal", ""))):
        raise UsageError(
            f"{path}: journal: holds a password, which does not belong in a file. Put the whole "
            "address into the environment variable IMPORTER_JOURNAL."
        )


def _vendor_urls() -> Raw:
    """Return the settings in the systems' own variables."""
    urls = {system: os.environ.get(name) for name, system in VENDOR_URLS.items()}
    targets = {system: {"base_url": url} for system, url in urls.items() if url}
    return {"targets": targets} if targets else {}


def _merged(*layers: Raw) -> Raw:
    """Merge the layers key by key; later layers take precedence."""
    merged: Raw = {}
    for layer in layers:
        for key, value in layer.items():
            both = isinstance(value, dict) and isinstance(merged.get(key), dict)
            merged[key] = _merged(merged[key], value) if both else value
    return merged


def _flat(raw: Raw, above: str = "") -> Iterator[str]:
    """Yield the dotted key of every value, such as `targets.atlan.rate`."""
    for key, value in raw.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}"


def _origins(files: Iterable[_File]) -> dict[str, str]:
    vendor = {f"targets.{system}.base_url": name for name, system in VENDOR_URLS.items()}
    environment = _flat(EnvSettingsSource(Settings)())
    return {
        **{key: str(file.path) for file in files for key in _flat(file.raw)},
        **{key: vendor[key] for key in _flat(_vendor_urls())},
        **{key: f"IMPORTER_{key.upper().replace('.', '__')}" for key in environment},
    }


def _explained(
    error: ValidationError, origins: Mapping[str, str], path: Path | None
) -> Iterator[str]:
    """Yield a line for each mistake: its origin, the key, what is wrong."""
    for one in error.errors(include_url=False, include_input=False):
        steps = [str(step) for step in one["loc"]]
        key = ".".join(steps)
        words = PLAINLY.get(one["type"]) or one["msg"].removeprefix("Value error, ")
        if one["type"] == "extra_forbidden":
            known = (TargetSettings if len(steps) > 1 else Settings).model_fields
            words = f"unknown key; {_hint(steps[-1], known)}"
        end = "" if words.endswith((".", "?")) else "."
        yield f"{origins.get(key) or path or 'settings'}: {key}: {words}{end}"


def _hint(word: str, known: Iterable[str]) -> str:
    near = nearest(word, known)
    return f"did you mean {near}?" if near else f"known are {', '.join(known)}."
