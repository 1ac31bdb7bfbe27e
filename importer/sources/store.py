"""A store of objects through fsspec: a file appears complete there, and no name is changed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, cast

from importer.sources.entry import Entry, entry_of
from importer.sources.in_time import Result, in_time
from importer.sources.pieces import pieces_of, written
from importer.sources.source import Limits
from importer.sources.trouble import ContentChanged

AT_ONCE = 8 << 20
"""Bytes that are asked for at once where a store is read by ranges."""


class Store:
    """A file system of fsspec, connected when it is first asked; each call ends in time.

    `prefix` is what stands before its paths in an address; paths never leave `root`.
    """

    opening: dict[str, Any] = {"block_size": AT_ONCE}  # noqa: RUF012

    def __init__(self, connect: Callable[[], Any], prefix: str, root: str, limits: Limits) -> None:
        self._connect, self.prefix, self.root, self.limits = connect, prefix, root, limits

    @cached_property
    def fs(self) -> Any:
        """Return the file system, connected."""
        return in_time(self.limits.answer_seconds, self._connect)

    def listed(self, folder: str) -> list[Entry]:
        """Return what is in a folder. Raises FileNotFoundError where there is none.

        In a store of objects a folder without objects is none; it is empty where its root is there.
        """
        self.fs.invalidate_cache()
        try:
            found = self._ask(lambda: self.fs.ls(self._stored(folder), detail=True))
        except FileNotFoundError:
            self._demand_root(folder)
            return []
        return [one for one in self._entries(folder, found) if one.path != folder.rstrip("/")]

    def known(self, path: str) -> Entry:
        """Return what is at a path. Raises FileNotFoundError."""
        self.fs.invalidate_cache()
        return entry_of(self._ask(lambda: self.fs.info(self._stored(path))))

    def read(self, path: str, out: BinaryIO, address: str) -> int:
        """Write the content of a file, and return how many bytes it has."""

        def read() -> int:
            with self.fs.open(self._stored(path), "rb", **self.opening) as stream:
                return written(pieces_of(stream), out, self.limits, address)

        return in_time(self.limits.file_seconds, read)

    def create(self, local: Path, path: str) -> None:
        """Write a new file. Raises FileExistsError where there is one."""
        if self._exists(path):
            raise FileExistsError(path)
        self._upload(local, path, mode="create")

    def replace(self, entry: Entry, local: Path) -> None:
        """Write other content in the place of a file. Raises ContentChanged where it is another."""
        self.demand_same(entry)
        self._upload(local, entry.path)

    def rename(self, entry: Entry, path: str) -> None:
        """Move a file to where there is none (FileExistsError); it is there before it is gone here.

        Stores copy beside the line, or without asking what is there: so it is read and written.
        """
        if self._exists(path):
            raise FileExistsError(path)
        with tempfile.NamedTemporaryFile() as copy:
            self.read(entry.path, cast("BinaryIO", copy), path)
            copy.flush()
            self.demand_same(entry)
            self.create(Path(copy.name), path)
        self.remove(entry)

    def remove(self, entry: Entry) -> None:
        """Delete a file. Raises ContentChanged where it is another."""
        self.demand_same(entry)
        self._ask(lambda: self.fs.rm_file(self._stored(entry.path)))

    def demand_same(self, entry: Entry) -> None:
        """Raise ContentChanged where a file is not what it was."""
        try:
            same = self.known(entry.path).mark == entry.mark
        except FileNotFoundError:
            same = False
        if not same:
            raise ContentChanged

    def _upload(self, local: Path, path: str, **how: Any) -> None:
        """Write a file and see that it is there to its end."""
        self._in_folder(path)
        to = self._stored(path)
        in_time(self.limits.file_seconds, lambda: self.fs.put_file(str(local), to, **how))
        if (size := self.known(path).size) != local.stat().st_size:
            raise OSError(f"only {size} bytes of it have arrived")

    def _stored(self, path: str) -> str:
        """Return a path as the file system wants it."""
        return path

    def _entries(self, folder: str, found: Iterable[Mapping[str, Any]]) -> list[Entry]:  # noqa: ARG002
        """Return what a listing of a folder says."""
        return list(map(entry_of, found))

    def _exists(self, path: str) -> bool:
        try:
            self.known(path)
        except FileNotFoundError:
            return False
        return True

    def _in_folder(self, path: str) -> None:
        """Make the folder of a path, where folders are made."""

    def _demand_root(self, folder: str) -> None:
        if folder != self.root:
            self._ask(lambda: self.fs.info(self.root))
            return
        raise FileNotFoundError(folder)

    def _ask(self, call: Callable[[], Result]) -> Result:
        return in_time(self.limits.answer_seconds, call)
