"""A folder of a SharePoint site through Microsoft Graph; the package for it is young."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from importer.errors import UsageError
from importer.sources.entry import Entry, entry_of
from importer.sources.source import Limits, SourceUnreachable
from importer.sources.store import Store

GRAPH = "https://graph.microsoft.com/v1.0"
VARIABLES = "MSGRAPHFS_CLIENT_ID, MSGRAPHFS_TENANT_ID and MSGRAPHFS_CLIENT_SECRET"
END_OF_PATH: dict[str, int | str | None] = {"%": "%25", "#": "%23", "?": "%3F"}
"""Signs that msgraphfs leaves in the path of a request, where they would end it or mean another."""


class SharePointStore(Store):
    """Files of a library; what is deleted goes to the recycle bin.

    Graph has no upload that refuses to replace: a file that comes between the look whether a name
    is free and the upload becomes the earlier version of ours.
    """

    opening: dict[str, Any] = {}  # noqa: RUF012

    def _stored(self, path: str) -> str:
        return path.translate(str.maketrans(dict(END_OF_PATH)))

    def _entries(self, folder: str, found: Iterable[Mapping[str, Any]]) -> list[Entry]:
        """Return entries with the paths that people see: Graph gives folders percent-encoded."""
        paths = ((one, f"{folder.rstrip('/')}/{one['item_info']['name']}") for one in found)
        return [replace(entry_of(one), path=path) for one, path in paths]

    def _in_folder(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if any(sign in folder for sign in END_OF_PATH):
            raise UsageError(f"The folder {folder} holds a %, # or ?: name one without.")
        self._ask(lambda: self.fs.makedirs(folder, exist_ok=True))


def connect_sharepoint(
    site: str, library: str, limits: Limits, client: Callable[[], Mapping[str, Any]] = dict
) -> Any:
    """Return the file system of a library of a site, both found by their exact names.

    msgraphfs itself would take the first site that a search finds. `client` is what its HTTP client
    is told besides who asks.
    """
    kind = _file_system()
    asks = {**_application(), "timeout": limits.answer_seconds}
    fixed = {"use_recycle_bin": True, "skip_instance_cache": True}

    def connected(**drive: str) -> Any:
        return kind(oauth2_client_params={**asks, **client()}, **fixed, **drive)

    fs = connected()
    found = fs.msgraph_get(f"{GRAPH}/sites", params={"search": site}).json()["value"]
    of_site = _only(found, site, ("name", "displayName"), "site")
    drives = fs.msgraph_get(f"{GRAPH}/sites/{of_site}/drives").json()["value"]
    return connected(drive_id=_only(drives, library, ("name",), "library"))


def _file_system() -> Any:
    """Return the class of msgraphfs, without what authlib says of its own future meanwhile."""
    import authlib.deprecate  # noqa: F401  # it asks that its warnings are shown, once it is loaded

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from msgraphfs import MSGDriveFS
    return MSGDriveFS


def _application() -> dict[str, str]:
    """Return who asks: an application of the tenant, by the variables of msgraphfs or of Azure."""
    keys = ("CLIENT_ID", "TENANT_ID", "CLIENT_SECRET")
    said = [os.getenv(f"MSGRAPHFS_{key}") or os.getenv(f"AZURE_{key}") or "" for key in keys]
    if not all(said):
        raise UsageError(
            f"sharepoint:// needs an application that may read the site: set {VARIABLES}."
        )
    id_, tenant, secret = said
    return {
        "client_id": id_,
        "client_secret": secret,
        "token_endpoint": f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
        "scope": "https://graph.microsoft.com/.default",
        "grant_type": "client_credentials",
    }


def _only(found: Iterable[Mapping[str, Any]], name: str, keys: Iterable[str], what: str) -> str:
    """Return the id of the one that has a name. Raises SourceUnreachable."""
    ids = {
        one["id"] for one in found if name.casefold() in {str(one.get(k)).casefold() for k in keys}
    }
    if len(ids) != 1:
        are = f"are several {what}s" if ids else f"is no {what}"
        raise SourceUnreachable(
            f"There {are} called {name} that the application may read: look at its name, and at "
            "what it may do."
        )
    return str(ids.pop())
