"""A folder of another machine over SFTP: files get a name of their own when they are complete."""

from __future__ import annotations

import os
import posixpath
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from importer.errors import UsageError
from importer.sources.entry import Entry
from importer.sources.store import Store
from importer.sources.trouble import ContentChanged

PASSWORD = "IMPORTER_SFTP_PASSWORD"  # noqa: S105
"""The variable that holds a password, where there is no key."""

ALIVE_SECONDS, ALIVE_ASKED = 15, 4
"""A connection that has said nothing is asked so often before it counts as broken."""


class SftpStore(Store):
    """Files of an SSH server; a new one is written under another name, and renamed."""

    opening: dict[str, Any] = {}  # noqa: RUF012

    def create(self, local: Path, path: str) -> None:
        """Write a new file. Raises FileExistsError where there is one."""
        if self._exists(path):
            raise FileExistsError(path)
        apart = self._uploaded(local, path)
        try:
            self._rename(apart, path)
        finally:
            self._forget(apart)

    def replace(self, entry: Entry, local: Path) -> None:
        """Write other content in the place of a file. Raises ContentChanged where it is another."""
        apart = self._uploaded(local, entry.path)
        try:
            self.demand_same(entry)
            self._call(lambda sftp: sftp.posix_rename(apart, entry.path))
        finally:
            self._forget(apart)

    def rename(self, entry: Entry, path: str) -> None:
        """Move a file to where there is none (FileExistsError). What came meanwhile goes back."""
        if self._exists(path):
            raise FileExistsError(path)
        self._in_folder(path)
        self._rename(entry.path, path)
        if self.known(path).mark != entry.mark:
            self._rename(path, entry.path)
            raise ContentChanged

    def remove(self, entry: Entry) -> None:
        """Delete a file, or put back what took its place. Raises ContentChanged."""
        self.demand_same(entry)
        apart = _apart(entry.path)
        self.rename(entry, apart)
        self._ask(lambda: self.fs.rm_file(apart))

    def _uploaded(self, local: Path, path: str) -> str:
        apart = _apart(path)
        try:
            self._upload(local, apart)
        except BaseException:
            self._forget(apart)
            raise
        return apart

    def _rename(self, path: str, to: str) -> None:
        """Rename a file; the protocol replaces nothing by it (FileExistsError)."""
        from asyncssh import SFTPError

        try:
            self._call(lambda sftp: sftp.rename(path, to))
        except SFTPError:
            if self._exists(to):
                raise FileExistsError(to) from None
            raise

    def _forget(self, path: str) -> None:
        """Delete what is left of an upload."""
        if self._exists(path):
            self._ask(lambda: self.fs.rm_file(path))

    def _in_folder(self, path: str) -> None:
        self._ask(lambda: self.fs.makedirs(posixpath.dirname(path), exist_ok=True))

    def _demand_root(self, folder: str) -> None:
        raise FileNotFoundError(folder)

    def _call(self, do: Callable[[Any], Awaitable[None]]) -> None:
        """Do something that the library of fsspec has no word for, on its connection."""
        from fsspec.asyn import sync

        async def call() -> None:
            async with self.fs.client.start_sftp_client() as sftp:
                await do(sftp)

        sync(self.fs.loop, call, timeout=self.limits.answer_seconds)


def connect_sftp(host: str, user: str | None, port: int | None, seconds: float) -> Any:
    """Return the file system of a host whose key is known; keys are those of the user's SSH."""
    import asyncssh
    from sshfs import SSHFileSystem

    said = {"username": user, "port": port, "password": os.environ.get(PASSWORD)}
    try:
        return SSHFileSystem(
            host,
            known_hosts=(),  # those of ~/.ssh, as asyncssh has it; sshfs would take any host
            connect_timeout=seconds,
            login_timeout=seconds,
            keepalive_interval=ALIVE_SECONDS,
            keepalive_count_max=ALIVE_ASKED,
            skip_instance_cache=True,
            **{name: value for name, value in said.items() if value is not None},
        )
    except asyncssh.HostKeyNotVerifiable as error:
        raise UsageError(
            f"The key of the host {host} is not known: {error.reason}. Look at it and add it to "
            f"~/.ssh/known_hosts (`ssh-keyscan {host}` prints it)."
        ) from error
    except asyncssh.PermissionDenied as error:
        raise PermissionError from error


def _apart(path: str) -> str:
    folder = posixpath.dirname(path)
    return posixpath.join(folder, f".{secrets.token_hex(8)}.part")
