"""What a user has allowed the settings files of folders to say.

A folder may come from anybody, and its importer.toml could send the user's key to any address. So
where it says where data and keys go, it counts only after its user has allowed it once. That is
remembered in the user's own settings folder, until the file changes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from importer.atomic import private_folder, replacing
from importer.credentials import safe_address, without_password
from importer.errors import UsageError
from importer.invisible import escaped

CONFIG = "importer.toml"
REMEMBERED = "allowed.json"
OF_PAGE = frozenset(
    (
        "folder",
        "hosts",
        "oidc",
        "proxy_header",
        "proxy_secret_env",
        "proxy_secret_header",
        "trusted_proxies",
    )
)
"""The settings of the page that say who is let in, and where files go."""

VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")
"""The name of an environment variable."""


class TargetClaim(Struct, frozen=True):
    """What a settings file says of where a target is: nothing for what it leaves open.

    `address` is that of the target or, where only that is said, the path below it; `variables` are
    the names of those that hold its credentials.
    """

    name: str
    system: str | None
    address: str | None
    variables: tuple[str, ...]

    def __str__(self) -> str:
        variables = ", ".join(self.variables)
        parts = {"of the system": self.system, "at": self.address, "with the key in": variables}
        said = " ".join(f"{words} {value}" for words, value in parts.items() if value)
        return f"target {self.name} {said}"


class JobClaim(Struct, frozen=True):
    """What a settings file says of a job: where its files come from and go to, who is told."""

    name: str
    source: str | None
    target: str | None
    told: tuple[str, ...]

    def __str__(self) -> str:
        parts = {"from": self.source, "into": self.target, "told to": ", ".join(self.told)}
        said = " ".join(f"{words} {value}" for words, value in parts.items() if value)
        return f"job {self.name} {said}".strip()


class FolderFile(Struct, frozen=True):
    """The settings file of a folder: its path, the hash of its bytes, and what it claims.

    `web` are the keys of the page that say who is let in, and where files go.
    """

    path: str
    sha256: str
    journal: str | None
    targets: tuple[TargetClaim, ...]
    web: tuple[str, ...] = ()
    jobs: tuple[JobClaim, ...] = ()
    queue: str | None = None

    @classmethod
    def of(
        cls,
        path: Path,
        content: bytes,
        raw: dict[str, Any],
        built_in: Mapping[str, tuple[str, ...]],
    ) -> FolderFile:
        """Return what the file at a path claims; `raw` is its TOML.

        `built_in` are the variables of the credentials of built-in targets, by name.
        """
        claims = (_claim(name, table) for name, table in _tables(raw, "targets"))
        return cls(
            path=os.path.realpath(path),
            sha256=hashlib.sha256(content).hexdigest(),
            journal=_text(raw, "journal"),
            targets=tuple(
                replace(one, variables=one.variables or built_in.get(one.name, ()))
                for one in claims
                if one.system or one.address or one.variables
            ),
            web=tuple(sorted(OF_PAGE & raw["web"].keys())) if _has_page(raw) else (),
            jobs=tuple(_job(name, table) for name, table in _tables(raw, "jobs")),
            queue=_text(raw, "queue"),
        )

    @property
    def claims(self) -> list[str]:
        """Return what it says of where data and keys go, a line each, harmless to show."""
        places = {"journal": self.journal, "queue": self.queue}
        lines = [f"{what} {where}" for what, where in places.items() if where]
        page = [f"the page's {', '.join(self.web)}"] if self.web else []
        said = (*lines, *map(str, self.targets), *page, *map(str, self.jobs))
        return [escaped(line) for line in said]


class NotAllowed(UsageError):
    """The settings file of a folder says where data or keys go, and was not allowed yet."""

    def __init__(self, file: FolderFile, *, changed: bool) -> None:
        self.file = file
        since = "it has changed since you allowed it" if changed else "you have not allowed it yet"
        super().__init__(
            f"{CONFIG} in this folder says where data and keys go ({'; '.join(file.claims)}), and "
            f"{since}. Look at it; if it is right, `importer doctor --trust {CONFIG}` allows it, "
            f"or name it with --config {CONFIG}."
        )


def own_folder() -> Path:
    """Return the user's own settings folder: `$XDG_CONFIG_HOME/importer`, by default ~/.config."""
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "importer"


def demand_allowed(file: FolderFile) -> None:
    """Raise NotAllowed, unless the file claims nothing or was allowed as it is."""
    if not file.claims:
        return
    known = _remembered().get(file.path)
    if known is None or known.get("sha256") != file.sha256:
        raise NotAllowed(file, changed=known is not None)


def allow(file: FolderFile) -> None:
    """Remember that the user allows a file as it is now. Raises UsageError."""
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    remembered = {**_remembered(), file.path: {**to_builtins(file), "allowed": now}}
    folder = own_folder()
    try:
        private_folder(folder)
        with replacing(folder / REMEMBERED, like=None) as stream:
            stream.write(json.dumps(remembered, indent=2).encode())
    except OSError as error:
        raise UsageError(
            f"{folder / REMEMBERED} cannot be written ({error.strerror}), so that nothing can be "
            "allowed for good. Name the file with --config instead."
        ) from None


def _remembered() -> dict[str, dict[str, Any]]:
    """Return what was allowed by path; nothing where that cannot be read."""
    with suppress(OSError, ValueError):
        found = json.loads((own_folder() / REMEMBERED).read_bytes())
        if isinstance(found, dict):
            return {path: one for path, one in found.items() if isinstance(one, dict)}
    return {}


def _has_page(raw: dict[str, Any]) -> bool:
    return isinstance(raw.get("web"), dict)


def _tables(raw: dict[str, Any], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the tables within a table, by name."""
    given = raw.get(key)
    for name, table in given.items() if isinstance(given, dict) else ():
        if isinstance(table, dict):
            yield name, table


def _job(name: str, table: dict[str, Any]) -> JobClaim:
    """Return what a job claims, without what may be a secret in the wrong place."""
    given = table.get("notify")
    notify = given if isinstance(given, list) else []
    variables = [one for one in (*notify, _text(table, "ping")) if isinstance(one, str) and one]
    names = (one if VARIABLE.fullmatch(one) else "***" for one in variables)
    source, webhook = (_text(table, key) for key in ("source", "webhook"))
    return JobClaim(
        name=name,
        source=safe_address(source) if source else None,
        target=_text(table, "target"),
        told=(*names, *([safe_address(webhook)] if webhook else [])),
    )


def _claim(name: str, table: dict[str, Any]) -> TargetClaim:
    """Return the claim without what may be a secret in the wrong place."""
    address = "".join(filter(None, (_text(table, "base_url"), _text(table, "path"))))
    variables = (_text(table, key) for key in sorted(table) if key.endswith("_env"))
    return TargetClaim(
        name=name,
        system=_text(table, "system"),
        address=without_password(address) if address else None,
        variables=tuple(v if VARIABLE.fullmatch(v) else "***" for v in variables if v),
    )


def _text(table: dict[str, Any], key: str) -> str | None:
    value = table.get(key)
    return value if isinstance(value, str) and value else None
