"""What every part of uploads works with: the settings, the journal, the files of an upload."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from importer.journal.upload import Upload
from importer.journal.upload_facts import Facts
from importer.journal.uploads import find_upload
from importer.options import Options
from importer.session import Connector, Session
from importer.uploads.errors import NoSuchUpload
from importer.uploads.settings import UploadSettings

if TYPE_CHECKING:
    from importer.journal.store import Store


class Site(Struct, frozen=True):
    """An open journal with its settings, and those of uploads.

    `counted` are rows by outcome of runs that have ended, by name and number of approvals: only an
    approval lets such a run change something again.
    """

    session: Session
    settings: UploadSettings
    counted: dict[tuple[str, int], dict[str, int]] = field(default_factory=dict)

    @property
    def store(self) -> Store:
        """The database of the journal."""
        return self.session.journal.store

    def found(self, name: str) -> tuple[Upload, Facts]:
        """Return an upload and its facts. Raises NoSuchUpload."""
        found = find_upload(self.store, name)
        if found is None:
            raise NoSuchUpload("There is no such upload: its address may be cut off.")
        return found

    def upload(self, name: str) -> Upload:
        """Return an upload. Raises NoSuchUpload."""
        return self.found(name)[0]

    def folder(self, upload: Upload) -> Path:
        """Return the folder with the files of an upload."""
        return self.settings.folder / upload.folder

    def connector(self, upload: Upload) -> Connector:
        """Return what connects to the target of an upload. Raises UsageError."""
        return Connector(self.session.settings, upload.target)


def options_of(upload: Upload) -> Options:
    """Return what is asked for when the files of an upload are read."""
    return Options(
        template=upload.mapping or upload.template or None,
        only=upload.only,
        answers=tuple(upload.answers.items()),
    )
