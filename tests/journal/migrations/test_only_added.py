"""The audit log is only ever added to: the database itself refuses anything else."""

from contextlib import closing

import pytest
from sqlalchemy.exc import DatabaseError

from importer.journal.audit import AuditAction
from importer.journal.only_added import WORDS
from importer.journal.store import Store
from importer.people import audit_log
from importer.visitor import By, Role, Visitor
from tests.journal.migrations.places import empty, to_revision

ANN = Visitor("ann", Role.ADMIN, By.SESSION)
CHANGES = ("UPDATE audit SET who = 'bob'", "DELETE FROM audit", "TRUNCATE audit")
ONLY_ON = {"postgresql": CHANGES}
"""SQLite has no word for dropping all rows at once."""


@pytest.mark.parametrize("revision", [None, "0001", "0003"])
def test_a_line_of_the_audit_log_is_neither_changed_nor_dropped(journal_place, revision):
    """Of a new journal, and of one that was made before the database did that."""
    if revision:
        to_revision(journal_place, revision)
    with closing(Store(journal_place)) as store:
        audit_log.record(store, ANN, AuditAction.UPLOADED, "x")
        written = audit_log.newest(store)
        for words in CHANGES:
            refuses(journal_place, words)
        assert audit_log.newest(store) == written
        audit_log.record(store, ANN, AuditAction.REMOVED, "x")
        assert len(audit_log.newest(store)) == 2


def refuses(place, words):
    """Whoever opens the database is refused, not only who goes through the journal."""
    with closing(empty(place)) as raw:
        if words in ONLY_ON.get(raw.engine.dialect.name, CHANGES[:2]):
            with pytest.raises(DatabaseError, match=WORDS), raw.engine.begin() as connection:
                connection.exec_driver_sql(words)
