"""The audit log: who did what, when; it is only ever added to."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct, field
from sqlalchemy import Connection, bindparam, select

from importer.journal.clock import CLOCK
from importer.journal.people_tables import AUDIT
from importer.journal.serialize import pack, unpack
from importer.visitor import By, Visitor

_ADD = AUDIT.insert().values(at=CLOCK)
_BEFORE = AUDIT.c.no < bindparam("before")
_NEWEST = select(AUDIT).where(_BEFORE).order_by(AUDIT.c.no.desc()).limit(bindparam("most"))
_OF_PAGE = _NEWEST.where(AUDIT.c.about == bindparam("of_page"))

NO_END = 2**31 - 1
"""A number greater than that of any entry."""


class AuditAction(StrEnum):
    """What somebody did."""

    SIGNED_IN = "signed in"
    SIGN_IN_REFUSED = "sign-in refused"
    SIGNED_OUT = "signed out"
    LINK_MADE = "link made"
    PERSON_ADDED = "person added"
    ROLE_CHANGED = "role changed"
    PASSWORD_CHANGED = "password changed"  # noqa: S105 - the words, not a password
    PERSON_REMOVED = "person removed"
    TOKEN_ADDED = "token added"  # noqa: S105
    TOKEN_REVOKED = "token revoked"  # noqa: S105
    UPLOADED = "uploaded"
    CHECKED_AGAIN = "checked again"
    COLUMNS_CHOSEN = "columns chosen"
    MAPPING_ACCEPTED = "mapping accepted"
    MAPPING_REMOVED = "mapping removed"
    ANSWERED = "questions answered"
    FIXED = "fixed"
    FIX_UNDONE = "fix undone"
    PLANNED = "planned"
    IMPORTED = "imported"
    RELEASED = "released"
    CANCELLED = "cancelled"
    UNDONE = "undone"
    DOWNLOADED = "downloaded"
    REMOVED = "removed"
    SHARED = "shared"
    SHARE_ENDED = "share ended"
    JOB_STARTED = "job started"
    JOB_ENABLED = "job enabled"
    JOB_DISABLED = "job disabled"
    REFUSED = "refused"


Detail = Mapping[str, str | int | None]
"""Names, numbers and words of ours; never the value of a cell, never a secret."""


class Entry(Struct, frozen=True):
    """One line of the log; `at` is in seconds since 1970."""

    no: int
    at: float
    who: str
    by: By
    action: AuditAction
    about: str
    detail: Detail = field(default_factory=dict)


def append(
    connection: Connection,
    visitor: Visitor,
    action: AuditAction,
    about: str = "",
    detail: Detail | None = None,
) -> None:
    """Add a line, in the transaction of what it is about."""
    who = {"who": visitor.name, "by": visitor.by, "action": action, "about": about}
    connection.execute(_ADD, {**who, "detail": pack(dict(detail or {}))})


def newest(connection: Connection, most: int = 100, before: int = NO_END) -> list[Entry]:
    """Return the newest lines before number `before`, the newest first."""
    return [_entry(row) for row in connection.execute(_NEWEST, {"most": most, "before": before})]


def of_page(connection: Connection, about: str, most: int = 100) -> list[Entry]:
    """Return the newest lines about one page, the newest first."""
    which = {"of_page": about, "most": most, "before": NO_END}
    return [_entry(row) for row in connection.execute(_OF_PAGE, which)]


def _entry(row: Any) -> Entry:
    by, action, detail = By(row.by), AuditAction(row.action), unpack(row.detail)
    return Entry(row.no, row.at, row.who, by, action, row.about, detail)
