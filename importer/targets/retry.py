"""An answer or a failed connection in, how long to wait and whether to ask again out.

Two policies: what may be repeated freely (reading), and what may be sent again only after a 429 or
when no connection was made (writing).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from importer.targets.backoff import with_jitter

LONGEST_WAIT = 120.0
SHORTEST_WAIT = 0.5
TOO_MANY_REQUESTS = 429

WRITING = frozenset({TOO_MANY_REQUESTS})
READING = frozenset({TOO_MANY_REQUESTS, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Patience:
    """When to wait and how: `statuses` are asked again, `pause` is the wait after a 429 that names
    none (seconds), `slot` waits for the next request the rate limit allows, `all_wait` makes every
    other request wait as well, `guard` may forbid to ask again by what it raises.
    """

    statuses: frozenset[int]
    pause: float
    sleep: Callable[[float], None]
    slot: Callable[[], None]
    all_wait: Callable[[float], None]
    guard: Callable[[], None] = lambda: None


class PoliteRetry(Retry):
    """Waits as long as the server asks plus 0-25 %, never for ever, and counts as a request.

    The jitter keeps several clients from coming back in the same instant.
    """

    def __init__(self, *args: Any, patience: Patience, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patience = patience

    def new(self, **kw: Any) -> Self:
        """The same policy with other counters."""
        return super().new(patience=self.patience, **kw)

    def is_retry(
        self,
        method: str,  # noqa: ARG002 - the signature is urllib3's
        status_code: int,
        has_retry_after: bool = False,  # noqa: ARG002
    ) -> bool:
        """Whether an answer with this status is asked again, whatever its headers say."""
        return status_code in self.patience.statuses

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        """Seconds the server asks for (`Retry-After` as seconds or date), capped; None if none."""
        try:
            return _capped(super().get_retry_after(response))
        except InvalidHeader:
            return None

    def get_backoff_time(self) -> float:
        """Seconds to wait where the server names none: doubling, from half a second."""
        failed = len(self.history)
        return min(LONGEST_WAIT, SHORTEST_WAIT * 2.0 ** max(0, failed - 1))

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:
        """Wait, then take a slot of the rate limit as any request does."""
        wait = self._wait(response)
        if response and response.status == TOO_MANY_REQUESTS:
            self.patience.all_wait(wait)
        self.patience.sleep(with_jitter(wait))
        self.patience.slot()
        self.patience.guard()

    def _wait(self, response: BaseHTTPResponse | None) -> float:
        asked = self.get_retry_after(response) if response else None
        if asked is not None:
            return max(asked, SHORTEST_WAIT)
        if response and response.status == TOO_MANY_REQUESTS:
            return self.patience.pause
        return self.get_backoff_time()


def _capped(seconds: float | None) -> float | None:
    return None if seconds is None else min(seconds, LONGEST_WAIT)


def reading(patience: Patience) -> PoliteRetry:
    """For what changes nothing: a lost answer is asked for again too."""
    return PoliteRetry(
        total=8,
        connect=5,
        read=3,
        status=5,
        other=0,
        redirect=0,
        allowed_methods=None,
        raise_on_status=False,
        patience=patience,
    )


def writing(patience: Patience) -> PoliteRetry:
    """For what may have been carried out: only a 429 and a failed connection are tried again."""
    return PoliteRetry(
        total=8,
        connect=5,
        read=False,
        status=5,
        other=0,
        redirect=0,
        allowed_methods=None,
        raise_on_status=False,
        patience=patience,
    )
