"""What was found in an upload, as its pages show it: parts and pages, packed by who writes them."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from importer.journal.serialize import pack, unpack
from importer.journal.store import Store
from importer.journal.upload_tables import THIS_UPLOAD, UPLOAD_PAGES, UPLOAD_PARTS
from importer.pieces import pieces

PAGES_A_WRITE = 200
"""So many pages are written in one transaction: others can write between two of them."""


class Page(Struct, frozen=True):
    """Rows of one page of a part: `first` and `last` are the numbers of its first and last row."""

    part: str
    no: int
    page: int
    first: int
    last: int
    content: Any


def _of(table: Any) -> tuple[Any, ...]:
    return (
        table.c.upload == THIS_UPLOAD,
        table.c.version == bindparam("of_version"),
        table.c.part == bindparam("of_part"),
    )


_PARTS = UPLOAD_PARTS.select().where(*_of(UPLOAD_PARTS)).order_by(UPLOAD_PARTS.c.no)
_PAGES_OF = (*_of(UPLOAD_PAGES), UPLOAD_PAGES.c.no == bindparam("of_no"))
_PAGES = (
    select(UPLOAD_PAGES.c.page, UPLOAD_PAGES.c.content)
    .where(*_PAGES_OF, UPLOAD_PAGES.c.page.in_(bindparam("wanted", expanding=True)))
    .order_by(UPLOAD_PAGES.c.page)
)
_WITH_ROW = select(UPLOAD_PAGES.c.content).where(
    *_PAGES_OF,
    UPLOAD_PAGES.c.first <= bindparam("the_row"),
    UPLOAD_PAGES.c.last >= bindparam("the_row"),
)


def write_pages(store: Store, upload: str, version: int, pages: Iterable[Page]) -> None:
    """Write pages, some in each transaction."""
    for some in pieces(pages, PAGES_A_WRITE):
        rows = [_page_row(upload, version, page) for page in some]
        with store.writing() as connection:
            connection.execute(UPLOAD_PAGES.insert(), rows)


def write_part(
    store: Store, upload: str, version: int, part: str, contents: Sequence[Any], first: int = 0
) -> None:
    """Write what a part holds, numbered from `first`."""
    rows = [
        {"upload": upload, "version": version, "part": part, "no": no, "content": _packed(content)}
        for no, content in enumerate(contents, first)
    ]
    if rows:
        with store.writing() as connection:
            connection.execute(UPLOAD_PARTS.insert(), rows)


def keep_part(store: Store, upload: str, version: int, part: str, contents: Sequence[Any]) -> None:
    """Write what a part holds, unless somebody else has done so at the same time."""
    with suppress(IntegrityError):
        write_part(store, upload, version, part, contents)


def read_part(store: Store, upload: str, version: int, part: str) -> list[Any]:
    """Return what a part holds, in order."""
    which = {"this_upload": upload, "of_version": version, "of_part": part}
    with store.reading() as connection:
        return [_unpacked(row.content) for row in connection.execute(_PARTS, which)]


def read_pages(
    store: Store, upload: str, version: int, part: str, no: int, wanted: Collection[int]
) -> dict[int, Any]:
    """Return the pages asked for, by number."""
    which = {"this_upload": upload, "of_version": version, "of_part": part, "of_no": no}
    with store.reading() as connection:
        rows = connection.execute(_PAGES, {**which, "wanted": sorted(wanted)})
        return {row.page: _unpacked(row.content) for row in rows}


def page_with_row(
    store: Store, upload: str, version: int, part: str, no: int, row: int
) -> Iterator[Any]:
    """Yield the pages that may have a row."""
    which = {"this_upload": upload, "of_version": version, "of_part": part, "of_no": no}
    with store.reading() as connection:
        for found in connection.execute(_WITH_ROW, {**which, "the_row": row}).all():
            yield _unpacked(found.content)


def drop_found(
    store: Store,
    upload: str,
    *,
    version: int | None = None,
    before: int | None = None,
    parts: Collection[str] = (),
) -> None:
    """Drop what was found in one version, or in all before one; only these parts if any."""
    with store.writing() as connection:
        for table in (UPLOAD_PAGES, UPLOAD_PARTS):
            statement = delete(table).where(table.c.upload == upload)
            if version is not None:
                statement = statement.where(table.c.version == version)
            if before is not None:
                statement = statement.where(table.c.version < before)
            if parts:
                statement = statement.where(table.c.part.in_(list(parts)))
            connection.execute(statement)


def _page_row(upload: str, version: int, page: Page) -> dict[str, Any]:
    return {
        "upload": upload,
        "version": version,
        "part": page.part,
        "no": page.no,
        "page": page.page,
        "first": page.first,
        "last": page.last,
        "content": _packed(page.content),
    }


def _packed(content: Any) -> bytes:
    return zlib.compress(pack(content), 1)


def _unpacked(content: bytes) -> Any:
    return unpack(zlib.decompress(content))
