"""Places with files, on this machine and elsewhere, that a test fills and looks into."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from importer.sources import open_source
from importer.sources.glob import Glob
from importer.sources.remote import RemoteSource
from importer.sources.sharepoint import SharePointStore, connect_sharepoint
from importer.sources.source import USUAL
from importer.sources.store import Store
from tests.sources.graph import ToHere


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


@dataclass
class Site:
    """A library of a SharePoint site, on a server of the test."""

    server: object

    def open(self, pattern, *, apart=(), limits=USUAL):
        def client():
            return {"transport": ToHere(self.server.server_port)}

        connect = partial(connect_sharepoint, "Finance", "documents", limits, client)
        store = SharePointStore(connect, "sharepoint://Finance/documents", "/", limits)
        return RemoteSource(Glob.of(f"/{pattern}"), store, tuple(apart))

    def write(self, name, content):
        *folders, _last = name.split("/")
        for number in range(len(folders)):
            self.server.library.put("/" + "/".join(folders[: number + 1]), None)
        self.server.library.put(f"/{name}", content)

    def remove(self, name):
        del self.server.library.items[f"/{name}"]

    def content(self):
        items = self.server.library.items.items()
        return {path[1:]: content for path, content in items if content is not None}
