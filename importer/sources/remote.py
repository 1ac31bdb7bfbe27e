"""A folder of a store elsewhere as a source."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from importer.atomic import whole
from importer.errors import UsageError
from importer.sources.entry import Entry
from importer.sources.glob import Glob
from importer.sources.marker import is_marked
from importer.sources.names import candidates, harmless, readable
from importer.sources.pieces import demand_size
from importer.sources.placing import free_path
from importer.sources.source import SourceChanged, SourceFile, SourceTooLarge
from importer.sources.store import Store
from importer.sources.trouble import ContentChanged, answering


class RemoteSource(Struct, frozen=True):
    """A folder of a store, of which a glob says what is meant; `apart` holds nothing."""

    glob: Glob
    store: Store
    apart: tuple[str, ...] = ()
    writable: bool = True

    @property
    def address(self) -> str:
        """Return the address of the folder with its pattern."""
        return self._address("/".join((self.glob.folder.rstrip("/"), *self.glob.pattern)))

    def files(self, marker: str = "") -> Sequence[SourceFile]:
        """Return the files that the glob means, by name; each folder is listed once."""
        with answering(self.address):
            found = dict(self._entries())
        changed = {name: entry.changed for name, entry in found.items()}
        return [
            self._described(name, found[name])
            for name in sorted(found)
            if self.glob.matches(name) and is_marked(name, marker, changed)
        ]

    def fetch(self, file: SourceFile, into: Path) -> Path:
        """Copy a file into a folder."""
        demand_size(file.size, self.store.limits, file.address)
        entry, out = self._entry(file), free_path(into, harmless(file.name))
        with self._asking(file), whole(out, private=True) as copy:
            self.store.demand_same(entry)
            try:
                size = self.store.read(entry.path, copy, file.address)
            finally:
                self.store.demand_same(entry)
            if size != file.size:
                raise ContentChanged
        return out

    def put(self, path: Path, folder: str, name: str) -> str:
        """Write a file into a folder."""
        place = self._folder(folder)
        with answering(self._address(place)):
            return self._free(place, name, lambda to: self.store.create(path, to))

    def replace(self, file: SourceFile, path: Path) -> str:
        """Put the content of another file in the place of a file."""
        with self._asking(file):
            self.store.replace(self._entry(file), path)
        return file.address

    def move(self, file: SourceFile, folder: str) -> str:
        """Move a file into a folder: it is there before it is gone here."""
        entry, place = self._entry(file), self._folder(folder)
        with self._asking(file):
            self.store.demand_same(entry)
            return self._free(place, file.name, lambda to: self.store.rename(entry, to))

    def delete(self, file: SourceFile) -> None:
        """Delete a file."""
        with self._asking(file):
            self.store.remove(self._entry(file))

    def _entries(self) -> Iterator[tuple[str, Entry]]:
        """Yield the files below the folder, as deep as the glob reaches: name and entry."""
        apart = {self._folder(one) for one in self.apart}
        waiting, number = [(self.glob.folder, 1)], 0
        while waiting:
            folder, level = waiting.pop()
            found = self.store.listed(folder)
            number += len(found)
            self._demand_number(number)
            for entry in found:
                if entry.is_file:
                    yield self._name(entry.path), entry
                elif entry.is_folder and level != self.glob.depth and entry.path not in apart:
                    waiting.append((entry.path, level + 1))

    def _free(self, folder: str, name: str, do: Callable[[str], None]) -> str:
        """Do something with the first path of a folder that is free, and return its address."""
        taken: set[str] = set()
        for candidate in candidates(harmless(name)):
            path = posixpath.join(folder, candidate)
            try:
                if path not in taken:
                    do(path)
                    return self._address(path)
            except FileExistsError:
                taken |= {path, *(entry.path for entry in self.store.listed(folder))}
        raise AssertionError  # there is always one more candidate

    @contextmanager
    def _asking(self, file: SourceFile) -> Iterator[None]:
        try:
            with answering(file.address):
                yield
        except ContentChanged:
            raise SourceChanged(file) from None

    def _described(self, name: str, entry: Entry) -> SourceFile:
        address = self._address(entry.path)
        return SourceFile(readable(name), address, entry.size, entry.modified, entry.mark, name)

    def _entry(self, file: SourceFile) -> Entry:
        path = posixpath.join(self.glob.folder, file.stored or file.name)
        return Entry(path, False, True, file.size, file.modified, file.mark)

    def _name(self, path: str) -> str:
        folder = self.glob.folder.rstrip("/")
        return path.removeprefix(folder).lstrip("/")

    def _address(self, path: str) -> str:
        return readable(f"{self.store.prefix}{path}")

    def _folder(self, folder: str) -> str:
        """Return the path of a folder that the settings name. Raises UsageError for no such."""
        root, prefix = self.store.root, self.store.prefix
        given = folder.removeprefix(prefix) if "://" in folder else folder
        path = self.glob.beside(given, root) if given == folder else posixpath.normpath(given)
        if "://" in given or not (path + "/").startswith(root.rstrip("/") + "/"):
            raise UsageError(f"The folder {folder} is not in {prefix}{root}: name one that is.")
        return path

    def _demand_number(self, number: int) -> None:
        if number > self.store.limits.entries:
            raise SourceTooLarge(
                f"{self.address} holds more than {self.store.limits.entries:,} files and folders: "
                "name a folder nearer to the files, or move away what is done."
            )
