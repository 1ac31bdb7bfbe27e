"""A request to a target, its complete answer, and how an answer can be lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING

from msgspec import Struct

from importer.errors import TargetUnreachable
from importer.model import Json

if TYPE_CHECKING:
    from importer.targets.body import LongList

Parameters = Sequence[tuple[str, str]]


class AnswerLost(Exception):
    """A request that was sent and got no complete answer: it may have been carried out.

    `late`: the time we wait was up before an answer came.
    """

    def __init__(self, words: str, *, late: bool = False) -> None:
        super().__init__(words)
        self.late = late


class AnswerTooLarge(AnswerLost):
    """A request that was answered with more than can be read: asked again, it would be so again."""


class TooMuchToRead(TargetUnreachable):
    """What was asked for is more than can be read at once; less of it may be asked for."""


class Request(Struct, frozen=True):
    """A request; `again`: it changes nothing and may be sent again. `long`: its answer may be."""

    method: str
    path: str
    query: Parameters
    body: Json
    again: bool = False
    long: LongList | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


class Answer(Struct, frozen=True):
    """A complete HTTP response. `body` is its JSON, None where it is not JSON.

    `file` holds the body instead where it is a list above LONG. `text` is the start of a body that
    is not JSON or of a failed request, the token masked; else it is empty.
    """

    status: int
    body: Json
    text: str
    file: IO[bytes] | None = None

    @property
    def ok(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300

    @property
    def empty(self) -> bool:
        """Whether the response has no body; means nothing for a 2xx with JSON."""
        return not self.text
