"""What the answer of a web server says of the file that it is about."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from importer.sources.names import harmless
from importer.sources.source import SourceFile, SourceUnreachable
from importer.sources.trouble import NOT_THERE

if TYPE_CHECKING:
    from requests import Response

ENDINGS = {
    "application/vnd.ms-excel": ".xls",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
}
"""File extensions by content type, for addresses without one."""

TO_SIGN_IN = "it wants to know who asks; write user and password for its host into ~/.netrc"
WEB_PAGE = "it answers with a web page, not with a file; it may want somebody to sign in first"
BUSY = "it asks for fewer requests; try again later"
REASONS = {401: TO_SIGN_IN, 403: TO_SIGN_IN, 404: NOT_THERE, 410: NOT_THERE, 429: BUSY}


def described(answer: Response, address: str, content_mark: str = "") -> SourceFile:
    """Return the file that an answer is about; `content_mark` is for servers that give none."""
    modified = _time(answer.headers.get("Last-Modified"))
    size = _size(answer)
    stated = f"{modified}-{size}" if modified else ""
    return SourceFile(
        name=_name(answer),
        address=address,
        size=size,
        modified=modified,
        mark=answer.headers.get("ETag") or stated or content_mark,
    )


def same_mark(mark: str, other: str) -> bool:
    """Return whether marks say that a content is the same; a weak tag is as good as a strong one.

    Servers answer HEAD by the one and GET by the other.
    """
    return mark.removeprefix("W/") == other.removeprefix("W/")


def demand_file(answer: Response, address: str) -> None:
    """Raise SourceUnreachable where an answer is no file."""
    status = answer.status_code
    page = content_type(answer) in {"text/html", "application/xhtml+xml"}
    if status != 200 or page:
        why = WEB_PAGE if status == 200 else REASONS.get(status, _other(status))
        raise SourceUnreachable(f"{address} cannot be used: {why}.")


def _other(status: int) -> str:
    later = "; try again later" if status >= 500 else ""
    return f"it answers with status {status}{later}"


def content_type(answer: Response) -> str:
    """Return the type of what was sent, without its parameters."""
    return answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _name(answer: Response) -> str:
    """Return the name that the server gives the file, else the end of its address."""
    said = Message()
    said["Content-Disposition"] = answer.headers.get("Content-Disposition", "inline")
    named = ""
    with suppress(ValueError, LookupError):  # what a server says may be no name at all
        named = said.get_filename() or ""
    name = harmless(named or unquote(urlsplit(answer.url).path.rstrip("/")))
    known = PurePosixPath(name).suffix
    return name if known else harmless(name + ENDINGS.get(content_type(answer), ""))


def _size(answer: Response) -> int | None:
    length = answer.headers.get("Content-Length", "")
    plain = "Content-Encoding" not in answer.headers and length.isascii() and length.isdigit()
    return int(length) if plain and len(length) < 20 else None


def _time(text: str | None) -> dt.datetime | None:
    with suppress(ValueError, TypeError, OverflowError):
        found = parsedate_to_datetime(text or "")
        return found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)
    return None
