"""Servers on this machine that speak the protocols of stores."""

import asyncio
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import asyncssh


@contextmanager
def s3_server():
    """Run the S3 of moto, and give its address."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield "http://{}:{}".format(*server.get_host_and_port())
    finally:
        server.stop()


class AnyUser(asyncssh.SSHServer):
    """Lets everybody in who knows the password; `connected` are those who came."""

    connected: ClassVar = []
    names: ClassVar = []

    def connection_made(self, conn):
        self.connected.append(conn)
        self.names.append(None)

    def begin_auth(self, username):
        self.names[-1] = username
        return True

    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return password == "open"


class Cut(asyncssh.SFTPServer):
    """Breaks its connection off when it has taken so many bytes."""

    left: ClassVar = [None]

    @classmethod
    @contextmanager
    def after(cls, size):
        """Let the next connection that writes end after so many bytes."""
        cls.left[0] = size
        try:
            yield
        finally:
            cls.left[0] = None

    def __init__(self, connection, root):
        super().__init__(connection, chroot=str(root).encode())
        self._connection = connection

    def write(self, file_obj, offset, data):
        if self.left[0] is not None:
            self.left[0] -= len(data)
            if self.left[0] < 0:
                self._connection.abort()
                raise asyncssh.SFTPConnectionLost("cut")
        return super().write(file_obj, offset, data)


@contextmanager
def sftp_server(root):
    """Run an SFTP server whose `/` is a folder, and give its port and the key of the host."""
    loop, key = asyncio.new_event_loop(), asyncssh.generate_private_key("ssh-ed25519")
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def serve(connection):
        return Cut(connection, root)

    async def listen():
        return await asyncssh.listen(
            "127.0.0.1", 0, server_factory=AnyUser, server_host_keys=[key], sftp_factory=serve
        )

    server = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    try:
        yield server.get_port(), key.export_public_key().decode()
    finally:
        asyncio.run_coroutine_threadsafe(_closed(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _closed(server):
    server.close()
    for connection in AnyUser.connected:
        connection.abort()
        await connection.wait_closed()
    await server.wait_closed()


class WebFile:
    """What a web server has at its one address, and how it answers; `asked` are the requests."""

    def __init__(self):
        self.content, self.headers, self.status, self.asked = b"first", {}, 200, []
        self.head_status, self.cut, self.after_body = None, False, lambda: None
        self.to_head, self.before_answer = None, lambda: None


class WebHandler(BaseHTTPRequestHandler):
    """Answers HEAD and GET."""

    def do_GET(self):
        file = self.server.file
        file.before_answer()
        file.asked.append((self.command, dict(self.headers)))
        headers, tag = file.headers, self.headers["If-None-Match"]
        if self.command == "HEAD" and file.to_head is not None:
            headers = file.to_head
        status = file.status if self.command == "GET" else file.head_status or file.status
        if tag and tag == headers.get("ETag"):
            return self._answer(304, {})
        self._answer(status, {"Content-Length": str(len(file.content)), **headers})
        if self.command == "GET":
            self.wfile.write(file.content[: -1 if file.cut else None])
            file.after_body()
        return None

    do_HEAD = do_GET  # noqa: N815

    def _answer(self, status, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_args):
        """Say nothing."""


@contextmanager
def web_server():
    """Run a web server with one file, and give the file and the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), WebHandler)
    server.file = WebFile()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server.file, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
