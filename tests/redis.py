"""A Redis server of the machine's own, on a socket in its own folder, that can be ended and begun.

Where there is none, these tests are left out, and say so.
"""

import contextlib
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

LEFT_OUT = "There is no redis-server here: install one (the Debian package redis-server)."


class RedisServer:
    """A server that keeps nothing on disk but what it is told to when it ends."""

    def __init__(self, folder):
        self.folder = folder
        self.url = f"unix://{folder / 'redis.sock'}"
        self._process = None

    def start(self):
        command = ["redis-server", "--port", "0", "--unixsocket", self.folder / "redis.sock"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen([*command, "--dir", self.folder], **quiet)
        while not self._answers():
            assert self._process.poll() is None, "redis-server did not start"

    def stop(self):
        """Let it write what it holds, and end."""
        with contextlib.suppress(Exception), self._client() as client:
            client.shutdown(save=True)
        self._process.wait()

    def empty(self):
        with self._client() as client:
            client.flushall()

    def _answers(self):
        from redis.exceptions import RedisError

        with contextlib.suppress(RedisError), self._client() as client:
            return client.ping()
        return False

    def _client(self):
        from redis import Redis

        return Redis.from_url(self.url)


@contextlib.contextmanager
def redis_server():
    """A server while the block lasts; None where there is no redis-server."""
    if not shutil.which("redis-server"):
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="redis"))
    server = RedisServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def redis_of_all():
    """A server for all tests of this process."""
    with redis_server() as server:
        if server is None:
            pytest.skip(LEFT_OUT)
        yield server


@pytest.fixture
def redis(redis_of_all):
    """A server that is empty when a test begins."""
    redis_of_all.empty()
    return redis_of_all
