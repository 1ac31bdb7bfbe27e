"""The kinds of stores: the extra that each needs, and how its addresses are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec
from urllib.parse import urlsplit

from importer.credentials import safe_address
from importer.errors import UsageError
from importer.sources.glob import Glob
from importer.sources.google_sheets import GoogleSheet
from importer.sources.objects import OBJECTS
from importer.sources.remote import RemoteSource
from importer.sources.sftp import SftpStore, connect_sftp
from importer.sources.sharepoint import SharePointStore, connect_sharepoint
from importer.sources.source import Limits, Source
from importer.sources.store import Store
from importer.sources.web import WebSource

GOOGLE = re.compile(
    r"https://docs\.google\.com/spreadsheets/d/([\w-]+)(?:/(?:edit|view|htmlview)?)?(?:[?#]|\Z)"
)
"""What a browser shows; `/export?format=csv` and `/pub` are files of the web instead."""

SAME = {"abfs": "az", "abfss": "az", "gcs": "gs", "gsheet": "gsheets", "s3a": "s3", "ssh": "sftp"}
"""Other names for a scheme."""

NEEDS = {
    "az": ("azure", "adlfs"),
    "gs": ("gcs", "gcsfs"),
    "gsheets": ("google-sheets", "gspread"),
    "s3": ("s3", "s3fs"),
    "sftp": ("sftp", "sshfs"),
    "sharepoint": ("sharepoint", "msgraphfs"),
}
"""By scheme: the extra to install, and the package that it brings."""


def remote_source(
    scheme: str, rest: str, apart: Sequence[str], limits: Limits, *, allow_http: bool
) -> Source:
    """Return the source that the rest of an address names. Raises UsageError."""
    if (id_ := _of_google(scheme, rest)) is not None:
        scheme, rest = "gsheets", id_
    scheme = SAME.get(scheme, scheme)
    if scheme in NEEDS:
        _demand_installed(scheme)
    if scheme in OBJECTS:
        return _objects_source(scheme, rest, apart, limits)
    if scheme == "sftp":
        return _sftp_source(rest, apart, limits)
    if scheme == "sharepoint":
        return _sharepoint_source(rest, apart, limits)
    if scheme == "gsheets":
        return GoogleSheet(rest, limits)
    if scheme in {"http", "https"}:
        return WebSource(f"{scheme}://{rest}", limits, allow_http=allow_http)
    raise UsageError(f"{scheme}:// is no kind of source: see the reference, Where the files are.")


def _of_google(scheme: str, rest: str) -> str | None:
    """Return the id of a spreadsheet where an address is that of a browser that shows it."""
    found = GOOGLE.match(f"{scheme}://{rest}")
    return found[1] if found else None


def _demand_installed(scheme: str) -> None:
    """Raise UsageError where what a kind of store needs is not installed."""
    extra, package = NEEDS[scheme]
    if find_spec(package) is None:
        raise UsageError(
            f"Sources that begin with {scheme}:// need the extra {extra}: "
            f"pip install 'importer[{extra}]'"
        )


def _objects_source(scheme: str, rest: str, apart: Sequence[str], limits: Limits) -> Source:
    """Return a source in a bucket of a store of objects."""
    bucket, _, path = rest.partition("/")
    glob = Glob.of(f"{bucket}/{path}")
    if not bucket or not f"{glob.folder}/".startswith(f"{bucket}/"):
        raise UsageError(
            f"{scheme}://{rest} names no bucket: write {scheme}://BUCKET/FOLDER/*.xlsx."
        )
    store = Store(partial(OBJECTS[scheme], limits), f"{scheme}://", bucket, limits)
    return RemoteSource(glob, store, tuple(apart))


def _sftp_source(rest: str, apart: Sequence[str], limits: Limits) -> Source:
    """Return a source on the machine of an SSH server."""
    place, _, path = rest.partition("/")
    try:
        host = urlsplit(f"sftp://{place}")
        name, user, port = host.hostname, host.username, host.port
    except ValueError:
        name = user = port = None
    if not name:
        raise UsageError(
            f"{safe_address(f'sftp://{rest}')} names no host: write sftp://HOST/FOLDER/*.xlsx."
        )
    connect = partial(connect_sftp, name, user, port, limits.answer_seconds)
    store = SftpStore(connect, f"sftp://{place}", "/", limits)
    return RemoteSource(Glob.of(f"/{path}"), store, tuple(apart))


def _sharepoint_source(rest: str, apart: Sequence[str], limits: Limits) -> Source:
    """Return a source in a library of a SharePoint site."""
    site, _, below = rest.partition("/")
    library, _, path = below.partition("/")
    if not site or not library:
        raise UsageError(f"sharepoint://{rest}: write sharepoint://SITE/LIBRARY/FOLDER/*.xlsx.")
    connect = partial(connect_sharepoint, site, library, limits)
    store = SharePointStore(connect, f"sharepoint://{site}/{library}", "/", limits)
    return RemoteSource(Glob.of(f"/{path}"), store, tuple(apart))
