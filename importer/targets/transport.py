"""A request in, the target's complete answer out; or an exception that says what is known.

Reading may be repeated, writing never blindly. The token is in the headers and nowhere else: what
the server echoes of it is struck out before anybody sees it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from importer.errors import CredentialsRefused, TargetUnreachable
from importer.model import Json
from importer.targets.backoff import with_jitter
from importer.targets.classify import cause, never_connected, timed_out
from importer.targets.connection import Connections, connect, normal_url, usable_key

if TYPE_CHECKING:
    from requests import RequestException, Response

CONNECT_TIMEOUT = 5
TIMEOUT = 120.0
"""Seconds to connect, seconds between two bytes of an answer."""

TIMEOUTS_FOR_A_WHOLE_ANSWER = 3
"""An answer that trickles is lost as one that does not come at all."""

READS_OF_A_CUT_ANSWER = 3
LONGEST_EXCERPT = 300
SHORTEST_SECRET = 4

Query = Sequence[tuple[str, str]]


class AnswerLost(Exception):
    """The request left, a complete answer never came: it may have been carried out.

    `late` where it only took longer than we wait.
    """

    def __init__(self, words: str, *, late: bool = False) -> None:
        super().__init__(words)
        self.late = late


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer. `body` is its JSON, None where it is none.

    `text` are the first words of an answer that is no JSON, or grants nothing; without the token.
    """

    status: int
    body: Json
    text: str

    @property
    def ok(self) -> bool:
        """Whether the request was granted."""
        return 200 <= self.status < 300

    @property
    def empty(self) -> bool:
        """Whether the answer has no body."""
        return not self.text


class Transport:
    """Requests to one system, at no more than `rate` a minute (None: no limit), from any thread.

    `headers` makes the headers from the token; `token_name` is the variable that holds it, named in
    messages. `jobs` connections are kept open; an answer that stays away for `timeout` seconds is
    not waited for, nor one that is not whole after three times as long. `guard` is called before
    each attempt to write. `sleep` waits between attempts.
    Raises UsageError where base URL or token cannot be used.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        headers: Callable[[str], dict[str, str]],
        token_name: str,
        rate: int | None = None,
        jobs: int = 4,
        timeout: float = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.base_url = normal_url(base_url)
        self._token = usable_key(token, token_name)
        self._token_name = token_name
        self._headers = {
            **headers(self._token),
            "Accept": "application/json",
            "Content-Type": "application/json",
        }
        self._rate = rate
        self._jobs = jobs
        self._timeouts = (CONNECT_TIMEOUT, timeout)
        self._sleep = sleep
        self._clock = clock
        self.guard: Callable[[], None] = lambda: None
        self._connections: Connections | None = None
        self._lock = threading.Lock()

    def read(
        self, method: str, path: str, *, query: Query = (), body: Json = None, absent: bool = False
    ) -> Json:
        """The JSON of a call that changes nothing; with `absent`, None where the answer is 404.

        Raises TargetUnreachable, also for an answer that is of no use, or CredentialsRefused.
        """
        answer = self._read_whole(method, path, query, body)
        self.demand_access(answer)
        if absent and answer.status == 404:
            return None
        if not answer.ok or answer.body is None:
            raise TargetUnreachable(self._useless(answer, f"{method} {path}"))
        return answer.body

    def write(self, method: str, path: str, *, query: Query = (), body: Json = None) -> Answer:
        """The answer to a call that changes something, whatever its status but 3xx and 429.

        Raises AnswerLost, or TargetUnreachable where it is certain that nothing was carried out.
        """
        answer = self._send(method, path, query, body, again=False)
        if answer.status == 429 or 300 <= answer.status < 400:
            raise TargetUnreachable(self._useless(answer, f"{method} {path}"))
        return answer

    def demand_access(self, answer: Answer) -> None:
        """Raise CredentialsRefused for a 401 or 403."""
        if answer.status in {401, 403}:
            raise CredentialsRefused(
                f"{self.base_url} refused the credentials (HTTP {answer.status})"
                f"{_quoted(answer.text)}. Check {self._token_name}: is it a key of this system, "
                "still valid, and allowed to do this?"
            )

    def redact(self, value: Json) -> Json:
        """A JSON value without the token in any of its texts."""
        if isinstance(value, str) and len(self._token) >= SHORTEST_SECRET:
            return value.replace(self._token, "***")
        if isinstance(value, dict):
            return {self.redact(name): self.redact(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.redact(inner) for inner in value]
        return value

    def close(self) -> None:
        """Give the connections back."""
        with self._lock:
            if self._connections:
                self._connections.close()
            self._connections = None

    def _read_whole(self, method: str, path: str, query: Query, body: Json) -> Answer:
        for _ in range(READS_OF_A_CUT_ANSWER - 1):
            try:
                return self._send(method, path, query, body, again=True)
            except AnswerLost:
                self._sleep(with_jitter(1))
        try:
            return self._send(method, path, query, body, again=True)
        except AnswerLost as lost:
            raise TargetUnreachable(f"{self.base_url}: {lost}") from None

    def _send(self, method: str, path: str, query: Query, body: Json, *, again: bool) -> Answer:
        import orjson
        from requests import RequestException
        from urllib3.exceptions import HTTPError

        from importer.targets.body import body_of

        data = None if body is None else orjson.dumps(body)
        try:
            connections = self._connected()
            connections.pause.keep()
            session = connections.reading if again else connections.writing
            if not again:
                self.guard()
            response = session.request(
                method,
                self.base_url + path,
                params=list(query),
                data=data,
                timeout=self._timeouts,
                allow_redirects=False,
                stream=True,
            )
            whole = self._timeouts[1] * TIMEOUTS_FOR_A_WHOLE_ANSWER
            content = body_of(response, whole, self._clock)
        except RequestException as error:
            raise self._explained(error) from None
        except (HTTPError, OSError) as error:
            raise self._explained(RequestException(error)) from None
        return self._answer(response, content)

    def _answer(self, response: Response, content: bytes) -> Answer:
        import orjson

        try:
            body = orjson.loads(content)
        except orjson.JSONDecodeError:
            body = None
        if response.ok and body is not None:
            return Answer(response.status_code, body, "")
        excerpt = self.redact(content.decode(errors="replace").strip())[:LONGEST_EXCERPT]
        return Answer(response.status_code, self.redact(body), excerpt)

    def _explained(self, error: RequestException) -> Exception:
        """What a failed request means: nothing was sent, or nobody knows."""
        words = self.redact(cause(error))
        if never_connected(error):
            return TargetUnreachable(
                f"No connection to {self.base_url}: {words}. Is the address right, and can this "
                "machine reach it?"
            )
        return AnswerLost(f"the answer was lost ({words})", late=timed_out(error))

    def _useless(self, answer: Answer, what: str) -> str:
        if answer.status == 429:
            return (
                f"{self.base_url} goes on answering that there are too many requests (HTTP 429). "
                "Try again later, or with a lower --rate."
            )
        hint = " Is the base URL right?" if 300 <= answer.status < 500 else ""
        return (
            f"{self.base_url} gave no usable answer to {what} (HTTP {answer.status})"
            f"{_quoted(answer.text)}.{hint}"
        )

    def _connected(self) -> Connections:
        with self._lock:
            if self._connections is None:
                self._connections = connect(
                    self.base_url,
                    self._headers,
                    rate=self._rate,
                    jobs=self._jobs,
                    sleep=self._sleep,
                    guard=lambda: self.guard(),
                )
            return self._connections


def _quoted(text: str) -> str:
    return "" if not text or text.startswith("<") else f": {text}"
