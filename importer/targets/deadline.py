"""Connections whose responses must be whole before a deadline, from the first header on.

A time-out limits only the silence between two bytes. A server that sends a byte now and then, or
`100 Continue` for ever, would hold a run as long as it likes.
"""

from __future__ import annotations

import io
import socket
from contextlib import suppress
from http.client import HTTPResponse
from time import monotonic
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from requests_ratelimiter import LimiterAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from urllib3 import PoolManager

TIMEOUTS_FOR_A_WHOLE_ANSWER = 3
"""An answer that is not whole after this many time-outs counts as lost."""

PACE = 256 << 10
"""Each time so many bytes of a body have come, there is a second more for the rest."""

LONGEST_GRACE = 3600.0
"""The most seconds that a body gets for coming at that pace: 900 MB need no more."""


class _UntilDeadline(io.RawIOBase):
    """The bytes of a socket until a deadline; then each read raises TimeoutError."""

    def __init__(self, sock: socket.socket, timeout: float) -> None:
        self._sock, self._timeout = sock, timeout
        self._raw = sock.makefile("rb", buffering=0)
        self._seconds = timeout * TIMEOUTS_FOR_A_WHOLE_ANSWER
        self._end = monotonic() + self._seconds
        self._grace = 0.0

    def begin_body(self) -> None:
        """Let a body that keeps coming take longer; headers without end may not."""
        self._grace = LONGEST_GRACE

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        """Read into a buffer, and wait no longer than until the deadline."""
        left = self._end - monotonic()
        if left <= 0:
            raise TimeoutError(f"it was not whole after {self._seconds:.0f} seconds")
        self._sock.settimeout(min(self._timeout, left))
        count = self._raw.readinto(buffer)
        self._give_time(count or 0)
        return count

    def _give_time(self, count: int) -> None:
        more = min(count / PACE, self._grace)
        self._grace -= more
        self._seconds += more
        self._end += more

    def close(self) -> None:
        """Close it; the socket stays with its connection."""
        with suppress(OSError):  # the socket is closed already
            self._sock.settimeout(self._timeout)
        self._raw.close()
        super().close()


class _Response(HTTPResponse):
    """A response that is read until its deadline."""

    _until: _UntilDeadline | None = None

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        if timeout := sock.gettimeout():
            self.fp.close()
            self._until = _UntilDeadline(sock, timeout)
            self.fp = io.BufferedReader(self._until)

    def begin(self) -> None:
        """Read the headers."""
        super().begin()
        if self._until:
            self._until.begin_body()


class _Connection(HTTPConnection):
    response_class = _Response


class _SecureConnection(HTTPSConnection):
    response_class = _Response


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


POOLS = {"http": _Pool, "https": _SecurePool}


class _OnTime:
    """Lets an adapter of requests use these connections, through a proxy too."""

    poolmanager: PoolManager

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools of direct connections."""
        super().init_poolmanager(*args, **kwargs)  # type: ignore[misc]
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> PoolManager:
        """Return the pools of connections through a proxy."""
        manager: PoolManager = super().proxy_manager_for(*args, **kwargs)  # type: ignore[misc]
        manager.pool_classes_by_scheme = POOLS
        return manager


class Adapter(_OnTime, HTTPAdapter):
    """An adapter without a rate limit."""


class LimitedAdapter(_OnTime, LimiterAdapter):  # type: ignore[misc] # two ways to write `send`
    """An adapter with a rate limit."""
