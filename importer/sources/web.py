"""One file at an address of the web: it is only read, and known again by its ETag or its time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from msgspec.structs import replace

from importer.atomic import whole
from importer.errors import UsageError
from importer.sources.in_time import in_time
from importer.sources.names import harmless
from importer.sources.pieces import PIECE, demand_size, written
from importer.sources.placing import free_path
from importer.sources.read_only import ReadOnlySource
from importer.sources.source import Limits, SourceChanged, SourceFile
from importer.sources.web_answer import demand_file, described, same_mark
from importer.sources.web_session import demand_encrypted, web_session
from importer.sources.web_trouble import answering_web

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

    from requests import Response, Session

CONNECT_SECONDS = 10
NO_HEAD = frozenset((400, 403, 404, 405, 501))
"""What servers answer that know no HEAD, or that have signed an address for GET alone."""

AS_IT_IS = {"Accept-Encoding": "identity"}
NONE: Mapping[str, str] = {}


class WebSource(ReadOnlySource):
    """A file of a web server; who asks stands in the user's ~/.netrc."""

    def __init__(self, url: str, limits: Limits, *, allow_http: bool = False) -> None:
        self._url, self._limits, self._allow_http = url, limits, allow_http
        self._known: SourceFile | None = None
        demand_encrypted(url, allow_http=allow_http)

    @property
    def address(self) -> str:
        """Return the address without its query."""
        return self._url.partition("?")[0].partition("#")[0]

    def files(self, marker: str = "") -> Sequence[SourceFile]:
        """Return the file; a server that is asked again need not say more than that it is so."""
        if marker:
            raise UsageError(f"{self.address} is one file: there is no marker beside it.")
        with answering_web(self.address), self._session() as session:
            self._known = in_time(self._limits.file_seconds, lambda: self._asked(session))
        return [self._known]

    def fetch(self, file: SourceFile, into: Path) -> Path:
        """Copy the file into a folder."""
        demand_size(file.size, self._limits, file.address)
        out = free_path(into, harmless(file.name))
        with (
            answering_web(self.address),
            self._session() as session,
            whole(out, private=True) as copy,
        ):
            in_time(self._limits.file_seconds, lambda: self._fetched(session, file, copy))
            now = in_time(self._limits.file_seconds, lambda: self._asked(session))
            if not same_mark(now.mark, file.mark):
                raise SourceChanged(file)
        return out

    def _fetched(self, session: Session, file: SourceFile, out: BinaryIO) -> None:
        with self._answer(session, "GET") as answer:
            demand_file(answer, self.address)
            content = hashlib.sha256()
            pieces = _hashed(answer.iter_content(PIECE), content)
            size = written(pieces, out, self._limits, self.address)
        mark = described(answer, self.address, content.hexdigest()).mark
        if not same_mark(mark, file.mark) or file.size not in {None, size}:
            raise SourceChanged(file)

    def _asked(self, session: Session) -> SourceFile:
        """Return the file as the server describes it now, with as few bytes as it lets us.

        Of what it says to HEAD only a tag is believed: many a server leaves out, or gets wrong, the
        size of what it would send.
        """
        known = self._known
        with self._answer(session, "HEAD", _unless(known)) as answer:
            if answer.status_code == 304 and known is not None:
                return known
            has_tag = "ETag" in answer.headers
            file = self._stated(answer) if answer.status_code not in NO_HEAD else None
        if file is not None and has_tag:
            return replace(file, size=file.size or None)
        with self._answer(session, "GET") as answer:
            file = self._stated(answer)
            return file if file.mark else replace(file, mark=self._hash(answer))

    def _stated(self, answer: Response) -> SourceFile:
        demand_file(answer, self.address)
        return described(answer, self.address)

    def _hash(self, answer: Response) -> str:
        """Return the hash of the content: all that tells whether it changed."""
        content, size = hashlib.sha256(), 0
        for piece in _hashed(answer.iter_content(PIECE), content):
            size += len(piece)
            demand_size(size, self._limits, self.address)
        return content.hexdigest()

    def _answer(self, session: Session, method: str, headers: Mapping[str, str] = NONE) -> Response:
        return session.request(
            method,
            self._url,
            headers={**AS_IT_IS, **headers},
            allow_redirects=True,
            stream=True,
            timeout=(CONNECT_SECONDS, self._limits.answer_seconds),
        )

    def _session(self) -> AbstractContextManager[Session]:
        return web_session(self._url, allow_http=self._allow_http)


def _unless(known: SourceFile | None) -> Mapping[str, str]:
    """Return the header that asks for more only where the file has changed."""
    if known is None or not known.mark.startswith(('"', "W/")):
        return NONE
    return {"If-None-Match": known.mark}


def _hashed(pieces: Iterable[bytes], content: Hash) -> Iterator[bytes]:
    for piece in pieces:
        content.update(piece)
        yield piece
