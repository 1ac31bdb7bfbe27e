"""Opens the source that an address names."""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from pathlib import Path

from importer.errors import UsageError
from importer.sources.glob import Glob
from importer.sources.local import LocalSource
from importer.sources.secrets_in import refuse_secrets
from importer.sources.source import USUAL, Limits, Source

LOCAL = ("", "file", "local")


def open_source(
    address: str,
    base: Path,
    *,
    apart: Sequence[str] = (),
    limits: Limits = USUAL,
    allow_http: bool = False,
) -> Source:
    """Return the source at an address; a relative path starts at the folder `base`.

    `apart` are folders that hold nothing to import: where reports and finished files go. Without
    `allow_http` what is not encrypted is only fetched from this machine. Nothing is asked of the
    source yet. Raises UsageError.
    """
    refuse_secrets(address)
    scheme, rest = _parts(address)
    if scheme in LOCAL:
        return LocalSource(_local_glob(_absolute(rest, base)), tuple(apart), limits)
    from importer.sources.kinds import remote_source

    return remote_source(scheme, rest, apart, limits, allow_http=allow_http)


def _parts(address: str) -> tuple[str, str]:
    scheme, found, rest = address.partition("://")
    return (scheme.lower(), rest) if found else ("", address)


def _local_glob(path: str) -> Glob:
    """Return the glob of a path, or that one file where there is one of that very name."""
    folder, _, name = path.rpartition("/")
    return Glob(folder or "/", (glob.escape(name),)) if os.path.isfile(path) else Glob.of(path)


def _absolute(path: str, base: Path) -> str:
    """Return a path of this machine from the root; that it ends with `/` stays so."""
    if not path:
        raise UsageError("The source is empty: name a folder, such as inbox/*.xlsx.")
    whole = os.path.join(base.absolute(), os.path.expanduser(path))
    return whole.replace(os.sep, "/")
