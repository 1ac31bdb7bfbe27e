"""HTTP sessions to one system: one that repeats failed reads, one that never repeats a write."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from msgspec import Struct

from importer.errors import UsageError
from importer.targets.backoff import Pause

if TYPE_CHECKING:
    from pyrate_limiter import Limiter
    from requests import Session
    from requests.adapters import HTTPAdapter

    from importer.targets.retry import PoliteRetry

TIMEOUT = 120.0
BURST = 60
PAUSE_AFTER_429 = 60.0
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class ConnectionSettings:
    """The address of a target, what signs in to it and the limits on its use.

    `token_name` is the environment variable that holds the token; messages name it instead. With a
    `user` the token is the password. `renew` gets another token: for the first request where there
    is none yet, and once for a request that was refused with a 401; it raises CredentialsRefused.
    `path`, for systems that are found at several, stands between the address and each call.

    `rate` is requests a minute (None: no limit), `jobs` the number of connections kept open,
    `timeout` the seconds between two bytes of a response, which must be whole after three times as
    long. `sleep` waits so many seconds.
    """

    base_url: str
    token: str = field(repr=False)
    token_name: str
    rate: int | None
    jobs: int = 4
    timeout: float = TIMEOUT
    sleep: Callable[[float], None] = time.sleep
    user: str = ""
    renew: Callable[[], str] | None = field(default=None, repr=False)
    path: str = ""

    def at(self, base_url: str) -> Self:
        """Return them for another address."""
        return replace(self, base_url=base_url)


class Connections(Struct, frozen=True):
    """The sessions to one system, which share a rate limit and a pause."""

    reading: Session
    writing: Session
    limiter: Limiter | None
    pause: Pause

    def set_headers(self, headers: dict[str, str]) -> None:
        """Send these headers from now on."""
        self.reading.headers.update(headers)
        self.writing.headers.update(headers)

    def close(self) -> None:
        """Close the connections and stop the limiter's thread."""
        self.reading.close()
        self.writing.close()
        if self.limiter:
            self.limiter.close()


def open_connections(
    settings: ConnectionSettings, headers: dict[str, str], guard: Callable[[], None]
) -> Connections:
    """Return sessions that send these headers; nothing is sent yet.

    `guard` is called before a write is sent again, and may forbid it by raising.
    """
    from importer.targets.retry import READING, WRITING, RetryRules, reading, writing

    limiter = _limiter(settings.rate)

    def take_slot() -> None:
        """Wait until the rate limit allows one more request."""
        if limiter:
            limiter.try_acquire("retry")

    pause = Pause(settings.sleep)
    shared = (PAUSE_AFTER_429, settings.sleep, take_slot, pause.extend)
    policies = (
        reading(RetryRules(READING, *shared)),
        writing(RetryRules(WRITING, *shared, guard)),
    )
    first, second = (
        _session(settings.base_url, headers, _adapter(policy, limiter, settings.jobs))
        for policy in policies
    )
    return Connections(first, second, limiter, pause)


def _session(base_url: str, headers: dict[str, str], adapter: HTTPAdapter) -> Session:
    from requests import Session
    from requests.utils import get_environ_proxies

    session = Session()
    # the environment's proxies and certificates are wanted, its .netrc would replace our token
    session.trust_env = False
    session.proxies.update(get_environ_proxies(base_url))
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    session.verify = bundle or True
    # requests would read the whole body of a redirect, which we do not follow
    session.get_redirect_target = lambda _response: None  # type: ignore[method-assign, assignment]
    session.headers.update(headers)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def _adapter(policy: PoliteRetry, limiter: Limiter | None, jobs: int) -> HTTPAdapter:
    from importer.targets.deadline import Adapter, LimitedAdapter

    pool: dict[str, Any] = {"pool_connections": 1, "pool_maxsize": jobs, "pool_block": True}
    if limiter is None:
        return Adapter(max_retries=policy, **pool)
    limited: HTTPAdapter = LimitedAdapter(
        limiter=limiter, per_host=False, limit_statuses=(), max_retries=policy, **pool
    )
    return limited


def _limiter(rate: int | None) -> Limiter | None:
    """Return a limiter to `rate` requests a minute, up to 60 of them in one burst."""
    if rate is None:
        return None
    from pyrate_limiter import Limiter, Rate

    burst = min(BURST, rate)
    return Limiter(Rate(burst, round(60_000 * burst / rate)))


def normal_url(url: str) -> str:
    """Return the one spelling of a base URL: `HTTPS://X.example:443/` -> `https://x.example`.

    Raises UsageError where it is no http(s) address, or holds a user name or a query.
    """
    if "@" in url:
        raise UsageError("The base URL holds a user name or a password, which do not belong there")
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:  # brackets or a port that are none
        parts, host, port = urlsplit(""), "", None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not host:
        raise UsageError(f"{url!r} is no base URL: write it like https://tenant.example.com")
    if parts.query or parts.fragment:
        raise UsageError("The base URL may hold only scheme, host, port and path")
    named = f":{port}" if port and port != DEFAULT_PORTS[scheme] else ""
    whole = f"[{host}]" if ":" in host else host
    return f"{scheme}://{whole}{named}{parts.path.rstrip('/')}"


def usable_password(user: str, password: str, name: str) -> str:
    """Return a password as it is. Raises UsageError where basic authentication cannot carry it."""
    if ":" in user or not (user + password).isprintable():
        raise UsageError(f"{name}: a user name has no colon, and neither has a line break")
    return password


def usable_token(token: str, name: str) -> str:
    """Return the token stripped of white space.

    Raises UsageError, which names the variable `name`, where it cannot go into an HTTP header.
    """
    stripped = token.strip()
    if not stripped:
        raise UsageError(f"There is no API key: set {name}")
    if not (stripped.isascii() and stripped.isprintable()):
        raise UsageError(f"{name} holds a line break or a letter that no API key has")
    return stripped
