"""The audit log on the page: newest first, page by page, and nothing changes it there."""

from importer.journal.audit import AuditAction
from importer.people import By, Role, Visitor, audit_log
from importer.web.pages.audit import router


def test_what_was_done_is_there_with_who_did_it(web):
    admin = web.signed_in("ann")
    admin.post("/people/role", name="vic", role="importer")
    text = admin.get("/audit").text
    assert text.index("role changed") < text.index("person added")
    assert "from: viewer; to: importer" in text


def test_a_long_log_has_pages(web):
    store, bot = web.site.store, Visitor("bot", Role.ADMIN, By.TERMINAL)
    for number in range(120):
        audit_log.record(store, bot, AuditAction.FIXED, f"<upload {number}>", {"cells": number})
    admin = web.signed_in("ann")
    first = admin.get("/audit").text
    assert first.count("<tr>") == 101
    assert "&lt;upload 119&gt;" in first
    older = admin.get(first.partition('rel="next" href="')[2].partition('"')[0]).text
    assert "&lt;upload 19&gt;" in older
    assert "&lt;upload 119&gt;" not in older


def test_nothing_on_the_page_changes_it():
    assert {method for route in router.routes for method in route.methods} == {"GET"}
