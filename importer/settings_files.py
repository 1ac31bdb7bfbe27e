"""Where the settings of a process are read from.

A value that is set in several places is taken from the first of these: `IMPORTER_*` variables, the
systems' own variables (`ATLAN_BASE_URL`, `TREBELLAR_BASE_URL`), importer.toml in the current
folder, the user's own importer.toml, the built-in defaults.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from pydantic import BaseModel, ValidationError

from importer.allowed import CONFIG, FolderFile, demand_allowed, own_folder
from importer.credentials import has_password
from importer.environment import stated
from importer.errors import UsageError
from importer.job_expect import ExpectSettings
from importer.job_options import JobOptions
from importer.job_settings import JobSettings
from importer.oidc_settings import OidcSettings
from importer.settings import (
    TABLES,
    VARIABLES,
    Settings,
    TargetSettings,
    built_in,
    hint,
    variable_of,
)
from importer.targets import systems
from importer.web_settings import WebSettings

PLAINLY = {
    "missing": "is missing",
    "model_type": "is not a table",
    "dict_type": "is not a table",
    "string_type": "is not a text",
}
"""Our words for errors of pydantic whose own words are meant for Python programmers."""

OF_JOB: Mapping[str, type[BaseModel]] = {"expect": ExpectSettings, "options": JobOptions}
"""The tables within the table of a job."""

_SECRET = re.compile(r"(key|token|secret|password|credentials?)$", re.I)

Raw = dict[str, Any]


class Loaded(Struct, frozen=True):
    """Settings and, for `journal`, `targets.atlan.rate`..., the origin of values not built in."""

    settings: Settings
    origins: Mapping[str, str]
    config: Path | None


class _File(Struct, frozen=True):
    """A settings file: its path, its bytes and its TOML."""

    path: Path
    content: bytes
    raw: Raw

    @property
    def in_folder(self) -> FolderFile:
        """Return what it claims, where it is the file of a folder."""
        variables = {
            name: tuple(target[key] for key in VARIABLES if key in target)
            for name, target in built_in().items()
        }
        return FolderFile.of(self.path, self.content, self.raw, variables)


def load(config: Path | None = None, *, allow_http: bool = False) -> Loaded:
    """Return the settings of this process; without `config`, ./importer.toml is read if it exists.

    The user's own settings file is read in any case. What another file in the current folder says
    of where data and keys go must have been allowed. Raises NotAllowed, or a UsageError that names
    every wrong key and its origin, and never shows a secret.
    """
    files = list(_files(config))
    variables = stated(Settings, TABLES)
    origins = _origins(files, variables)
    layers = [{"targets": built_in()}, *(file.raw for file in files), _vendor_urls(), variables]
    try:
        settings = Settings(**_merged(*layers))
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
    has_own = _is_there(own)
    if has_own:
        yield _read(own)
    if config:
        yield _read(config)
    elif _is_there(here) and not (has_own and here.samefile(own)):
        yield _read(here)


def _is_there(path: Path) -> bool:
    """Return whether there is a settings file. Raises UsageError where that cannot be seen."""
    try:
        return path.is_file()
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> UsageError:
    return UsageError(
        f"{path}: cannot be read ({error.strerror}): let the account that runs importer read it, "
        "and enter the folders above it."
    )


def _demand_allowed(files: Iterable[_File]) -> None:
    """Refuse what the file of a folder may not say, or was not allowed to say yet."""
    for file in files:
        if file.path == own_file():
            continue
        if "allow_http" in file.raw:
            raise UsageError(f"{file.path}: allow_http: counts only in your own {own_file()}.")
        if blank := next(_blank_variables(file.raw), ""):
            raise UsageError(
                f"{file.path}: {blank}: is blank, which would take a way to sign in away from you: "
                f"name a variable or remove the line; blank counts only in your own {own_file()}."
            )
        demand_allowed(file.in_folder)


def _blank_variables(raw: Raw) -> Iterator[str]:
    """Yield the keys that should name a variable of a target's credentials, and are blank."""
    targets = raw.get("targets")
    for name, target in targets.items() if isinstance(targets, dict) else ():
        stated = target if isinstance(target, dict) else {}
        yield from (f"targets.{name}.{key}" for key in VARIABLES if stated.get(key) == "")


def _read(path: Path) -> _File:
    try:
        content = path.read_bytes()
        raw = tomllib.loads(content.decode("utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such file; check --config.") from None
    except OSError as error:
        raise _unreadable(path, error) from None
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
    for key in ("journal", "queue"):
        if has_password(str(raw.get(key, ""))):
            raise UsageError(
                f"{path}: {key}: holds a password, which does not belong in a file. Put the whole "
                f"address into the environment variable IMPORTER_{key.upper()}."
            )


def _vendor_urls() -> Raw:
    """Return the settings in the systems' own variables."""
    urls = {name: os.environ.get(system.address) for name, system in systems().items()}
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


def _origins(files: Iterable[_File], variables: Raw) -> dict[str, str]:
    vendor = {f"targets.{name}.base_url": one.address for name, one in systems().items()}
    return {
        **{key: str(file.path) for file in files for key in _flat(file.raw)},
        **{key: vendor[key] for key in _flat(_vendor_urls())},
        **{key: variable_of(key) for key in _flat(variables)},
    }


def _model_of(steps: Sequence[str]) -> type[BaseModel]:
    """Return the model that has the keys beside the one at these steps."""
    if len(steps) == 1:
        return Settings
    if steps[0] == "web":
        return OidcSettings if steps[1] == "oidc" and len(steps) > 2 else WebSettings
    if steps[0] == "jobs":
        return OF_JOB.get(steps[2], JobSettings) if len(steps) > 3 else JobSettings
    return TargetSettings


def _explained(
    error: ValidationError, origins: Mapping[str, str], path: Path | None
) -> Iterator[str]:
    """Yield a line for each mistake: its origin, the key, what is wrong."""
    for one in error.errors(include_url=False, include_input=False):
        steps = [str(step) for step in one["loc"]]
        key = ".".join(steps)
        words = PLAINLY.get(one["type"]) or one["msg"].removeprefix("Value error, ")
        if one["type"] == "extra_forbidden":
            known = _model_of(steps).model_fields
            words = f"unknown key; {hint(steps[-1], known)}"
        end = "" if words.endswith((".", "?")) else "."
        yield f"{origins.get(key) or path or 'settings'}: {key}: {words}{end}"
