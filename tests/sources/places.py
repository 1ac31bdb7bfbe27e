"""Places with files, on this machine and elsewhere, that a test fills and looks into."""

from dataclasses import dataclass
from pathlib import Path

from importer.sources import open_source
from importer.sources.glob import Glob
from importer.sources.remote import RemoteSource
from importer.sources.source import USUAL
from importer.sources.store import Store


@dataclass
class Folder:
    """A folder of this machine; on a server it is the root of what a source sees."""

    folder: Path
    address: str = ""

    def open(self, pattern, **how):
        return open_source(f"{self.address or self.folder}/{pattern}", self.folder, **how)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def remove(self, name):
        (self.folder / name).unlink()

    def content(self):
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in files}


@dataclass
class Bucket:
    """A bucket of an S3 server, or the memory of fsspec, filled and read by its own client."""

    fs: object
    root: str

    def open(self, pattern, **how):
        return open_source(f"s3://{self.root}/{pattern}", Path(), **how)

    def write(self, name, content):
        self.fs.pipe_file(f"{self.root}/{name}", content)

    def remove(self, name):
        self.fs.rm_file(f"{self.root}/{name}")

    def content(self):
        self.fs.invalidate_cache()
        return {
            path.removeprefix(f"{self.root}/"): self.fs.cat_file(path)
            for path in self.fs.find(self.root)
        }


class Memory(Bucket):
    """The memory of fsspec: what every store of fsspec has promised, and nothing else."""

    def open(self, pattern, *, apart=(), limits=USUAL):
        store = Store(lambda: self.fs, "memory://", self.root, limits)
        return RemoteSource(Glob.of(f"{self.root}/{pattern}"), store, tuple(apart))
