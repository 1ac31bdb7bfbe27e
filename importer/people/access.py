"""What a visitor may do; nothing else decides that.

What somebody may not see is as if it were not there (`NotThere`); what they see and may not do is
refused (`Forbidden`). A page belongs to the person who uploaded its files, its owner.

| who                                   | sees | changes | shares | releases, administers |
| ------------------------------------- | ---- | ------- | ------ | --------------------- |
| admin                                 | all  | all     | all    | yes                   |
| importer: the owner                   | yes  | yes     | yes    | no                    |
| importer: shared with                 | yes  | yes     | no     | no                    |
| viewer: shared with                   | yes  | no      | no     | no                    |
| others                                | no   | no      | no     | no                    |
"""

from __future__ import annotations

from collections.abc import Iterable

from importer.journal.shares import Share
from importer.people.refused import Forbidden, NotThere
from importer.visitor import Role, Visitor

Shares = Iterable[Share]


def may_upload(visitor: Visitor) -> bool:
    """Whether a visitor may upload files, and so own a page."""
    return visitor.role.includes(Role.IMPORTER)


def may_see(visitor: Visitor, owner: str, shares: Shares) -> bool:
    """Whether a visitor may see a page: its findings, its plan, its result, its files."""
    return owns(visitor, owner) or any(share.covers(visitor) for share in shares)


def may_change(visitor: Visitor, owner: str, shares: Shares) -> bool:
    """Whether a visitor may fix cells, plan, import what the guard lets pass, cancel and undo."""
    return may_upload(visitor) and may_see(visitor, owner, shares)


def may_share(visitor: Visitor, owner: str) -> bool:
    """Whether a visitor may say with whom a page is shared, and remove it."""
    return owns(visitor, owner)


def may_approve(visitor: Visitor) -> bool:
    """Whether a visitor may release what the guard holds."""
    return visitor.role is Role.ADMIN


def may_administer(visitor: Visitor) -> bool:
    """Whether a visitor may see everything, the audit log too."""
    return visitor.role is Role.ADMIN


def owns(visitor: Visitor, owner: str) -> bool:
    """Whether a page is a visitor's own; all pages are an admin's."""
    own = may_upload(visitor) and visitor.name == owner
    return visitor.role is Role.ADMIN or own


def demand_seen(visitor: Visitor, owner: str, shares: Shares) -> None:
    """Raise NotThere where a visitor may not see a page."""
    if not may_see(visitor, owner, shares):
        raise NotThere


def demand_change(visitor: Visitor, owner: str, shares: Shares) -> None:
    """Raise NotThere or Forbidden where a visitor may not change a page."""
    seen = list(shares)
    demand_seen(visitor, owner, seen)
    if not may_change(visitor, owner, seen):
        raise Forbidden("You can look at this, and not change it: your role is viewer.")


def demand_sharing(visitor: Visitor, owner: str, shares: Shares) -> None:
    """Raise NotThere or Forbidden where a visitor may not share or remove a page."""
    demand_seen(visitor, owner, shares)
    if not may_share(visitor, owner):
        raise Forbidden(f"Only {owner} and admins can do this.")


def demand_upload(visitor: Visitor) -> None:
    """Raise Forbidden where a visitor may upload nothing."""
    if not may_upload(visitor):
        raise Forbidden("Your role is viewer: you can look at what is shared with you.")


def demand_approval(visitor: Visitor) -> None:
    """Raise Forbidden where a visitor may not release what the guard holds."""
    if not may_approve(visitor):
        raise Forbidden("Only an admin can release what the guard holds.")


def demand_administration(visitor: Visitor) -> None:
    """Raise NotThere where a visitor may not see what only admins see."""
    if not may_administer(visitor):
        raise NotThere
