"""An empty journal on SQLite and on PostgreSQL, and a clock that goes on when it is told to."""

import pytest

from importer.journal.people_tables import AUDIT, FAILED, LINKS, SIGN_INS, TOKENS
from importer.journal.store import Store
from importer.visitor import By, Role, Visitor
from tests.postgresql import PLACES, place

TIMES = {
    FAILED: ("last", "until"),
    LINKS: ("until",),
    SIGN_INS: ("began", "seen"),
    TOKENS: ("added", "used"),
}


@pytest.fixture(params=PLACES)
def store(request, tmp_path):
    store = Store(place(request, tmp_path))
    yield store
    store.close()


@pytest.fixture
def later(store):
    """Let so many seconds pass: all times in the journal are so much longer ago."""

    def act(seconds):
        with store.writing() as connection:
            for table, names in TIMES.items():
                earlier = {name: table.c[name] - seconds for name in names}
                connection.execute(table.update().values(earlier))

    return act


@pytest.fixture
def operator():
    """Who works at the terminal."""
    return Visitor("root", Role.ADMIN, By.TERMINAL)


@pytest.fixture
def log(store):
    """What the audit log says, the oldest first, as (who, action, about, detail)."""

    def act():
        with store.reading() as connection:
            rows = connection.execute(AUDIT.select().order_by(AUDIT.c.no)).all()
        return [(row.who, row.action, row.about, row.detail) for row in rows]

    return act
