"""The audit log is added to, read, and never changed."""

import inspect

from importer.journal import audit
from importer.journal.audit import AuditAction
from importer.people import audit_log
from importer.visitor import By, Role, Visitor

ANNA = Visitor("anna", Role.IMPORTER, By.SESSION)
BOT = Visitor("anna", Role.IMPORTER, By.TOKEN)


def told(entries):
    return [(one.who, one.by, one.action.value, one.about, one.detail) for one in entries]


def test_each_line_says_who_by_what_means_did_what_to_what(store):
    audit_log.record(store, ANNA, AuditAction.FIXED, "page", {"cells": 3})
    audit_log.record(store, BOT, AuditAction.PLANNED, "other")
    assert told(audit_log.newest(store)) == [
        ("anna", "token", "planned", "other", {}),
        ("anna", "session", "fixed", "page", {"cells": 3}),
    ]
    assert told(audit_log.of_page(store, "page")) == told(audit_log.newest(store)[1:])


def test_lines_are_in_their_order_and_read_in_pieces(store):
    for number in range(5):
        audit_log.record(store, ANNA, AuditAction.FIXED, str(number))
    first = audit_log.newest(store, 2)
    rest = audit_log.newest(store, 10, before=first[-1].no)
    assert [one.about for one in [*first, *rest]] == ["4", "3", "2", "1", "0"]
    times = [one.at for one in [*first, *rest]]
    assert times == sorted(times, reverse=True)


def test_an_action_fits_its_column():
    assert all(len(action) <= 32 for action in AuditAction)


def test_nothing_changes_or_drops_a_line():
    source = inspect.getsource(audit)
    assert "AUDIT.insert()" in source
    assert not [word for word in ("AUDIT.update", "AUDIT.delete", "text(") if word in source]
