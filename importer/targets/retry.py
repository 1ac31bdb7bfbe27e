"""When a request is sent again, and how long to wait before that.

Two policies: reads are repeated after most failures; a write is sent again only after a 429, or
where no connection was made, since otherwise it may have been carried out already.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from msgspec import Struct
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from importer.targets.backoff import with_jitter

LONGEST_WAIT = 120.0
SHORTEST_WAIT = 0.5
TOO_MANY_REQUESTS = 429

WRITING = frozenset({TOO_MANY_REQUESTS})
READING = frozenset({TOO_MANY_REQUESTS, 500, 502, 503, 504})


class RetryRules(Struct, frozen=True):
    """Which responses are retried and how the wait is spent; all times are seconds.

    `statuses` are retried. `pause` is the wait after a 429 without Retry-After. `take_slot` waits
    for the next request the rate limit allows, `pause_all` makes every other request wait as well,
    `guard` may forbid the retry by raising.
    """

    statuses: frozenset[int]
    pause: float
    sleep: Callable[[float], None]
    take_slot: Callable[[], None]
    pause_all: Callable[[float], None]
    guard: Callable[[], None] = lambda: None


class PoliteRetry(Retry):
    """urllib3's Retry, which waits as long as the server asks plus 0-25 %, 150 seconds at most.

    Each retry takes a slot of the rate limit. The jitter keeps several clients from coming back in
    the same instant.
    """

    def __init__(self, *args: Any, rules: RetryRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules

    def new(self, **kw: Any) -> Self:
        """Return the same policy with other counters."""
        return super().new(rules=self.rules, **kw)

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> Self:
        """Count an attempt, and close its response: urllib3 would read it to its end first.

        Raises MaxRetryError for the last one, which stays open and is read as any answer.
        """
        following = super().increment(method, url, response, *args, **kwargs)
        if response is not None:
            response.close()
        return following

    def is_retry(
        self,
        method: str,  # noqa: ARG002 - the signature is urllib3's
        status_code: int,
        has_retry_after: bool = False,  # noqa: ARG002
    ) -> bool:
        """Return whether a response with this status is retried, whatever its headers say."""
        return status_code in self.rules.statuses

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        """Return the seconds in `Retry-After` (number or date), at most 120; None without it."""
        try:
            asked = super().get_retry_after(response)
        except InvalidHeader:
            return None
        return None if asked is None else min(asked, LONGEST_WAIT)

    def get_backoff_time(self) -> float:
        """Return the seconds to wait where the server names none: 0.5, then doubled each time."""
        failed = len(self.history)
        return min(LONGEST_WAIT, SHORTEST_WAIT * 2.0 ** max(0, failed - 1))

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:
        """Wait, then take a slot of the rate limit as any request does.

        Raises what `guard` raises, where the retry is not allowed any more.
        """
        wait = self._wait(response)
        if response and response.status == TOO_MANY_REQUESTS:
            self.rules.pause_all(wait)
        self.rules.sleep(with_jitter(wait))
        self.rules.take_slot()
        self.rules.guard()

    def _wait(self, response: BaseHTTPResponse | None) -> float:
        asked = self.get_retry_after(response) if response else None
        if asked is not None:
            return max(asked, SHORTEST_WAIT)
        if response and response.status == TOO_MANY_REQUESTS:
            return self.rules.pause
        return self.get_backoff_time()


def reading(rules: RetryRules) -> PoliteRetry:
    """Return the policy for requests that change nothing: lost responses are asked for again."""
    return PoliteRetry(
        total=8,
        connect=5,
        read=3,
        status=5,
        other=0,
        redirect=0,
        allowed_methods=None,
        raise_on_status=False,
        rules=rules,
    )


def writing(rules: RetryRules) -> PoliteRetry:
    """Return the policy for writes: only a 429 and a failed connection are tried again."""
    return PoliteRetry(
        total=8,
        connect=5,
        read=False,
        status=5,
        other=0,
        redirect=0,
        allowed_methods=None,
        raise_on_status=False,
        rules=rules,
    )
