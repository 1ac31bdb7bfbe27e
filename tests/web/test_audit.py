"""The audit log on the page: newest first, page by page, and nothing changes it there."""

import inspect
import re

from importer.journal.audit import AuditAction
from importer.people import By, Role, Visitor, audit_log
from importer.web.api import PARTS
from importer.web.pages import ROUTERS
from importer.web.pages.audit import router
from tests.web.steward import WITH_MISTAKES, Steward


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


def test_every_step_of_the_way_is_written_down(web):
    steward = Steward.called(web)
    steward.uploads(*WITH_MISTAKES)
    steward.does("check")
    cause = next(one for one in web.site.uploads.causes(steward.name) if one.suggestions)
    version = web.site.uploads.get(steward.name).checked
    steward.does("suggestions", cause=cause.number, version=version)
    bunch = web.site.uploads.fixes(steward.name)[0].bunch
    steward.does("fixes/undo", bunch=bunch)
    steward.does("plan")
    steward.imports()
    steward.browser.get(steward.path("files/1"))
    steward.does("undo")
    steward.does("sharing", to="person", name="vic")
    web.signed_in("vic").post(steward.path("remove"))
    steward.does("sharing", to="person", name="vic", end="yes")
    steward.does("remove")
    steward.browser.get("/templates/atlan-glossary/blank")
    written = [
        (one.who, str(one.action))
        for one in reversed(audit_log.newest(web.site.store))
        if one.action not in {AuditAction.PERSON_ADDED, AuditAction.SIGNED_IN}
    ]
    assert written == [
        ("ida", "uploaded"),
        ("ida", "checked again"),
        ("ida", "fixed"),
        ("ida", "fix undone"),
        ("ida", "planned"),
        ("ida", "imported"),
        ("ida", "downloaded"),
        ("ida", "undone"),
        ("ida", "shared"),
        ("vic", "refused"),
        ("ida", "share ended"),
        ("ida", "removed"),
        ("ida", "downloaded"),
    ]


LOOK_OR_SIGN_OUT = {"sign_in", "sign_out"}
"""Their lines are written where somebody is signed in and out: tests/people."""


def test_every_route_that_changes_something_writes_a_line():
    """By itself, or by the function of `people` or `sharing` that it calls."""
    silent = [
        f"{route.endpoint.__module__}.{route.endpoint.__name__}"
        for router in (*ROUTERS, *(part.ROUTER for part in PARTS))
        for route in router.routes
        if route.methods - {"GET", "HEAD"}
        and not writes(route.endpoint)
        and route.endpoint.__name__ not in LOOK_OR_SIGN_OUT
    ]
    assert silent == []


def writes(function, depth=2):
    """Whether a function, or one of its module that it calls, writes a line of the log."""
    source = inspect.getsource(function)
    if WRITES.search(source):
        return True
    called = (vars(inspect.getmodule(function)).get(name) for name in CALLED.findall(source))
    return depth > 0 and any(inspect.isfunction(one) and writes(one, depth - 1) for one in called)


WRITES = re.compile(
    r"record\(|accounts\.(add|change_role|change_password|remove)\("
    r"|tokens\.(add|revoke)\(|sharing\.(share|end)\("
)
CALLED = re.compile(r"\b([a-z_]+)\(")
