"""Receive an upload: look at what was chosen, write its files, and let it be checked."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from threading import Lock
from typing import BinaryIO

from importer.journal.upload import Upload, UploadState
from importer.journal.upload_facts import Facts
from importer.journal.uploads import add_upload
from importer.now import utc_now
from importer.settings import SANDBOX
from importer.suggest import did_you_mean, nearest
from importer.uploads.errors import UploadRefused
from importer.uploads.files import remove, store
from importer.uploads.kept_mappings import templates
from importer.uploads.room import demand_room
from importer.uploads.site import Site
from importer.uploads.views import Named

_ONE_AT_A_TIME = Lock()


def targets(site: Site) -> list[Named]:
    """Return the targets of the settings that can be reached: those that have all they need."""
    known = site.session.settings.targets
    usable = {name: one for name, one in known.items() if name == SANDBOX or one.sign_in}
    return [Named(name, _title(name), real=name != SANDBOX) for name in usable]


def _title(name: str) -> str:
    return "Sandbox: a trial, nothing real is changed" if name == SANDBOX else name


def received(
    site: Site,
    owner: str,
    files: Iterable[tuple[str, BinaryIO]],
    template: str,
    target: str,
) -> Upload:
    """Take the files of an upload, which then waits to be checked. Raises UploadRefused."""
    _refuse_unknown("template", template, [one.name for one in templates(site, owner)])
    _refuse_unknown("target", target, [one.name for one in targets(site)])
    demand_room(site, owner)
    folder, stored = store(site.settings, files)
    upload = Upload(
        name=secrets.token_urlsafe(16),
        owner=owner,
        created=utc_now(),
        state=UploadState.CHECKING,
        template=template,
        target=target or SANDBOX,
        files=stored,
        folder=folder,
    )
    _added(site, upload)
    return upload


def _added(site: Site, upload: Upload) -> None:
    """Enter an upload where there is room for it: those that come at once wait for each other."""
    size = sum(one.size for one in upload.files)
    try:
        with _ONE_AT_A_TIME:
            demand_room(site, upload.owner, size)
            add_upload(site.store, upload, Facts(upload.files))
    except BaseException:
        remove(site.folder(upload))
        raise


def _refuse_unknown(what: str, name: str, known: list[str]) -> None:
    if name and name not in known:
        hint = did_you_mean(nearest(name, known), f"There are: {', '.join(known)}.")
        raise UploadRefused(f"There is no {what} called {name}{hint}")
