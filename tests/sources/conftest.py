"""The places that every law of sources is tested on."""

import shutil
import uuid

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from tests.sources import servers
from tests.sources.graph import Library, graph_server
from tests.sources.places import Bucket, Folder, Memory, Site


@pytest.fixture(scope="session")
def s3():
    with servers.s3_server() as address:
        yield {
            "AWS_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "us-east-1",
        }


@pytest.fixture(scope="session")
def sftp(tmp_path_factory):
    root = tmp_path_factory.mktemp("sftp")
    with servers.sftp_server(root) as (port, key):
        yield root, port, key


@pytest.fixture
def at_s3(s3, monkeypatch):
    from s3fs import S3FileSystem

    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    fs, bucket = S3FileSystem(use_listings_cache=False), f"b{uuid.uuid4().hex}"
    fs.mkdir(bucket)
    return Bucket(fs, bucket)


@pytest.fixture
def at_sftp(sftp, home, monkeypatch):
    root, port, key = sftp
    (home / ".ssh").mkdir()
    (home / ".ssh/known_hosts").write_text(f"[127.0.0.1]:{port} {key}")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("IMPORTER_SFTP_PASSWORD", "open")
    yield Folder(root, f"sftp://anna@127.0.0.1:{port}")
    shutil.rmtree(root)
    root.mkdir()


@pytest.fixture(scope="session")
def graph():
    with graph_server() as server:
        yield server


@pytest.fixture
def at_sharepoint(graph, monkeypatch):
    for key in ("CLIENT_ID", "TENANT_ID", "CLIENT_SECRET"):
        monkeypatch.setenv(f"MSGRAPHFS_{key}", "x")
    graph.library = Library()
    return Site(graph)


@pytest.fixture
def at_memory():
    fs = MemoryFileSystem()
    fs.store.clear()
    fs.makedirs("/store", exist_ok=True)
    return Memory(fs, "/store")


@pytest.fixture
def at_local(tmp_path):
    (tmp_path / "local").mkdir()
    return Folder(tmp_path / "local")


@pytest.fixture(params=["local", "memory", "s3", "sftp", "sharepoint"])
def place(request):
    """A place with one list in it, `inbox/a.xlsx`."""
    found = request.getfixturevalue(f"at_{request.param}")
    found.write("inbox/a.xlsx", b"first")
    return found


@pytest.fixture
def kept(tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    return folder
