"""Where the page is being served now: a small file beside the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from importer.atomic import whole
from importer.errors import UsageError
from importer.journal.process import Process, gone, this_process
from importer.settings import Settings

NAME = "serving.json"


class Running(Struct, frozen=True):
    """A server that runs: its address, whether a link signs in there, and its process."""

    url: str
    local: bool
    process: Process

    @classmethod
    def found(cls, settings: Settings) -> Running | None:
        """Return the server that runs with the journal of these settings, None without one."""
        with suppress(OSError, ValueError, TypeError, KeyError):
            raw = json.loads(_file(settings).read_text("utf-8"))
            running = cls(raw["url"], raw["local"], Process(**raw["process"]))
            return None if gone(running.process, this_process()) else running
        return None


@contextmanager
def announced(settings: Settings, url: str, *, local: bool) -> Iterator[None]:
    """Say where the page is served, as long as the block runs. Raises UsageError."""
    file = _file(settings)
    text = json.dumps({"url": url, "local": local, "process": this_process().as_json()})
    try:
        with whole(file, private=True) as stream:
            stream.write(text.encode())
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror}).") from None
    try:
        yield
    finally:
        if _says(file, text):
            file.unlink(missing_ok=True)


def _says(file: Path, text: str) -> bool:
    """Whether the file is still what this process has written: a later server writes its own."""
    with suppress(OSError):
        return file.read_text("utf-8") == text
    return False


def _file(settings: Settings) -> Path:
    return settings.folder / NAME
