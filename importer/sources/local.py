"""A folder of this machine as a source."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from importer.atomic import replacing, whole
from importer.sources.glob import Glob
from importer.sources.listing import demand_same, described, entries, mark_of, opened
from importer.sources.marker import is_marked
from importer.sources.names import harmless
from importer.sources.pieces import demand_size, pieces_of, written
from importer.sources.placing import copied_to, free_path, held, linked_to, put_back
from importer.sources.source import USUAL, Limits, SourceChanged, SourceFile
from importer.sources.trouble import answering


class LocalSource(Struct, frozen=True):
    """A folder of this machine, of which a glob says what is meant; `apart` holds nothing."""

    glob: Glob
    apart: tuple[str, ...] = ()
    limits: Limits = USUAL
    writable: bool = True

    @property
    def address(self) -> str:
        """Return the path of the folder with its pattern."""
        return "/".join((self.glob.folder.rstrip("/"), *self.glob.pattern))

    def files(self, marker: str = "") -> Sequence[SourceFile]:
        """Return the regular files that the glob means, by name."""
        folder = Path(self.glob.folder)
        apart = {os.path.realpath(self.glob.beside(one)) for one in self.apart}
        with answering(self.address):
            found = dict(entries(folder, self.glob.depth, apart, self.limits))
        changed = {name: known.st_mtime for name, known in found.items()}
        return [
            described(name, folder / name, found[name])
            for name in sorted(found)
            if self.glob.matches(name) and is_marked(name, marker, changed)
        ]

    def fetch(self, file: SourceFile, into: Path) -> Path:
        """Copy a file into a folder."""
        demand_size(file.size, self.limits, file.address)
        out, ours = free_path(into, harmless(file.name)), self._path(file)
        with (
            answering(file.address),
            opened(file, ours) as stream,
            whole(out, private=True) as copy,
        ):
            size = written(pieces_of(stream), copy, self.limits, file.address)
            demand_same(file, ours)
            if size != file.size:
                raise SourceChanged(file)
        return out

    def put(self, path: Path, folder: str, name: str) -> str:
        """Write a file into a folder."""
        place = self._folder(folder)
        with answering(str(place)), path.open("rb") as stream:
            return str(copied_to(place, harmless(name), stream))

    def replace(self, file: SourceFile, path: Path) -> str:
        """Put the content of another file in the place of a file."""
        ours = self._path(file)
        demand_same(file, ours)
        with answering(file.address), path.open("rb") as stream, replacing(ours, like=ours) as out:
            out.writelines(pieces_of(stream))
            demand_same(file, ours)
        return file.address

    def move(self, file: SourceFile, folder: str) -> str:
        """Move a file into a folder: it gets its new name before it loses the old one."""
        ours, place = self._path(file), self._folder(folder)
        demand_same(file, ours)
        with answering(str(place)):
            out = self._also_in(place, file)
        self.delete(file)
        return str(out)

    def delete(self, file: SourceFile) -> None:
        """Delete a file; what took its place meanwhile is put back."""
        ours = self._path(file)
        demand_same(file, ours)
        with answering(file.address):
            apart = held(ours)
            if mark_of(apart.stat()) != file.mark:
                put_back(apart, ours.parent, ours.name)
                raise SourceChanged(file)
            apart.unlink()

    def _also_in(self, place: Path, file: SourceFile) -> Path:
        """Give a file a second name in a folder, as a link or, on another device, as a copy."""
        name, ours = harmless(file.name), self._path(file)
        try:
            out = linked_to(place, name, ours)
        except OSError:
            with opened(file, ours) as stream:
                return copied_to(place, name, stream)
        if mark_of(out.stat()) != file.mark:
            out.unlink()
            raise SourceChanged(file)
        return out

    def _folder(self, folder: str) -> Path:
        place = Path(self.glob.beside(folder))
        with answering(str(place)):
            place.mkdir(parents=True, exist_ok=True)
        return place

    def _path(self, file: SourceFile) -> Path:
        return Path(self.glob.folder, file.stored or file.name)
