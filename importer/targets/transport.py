"""Sends HTTP requests to a target and returns complete answers, or says what is known of failures.

Reads are repeated, writes are not. The token is in the headers only; where the server echoes it, it
is masked before the text goes into a message or a file.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from importer.errors import CredentialsRefused, TargetUnreachable
from importer.model import Json
from importer.targets.answer import (
    Answer,
    AnswerLost,
    AnswerTooLarge,
    Parameters,
    Request,
    TooMuchToRead,
)
from importer.targets.backoff import with_jitter
from importer.targets.classify import never_connected, root_message, timed_out
from importer.targets.connection import (
    Connections,
    ConnectionSettings,
    normal_url,
    open_connections,
    usable_password,
    usable_token,
)
from importer.targets.secrets import SEARCHED_FOR_THE_TOKEN, Secrets
from importer.targets.shape import AN_OBJECT, Shape, WrongShape, demand
from importer.tracing import span
from importer.way_out import way_out

if TYPE_CHECKING:
    from requests import PreparedRequest, RequestException, Response, Session

    from importer.targets.body import BodyTooLarge, LongList

CONNECT_TIMEOUT = 5
READS_OF_A_CUT_ANSWER = 3

ShapeOf: TypeAlias = Callable[[str, str], Shape]
"""Returns the shape of the answer to a method and a path."""


def any_object(_method: str, _path: str) -> Shape:
    """Return the shape of answers of which nothing is known: an object."""
    return AN_OBJECT


class Transport:
    """Requests to one system, from any thread.

    `headers` makes the headers that carry a token; `shape_of` knows what each call answers. A
    response that stays away for `settings.timeout` seconds is given up, and so is one that is not
    complete after three times as long. The attribute `guard` is called before each attempt to write
    and may forbid it by raising. Raises UsageError where base URL or token cannot be used.
    """

    def __init__(
        self,
        settings: ConnectionSettings,
        headers: Callable[[str], dict[str, str]],
        shape_of: ShapeOf = any_object,
    ) -> None:
        self._settings = settings.at(normal_url(settings.base_url))
        self.base_url = self._settings.base_url
        self._token = settings.token
        if settings.user:
            usable_password(settings.user, settings.token, settings.token_name)
        elif not settings.renew:
            self._token = usable_token(settings.token, settings.token_name)
        self._secrets = Secrets(headers)
        self._secrets.note(self._token)
        self._headers_of = headers
        self._shape_of = shape_of
        self.guard: Callable[[], None] = lambda: None
        self._connections: Connections | None = None
        self._lock = threading.Lock()

    def read(
        self,
        method: str,
        path: str,
        *,
        query: Parameters = (),
        body: Json = None,
        absent: bool = False,
        long: LongList | None = None,
    ) -> Json:
        """Return the JSON of a request that changes nothing; with `absent`, None for a 404.

        With `long`, what that makes of an answer above LONG. Raises TargetUnreachable, also for an
        unusable answer, or CredentialsRefused.
        """
        request = Request(method, path, query, body, again=True, long=long)
        answer = self._read_whole(request)
        if long and answer.file:
            return self._taken(request, long, answer, answer.file)
        self.demand_access(answer)
        if absent and answer.status == 404 and (answer.body is not None or answer.empty):
            return None  # a page that says 404 is not the target's own word
        if not answer.ok or answer.body is None:
            raise TargetUnreachable(self._unusable(answer, request))
        if wrong := self._wrong_shape(method, path, answer.body):
            came = self._secrets.start_of_json(answer.body)
            raise TargetUnreachable(self._misshapen(answer, request, wrong, came))
        return answer.body

    def write(self, method: str, path: str, *, query: Parameters = (), body: Json = None) -> Answer:
        """Return the answer to a request that changes something; it may have any status.

        Raises AnswerLost, or TargetUnreachable where nothing was carried out: no connection was
        made, or the answer is a redirect or a last 429. A 2xx of the wrong shape is given back
        without its body: like one that is not JSON, it does not say what was carried out.
        """
        request = Request(method, path, query, body)
        answer = self._send(request)
        if answer.status == 429 or 300 <= answer.status < 400:
            raise TargetUnreachable(self._unusable(answer, request))
        if answer.ok and self._wrong_shape(method, path, answer.body):
            return replace(answer, body=None, text=self._secrets.start_of_json(answer.body))
        return answer

    def demand_access(self, answer: Answer) -> None:
        """Raise CredentialsRefused for a 401 or 403."""
        if answer.status in {401, 403}:
            raise CredentialsRefused(
                f"{self.base_url} refused the credentials (HTTP {answer.status})"
                f"{_quoted(answer.text)}. Check {self._settings.token_name}: is it a key of this "
                "system, still valid, and allowed to do this?"
            )

    def redact(self, value: Json) -> Json:
        """Return a JSON value in which every occurrence of the token is masked."""
        return self._secrets.redact(value)

    def close(self) -> None:
        """Close the connections; the next request opens new ones."""
        with self._lock:
            if self._connections:
                self._connections.close()
            self._connections = None

    def _taken(self, request: Request, long: LongList, answer: Answer, file: IO[bytes]) -> Json:
        """Return what `long` makes of a long answer, which is at its end by then."""
        from importer.targets.body import BodyTooLarge, NotJson

        with file:
            came = self._secrets.start_of(file.read(SEARCHED_FOR_THE_TOKEN))
            file.seek(0)
            try:
                return long.take(file)
            except NotJson:
                words = self._unusable(replace(answer, text=came), request)
            except WrongShape as wrong:
                words = self._misshapen(answer, request, wrong, came)
            except BodyTooLarge as large:
                raise TooMuchToRead(f"{self.base_url}: {_too_large(request, large)}") from None
        raise TargetUnreachable(words)

    def _read_whole(self, request: Request) -> Answer:
        for _ in range(READS_OF_A_CUT_ANSWER - 1):
            try:
                return self._send(request)
            except AnswerTooLarge as lost:
                raise TooMuchToRead(f"{self.base_url}: {lost}") from None
            except AnswerLost:
                self._settings.sleep(with_jitter(1))
        try:
            return self._send(request)
        except AnswerLost as lost:
            raise TargetUnreachable(f"{self.base_url}: {lost}") from None

    def _send(self, request: Request) -> Answer:
        """Return the answer to a request, sent once more with a new token after a 401."""
        facts = {"http__request__method": request.method, "url__path": request.path}
        with span(request.method, server__address=self.base_url, **facts) as traced:
            answer = self._send_twice(request)
            traced.set(http__response__status_code=answer.status)
            return answer

    def _send_twice(self, request: Request) -> Answer:
        self._renew("")
        used = self._token
        answer = self._send_once(request)
        if answer.status == 401 and self._renew(used):
            return self._send_once(request)
        return answer

    def _renew(self, used: str) -> bool:
        """Get another token than `used`, where there is a way; return whether there is one now.

        Of the threads that were refused with one token, the first gets the next for all of them.
        """
        if not self._settings.renew:
            return False
        with self._lock:
            if self._token == used:
                self._token = self._settings.renew()
                self._secrets.note(self._token)
                if self._connections:
                    self._connections.set_headers(self._headers())
        return self._token != used

    def _headers(self) -> dict[str, str]:
        kinds = {"Accept": "application/json", "Content-Type": "application/json"}
        return {**self._headers_of(self._token), **kinds}

    def _send_once(self, request: Request) -> Answer:
        from requests import RequestException
        from urllib3.exceptions import HTTPError

        from importer.targets.body import BodyTooLarge, read_body, read_list

        try:
            response = self._response(request)
            if request.long and response.ok:
                content = read_list(response, request.long.most)
            else:
                content = read_body(response)
        except BodyTooLarge as large:
            raise AnswerTooLarge(_too_large(request, large)) from None
        except RequestException as error:
            raise self._failure(error) from None
        except (HTTPError, OSError) as error:
            raise self._failure(RequestException(error)) from None
        return self._answer(response, content)

    def _response(self, request: Request) -> Response:
        """Return the response to a request as soon as its headers are there."""
        import orjson

        data = None if request.body is None else orjson.dumps(request.body)
        connections = self._connected()
        connections.pause.wait()
        session = connections.reading if request.again else connections.writing
        if not request.again:
            self.guard()
        url = self.base_url + request.path
        return session.send(
            _prepared(session, request.method, url, request.query, data),
            timeout=(CONNECT_TIMEOUT, self._settings.timeout),
            allow_redirects=False,
            stream=True,
        )

    def _answer(self, response: Response, content: bytearray | IO[bytes]) -> Answer:
        import orjson

        if not isinstance(content, bytearray):
            return Answer(response.status_code, None, "", content)
        try:
            body = orjson.loads(content)
        except orjson.JSONDecodeError:
            body = None
        if response.ok and body is not None:
            return Answer(response.status_code, body, "")
        excerpt = self._secrets.start_of(content)
        try:
            return Answer(response.status_code, self.redact(body), excerpt)
        except RecursionError:
            return Answer(response.status_code, None, excerpt)

    def _failure(self, error: RequestException) -> Exception:
        """Return TargetUnreachable where nothing was sent, else AnswerLost."""
        words = self.redact(root_message(error))
        if never_connected(error):
            return TargetUnreachable(
                f"No connection to {self.base_url}: {words}. Is the address right, and can this "
                "machine reach it?"
            )
        return AnswerLost(f"the answer was lost ({words})", late=timed_out(error))

    def _unusable(self, answer: Answer, request: Request) -> str:
        if answer.status == 429:
            return (
                f"{self.base_url} goes on answering that there are too many requests (HTTP 429). "
                f"Try again later{way_out(', or with a lower --rate')}."
            )
        hint = " Is the base URL right?" if 300 <= answer.status < 500 else ""
        return (
            f"{self.base_url} gave no usable answer to {request} (HTTP {answer.status})"
            f"{_quoted(answer.text)}.{hint}"
        )

    def _wrong_shape(self, method: str, path: str, body: Json) -> WrongShape | None:
        try:
            demand(self._shape_of(method, path), body)
        except WrongShape as wrong:
            return wrong
        return None

    def _misshapen(self, answer: Answer, request: Request, wrong: WrongShape, came: str) -> str:
        return (
            f"{self.base_url} answered {request} with what this call never answers "
            f"(HTTP {answer.status}): {wrong}. It came: {came}. Is the base URL right?"
        )

    def _connected(self) -> Connections:
        with self._lock:
            if self._connections is None:
                self._connections = open_connections(
                    self._settings, self._headers(), lambda: self.guard()
                )
            return self._connections


def _prepared(
    session: Session, method: str, url: str, query: Parameters, data: bytes | None
) -> PreparedRequest:
    """Return a request with headers and cookies of a session, without all else that it merges."""
    from requests import PreparedRequest

    prepared = PreparedRequest()
    prepared.prepare(
        method, url, headers=session.headers, params=list(query), data=data, cookies=session.cookies
    )
    return prepared


def _too_large(request: Request, large: BodyTooLarge) -> str:
    return f"the answer to {request} is too large: {large}"


def _quoted(text: str) -> str:
    return "" if not text or text.startswith("<") else f": {text}"
