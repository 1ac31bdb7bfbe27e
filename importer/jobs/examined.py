"""A job as `importer doctor` sees it: what its source holds, and what is wrong with it."""

from __future__ import annotations

from msgspec import Struct

from importer.errors import ImporterError
from importer.notify import Channels
from importer.notify.examined import wrong_with
from importer.settings import Settings


class ExaminedJob(Struct, frozen=True):
    """A job: how many files its source has (None: it cannot be asked), what is wrong."""

    job: str
    files: int | None
    wrong: tuple[str, ...]


def examined(settings: Settings, name: str) -> ExaminedJob:
    """Look at the source of a job and at its channels; nothing is fetched, and nothing sent."""
    from importer.sources import open_source

    job, files, wrong = settings.jobs[name], None, []
    try:
        place = settings.folder_of_job(name)
        source = open_source(job.source, place, allow_http=settings.allow_http)
        files = len(source.files())
    except ImporterError as error:
        wrong.append(str(error))
    wrong += wrong_with(Channels.of(settings, job))
    return ExaminedJob(name, files, tuple(wrong))
