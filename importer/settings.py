"""The environment and importer.toml in, the settings out: the journal, the targets, their origins.

What is said in several places counts in this order: `IMPORTER_*` variables, the systems' own
variables (`ATLAN_BASE_URL`, `TREBELLAR_BASE_URL`), importer.toml, what is built in. Keys stand in
the environment only; the settings hold the names of their variables.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
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

from importer.errors import UsageError
from importer.suggest import nearest

CONFIG = "importer.toml"
SANDBOX = "sandbox"

SYSTEM_DEFAULTS: dict[str, dict[str, Any]] = {
    SANDBOX: {"landing": 0},
    "atlan": {"rate": 300, "api_key_env": "ATLAN_API_KEY"},
    "trebellar": {
        "rate": 300,
        "api_key_env": "TREBELLAR_API_KEY",
        "base_url": "https://api.trebellar.app",
    },
}
"""What holds for every target of a system, unless it says otherwise; each has a target, too."""

VENDOR_URLS = {"ATLAN_BASE_URL": "atlan", "TREBELLAR_BASE_URL": "trebellar"}
"""Variables that hold the address of a built-in target."""

PLAINLY = {
    "missing": "is missing",
    "model_type": "is not a table",
    "dict_type": "is not a table",
    "string_type": "is not a text",
}
"""Our words for what pydantic finds, where its own need Python to be understood."""

_SECRET = re.compile(r"(key|token|secret|password|credentials?)$", re.I)
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")

Raw = dict[str, Any]


class TargetSettings(BaseModel):
    """One target: a system, its address, the variable that holds its key.

    `rate` is in requests a minute (None: no limit), `batch_size` in changes (None: the system's).
    An answer is waited for `timeout` seconds; what it was to may still land for `landing` more.
    After `stop_after` batches' worth of rows refused in a row a run stops (None: 5, 0: never).
    More than `mass_rows` changes, if they are more than the share `mass_share` of what there is in
    one place, are held.
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

    @property
    def api_key(self) -> str:
        """The key as the environment holds it; empty where it does not."""
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
        """What stands before an @ may be a password: it is not repeated."""
        if "@" in urlsplit(address).netloc:
            raise ValueError(
                "holds a user name or a password, which do not belong in an address; "
                "the key goes into the variable that api_key_env names"
            )
        return address

    @field_validator("api_key_env")
    @classmethod
    def _name_of_a_variable(cls, name: str) -> str:
        """Whatever else stands here may be the key itself: it is not repeated."""
        if name and not _VARIABLE.fullmatch(name):
            raise ValueError(
                "is not the name of an environment variable (capitals, digits, underscores); "
                "the key itself does not belong here"
            )
        return name


class Settings(BaseSettings):
    """All settings. `journal` is a path or a database URL."""

    model_config = SettingsConfigDict(
        env_prefix="IMPORTER_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    journal: str = Field(default_factory=lambda: str(state_folder() / "journal.db"))
    targets: dict[str, TargetSettings]

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment counts before what `load` has put together."""
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
        return targets

    @property
    def sandbox_database(self) -> Path:
        """The sandbox's database: beside the journal, or in the state folder."""
        folder = state_folder() if "://" in self.journal else Path(self.journal).parent
        return folder / "sandbox.db"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings; for `journal`, `targets.atlan.rate`... where a value came from, if not built in."""

    settings: Settings
    origins: Mapping[str, str]
    config: Path | None


def state_folder() -> Path:
    """`$XDG_STATE_HOME/importer`, by default below ~/.local/state."""
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "importer"


def load(config: Path | None = None) -> Loaded:
    """The settings of this process. Without `config`, ./importer.toml counts where there is one.

    Raises UsageError that names every wrong key and its origin, and never shows a secret.
    """
    path = config or (Path(CONFIG) if Path(CONFIG).is_file() else None)
    file = _read(path) if path else {}
    built_in = {"targets": {system: {"system": system} for system in SYSTEM_DEFAULTS}}
    try:
        origins = _origins(file, path)
        settings = Settings(**_merged(built_in, file, _vendor_urls()))
    except SettingsError:
        raise UsageError("IMPORTER_TARGETS: is not JSON.") from None
    except ValidationError as error:
        raise UsageError("\n".join(_explained(error, origins, path))) from None
    return Loaded(settings, origins, path)


def _read(path: Path) -> Raw:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such file; check --config.") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8 text.") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: is not valid TOML: {error}.") from None
    _refuse_secrets(raw, path)
    return raw


def _refuse_secrets(raw: Raw, path: Path) -> None:
    secrets = [key for key in _flat(raw) if _SECRET.search(key)]
    if secrets:
        raise UsageError(
            f"{path}: {', '.join(secrets)}: a secret does not belong in a file. Put it into an "
            'environment variable and write that one\'s name: api_key_env = "MY_API_KEY".'
        )
    if urlsplit(str(raw.get("journal", ""))).password:
        raise UsageError(
            f"{path}: journal: holds a password, which does not belong in a file. Put the whole "
            "address into the environment variable IMPORTER_JOURNAL."
        )


def _vendor_urls() -> Raw:
    """What the systems' own variables say."""
    urls = {system: os.environ.get(name) for name, system in VENDOR_URLS.items()}
    targets = {system: {"base_url": url} for system, url in urls.items() if url}
    return {"targets": targets} if targets else {}


def _merged(*layers: Raw) -> Raw:
    """Later layers over earlier ones, key by key."""
    merged: Raw = {}
    for layer in layers:
        for key, value in layer.items():
            both = isinstance(value, dict) and isinstance(merged.get(key), dict)
            merged[key] = _merged(merged[key], value) if both else value
    return merged


def _flat(raw: Raw, above: str = "") -> Iterator[str]:
    """`targets.atlan.rate` for every value."""
    for key, value in raw.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}"


def _origins(file: Raw, path: Path | None) -> dict[str, str]:
    vendor = {f"targets.{system}.base_url": name for name, system in VENDOR_URLS.items()}
    environment = _flat(EnvSettingsSource(Settings)())
    return {
        **dict.fromkeys(_flat(file), str(path)),
        **{key: vendor[key] for key in _flat(_vendor_urls())},
        **{key: f"IMPORTER_{key.upper().replace('.', '__')}" for key in environment},
    }


def _explained(
    error: ValidationError, origins: Mapping[str, str], path: Path | None
) -> Iterator[str]:
    """One line a mistake: where it stands, which key, what is wrong."""
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
