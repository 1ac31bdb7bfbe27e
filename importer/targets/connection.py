"""A base URL and a key in, two HTTP sessions out: one that may repeat itself, one that may not."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from importer.errors import UsageError
from importer.targets.backoff import Pause

if TYPE_CHECKING:
    from pyrate_limiter import Limiter
    from requests import Session
    from requests.adapters import HTTPAdapter

    from importer.targets.retry import PoliteRetry

BURST = 60
PAUSE_AFTER_429 = 60.0
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Connections:
    """Sessions to one system under one rate limit; a pause that one is asked for, all keep."""

    reading: Session
    writing: Session
    limiter: Limiter | None
    pause: Pause

    def close(self) -> None:
        """Give the connections back and end the limiter."""
        self.reading.close()
        self.writing.close()
        if self.limiter:
            self.limiter.close()


def connect(
    base_url: str,
    headers: dict[str, str],
    *,
    rate: int | None,
    jobs: int,
    sleep: Callable[[float], None],
    guard: Callable[[], None],
) -> Connections:
    """Sessions that keep `jobs` connections open and send at most `rate` requests a minute.

    `guard` is called before anything is written once more.
    """
    from importer.targets.retry import READING, WRITING, Patience, reading, writing

    limiter = _limiter(rate)
    slot = _slot(limiter)
    pause = Pause(sleep)
    policies = (
        reading(Patience(READING, PAUSE_AFTER_429, sleep, slot, pause.ask)),
        writing(Patience(WRITING, PAUSE_AFTER_429, sleep, slot, pause.ask, guard)),
    )
    first, second = (
        _session(base_url, headers, _adapter(policy, limiter, jobs)) for policy in policies
    )
    return Connections(first, second, limiter, pause)


def _session(base_url: str, headers: dict[str, str], adapter: HTTPAdapter) -> Session:
    from requests import Session
    from requests.utils import get_environ_proxies

    session = Session()
    # the environment's proxies and certificates are wanted, its .netrc would replace our key
    session.trust_env = False
    session.proxies.update(get_environ_proxies(base_url))
    session.verify = _certificates()
    session.headers.update(headers)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def _certificates() -> bool | str:
    return os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True


def _adapter(policy: PoliteRetry, limiter: Limiter | None, jobs: int) -> HTTPAdapter:
    from requests.adapters import HTTPAdapter
    from requests_ratelimiter import LimiterAdapter

    pool: dict[str, Any] = {"pool_connections": 1, "pool_maxsize": jobs, "pool_block": True}
    if limiter is None:
        return HTTPAdapter(max_retries=policy, **pool)
    limited: HTTPAdapter = LimiterAdapter(
        limiter=limiter, per_host=False, limit_statuses=(), max_retries=policy, **pool
    )
    return limited


def _limiter(rate: int | None) -> Limiter | None:
    """`rate` requests a minute, up to 60 of them at once."""
    if rate is None:
        return None
    from pyrate_limiter import Limiter, Rate

    burst = min(BURST, rate)
    return Limiter(Rate(burst, round(60_000 * burst / rate)))


def _slot(limiter: Limiter | None) -> Callable[[], None]:
    """Waits until one more request is allowed."""

    def wait() -> None:
        if limiter:
            limiter.try_acquire("retry")

    return wait


def normal_url(url: str) -> str:
    """`HTTPS://Tenant.Example:443/` -> `https://tenant.example`: one spelling for one place.

    Raises UsageError where it is no http(s) address, or holds a user name or a query.
    """
    parts = urlsplit(url.strip())
    if parts.scheme.lower() not in DEFAULT_PORTS or not parts.hostname:
        raise UsageError(f"{url!r} is no base URL: write it like https://tenant.example.com")
    if parts.username is not None or parts.query or parts.fragment:
        raise UsageError("The base URL may hold only scheme, host, port and path, no credentials")
    scheme = parts.scheme.lower()
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = f":{parts.port}" if parts.port and parts.port != DEFAULT_PORTS[scheme] else ""
    return f"{scheme}://{host}{port}{parts.path.rstrip('/')}"


def usable_key(token: str, name: str) -> str:
    """The key without white space around it; raises UsageError where it cannot be one."""
    stripped = token.strip()
    if not stripped:
        raise UsageError(f"There is no API key: set {name}")
    if not (stripped.isascii() and stripped.isprintable()):
        raise UsageError(f"{name} holds a line break or a letter that no API key has")
    return stripped
