"""What is shared with whom, as the journal has it: a run's page, with a person or a role."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from sqlalchemy import Connection, and_, bindparam, or_, select

from importer.journal.absent import insert_absent
from importer.journal.clock import CLOCK
from importer.journal.people_tables import SHARES
from importer.visitor import Role, Visitor

_ABOUT = SHARES.c.about == bindparam("of_page")
_OF_PAGE = select(SHARES).where(_ABOUT).order_by(SHARES.c.to, SHARES.c.name)
_END = SHARES.delete().where(
    _ABOUT, SHARES.c.to == bindparam("of_kind"), SHARES.c.name == bindparam("of_name")
)


class ShareWith(StrEnum):
    """Whether something is shared with one person, or with all of a role."""

    PERSON = "person"
    ROLE = "role"


_WITH_PERSON = and_(SHARES.c.to == ShareWith.PERSON, SHARES.c.name == bindparam("of_person"))
_WITH_ROLE = and_(
    SHARES.c.to == ShareWith.ROLE, SHARES.c.name.in_(bindparam("roles", expanding=True))
)
_WITH = select(SHARES.c.about).where(or_(_WITH_PERSON, _WITH_ROLE)).distinct()
_DROP_PERSON = SHARES.delete().where(_WITH_PERSON)


class Share(Struct, frozen=True):
    """One page, shared with the person or role `name` by the person `by`.

    A role stands for all who may what it may: shared with viewers is shared with everybody.
    """

    about: str
    to: ShareWith
    name: str
    by: str = ""
    since: float = 0.0

    def covers(self, visitor: Visitor) -> bool:
        """Whether it is shared with this visitor."""
        if self.to is ShareWith.PERSON:
            return self.name == visitor.name
        return visitor.role.includes(Role(self.name))


def add(connection: Connection, share: Share) -> None:
    """Share a page; what is shared already stays."""
    row = {"about": share.about, "to": share.to, "name": share.name, "by": share.by}
    insert_absent(connection, SHARES, {**row, "since": CLOCK})


def of_page(connection: Connection, about: str) -> list[Share]:
    """Return with whom a page is shared."""
    rows = connection.execute(_OF_PAGE, {"of_page": about})
    return [Share(row.about, ShareWith(row.to), row.name, row.by, row.since) for row in rows]


def pages_with(connection: Connection, visitor: Visitor) -> set[str]:
    """Return the names of all pages that are shared with a visitor."""
    roles = [role for role in Role if visitor.role.includes(role)]
    rows = connection.execute(_WITH, {"of_person": visitor.name, "roles": roles})
    return {row.about for row in rows}


def end(connection: Connection, share: Share) -> None:
    """Share a page with somebody no more."""
    which = {"of_page": share.about, "of_kind": share.to, "of_name": share.name}
    connection.execute(_END, which)


def drop_person(connection: Connection, person: str) -> None:
    """Share nothing with a person any more: another may get the name."""
    connection.execute(_DROP_PERSON, {"of_person": person})
