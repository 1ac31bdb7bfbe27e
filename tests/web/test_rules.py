"""Who may come where: every route of the application has a rule, and every wrong pair is refused.

A route that is added without a rule fails here, whoever adds it and wherever.
"""

import re

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from importer.people import Role, accounts, audit_log
from importer.web.api.route import ApiRoute
from importer.web.app import application
from importer.web.security.gate import OPEN, OPEN_PAGES
from tests.web.test_access import ROUTES as OF_UPLOADS_AND_RUNS

NOBODY, VIEWER, IMPORTER, ADMIN = "nobody", *Role
EVERYBODY = {NOBODY, VIEWER, IMPORTER, ADMIN}
SIGNED_IN = {VIEWER, IMPORTER, ADMIN}
UPLOADERS = {IMPORTER, ADMIN}
ADMINS = {ADMIN}

RULES = {
    ("GET", "/alive"): EVERYBODY,
    ("GET", "/sign-in"): EVERYBODY,
    ("POST", "/sign-in"): EVERYBODY,
    ("GET", "/sign-in/provider"): EVERYBODY,
    ("GET", "/sign-in/back"): EVERYBODY,
    ("GET", "/sign-out/provider"): EVERYBODY,
    ("GET", "/link/{secret}"): EVERYBODY,
    ("GET", "/"): SIGNED_IN,
    ("POST", "/sign-out"): SIGNED_IN,
    ("GET", "/account"): SIGNED_IN,
    ("POST", "/account/password"): SIGNED_IN,
    ("POST", "/account/tokens"): SIGNED_IN,
    ("POST", "/account/tokens/revoke"): SIGNED_IN,
    ("POST", "/account/mappings/remove"): SIGNED_IN,
    ("GET", "/runs"): SIGNED_IN,
    ("GET", "/templates"): SIGNED_IN,
    ("GET", "/api/openapi.json"): SIGNED_IN,
    ("POST", "/uploads"): UPLOADERS,
    ("POST", "/samples"): UPLOADERS,
    ("GET", "/templates/{name}/blank"): UPLOADERS,
    ("GET", "/templates/{name}/filled"): UPLOADERS,
    ("GET", "/people"): ADMINS,
    ("POST", "/people"): ADMINS,
    ("POST", "/people/role"): ADMINS,
    ("GET", "/people/{name}/remove"): ADMINS,
    ("POST", "/people/remove"): ADMINS,
    ("GET", "/jobs"): ADMINS,
    ("GET", "/jobs/{job}"): ADMINS,
    ("GET", "/audit"): ADMINS,
}
"""Who may ask for a page; those about one upload or run have a table in test_access.py."""

PEOPLE = {NOBODY: None, VIEWER: "vic", IMPORTER: "ida", ADMIN: "ann"}
NAMES = {"name": "vic", "secret": "x", "job": "nightly"}


def routes_of(site):
    """All routes of the application that is served: pages, API, mounted folders."""
    app = application(site)
    while not isinstance(app, FastAPI):
        app = app.app
    return [*iter_route_contexts(app.routes)]


def test_every_route_has_a_rule_and_every_rule_a_route(web):
    """Those of the API have a demand of their own: tests/web/api/test_access.py tries them all."""
    found, mounted = set(), []
    for route in routes_of(web.site):
        if isinstance(route.original_route, ApiRoute):
            assert len(route.original_route.demands) == 1, route.path
        elif isinstance(route.original_route, Mount):
            mounted.append(route.path)
        else:
            found |= {(method, route.path) for method in route.methods - {"HEAD"}}
    assert found == RULES.keys() | OF_UPLOADS_AND_RUNS.keys()
    assert mounted == ["/static"]


def test_the_gate_is_open_where_a_rule_says_so_and_nowhere_else():
    opened = {path for (_, path), who in RULES.items() if NOBODY in who}
    assert opened == {*OPEN_PAGES, "/link/{secret}"}
    assert OPEN == ("/static/", "/link/")


def asked(web, role, method, path):
    """What a route answers somebody of a role, who has a token against forgery where they can."""
    address = re.sub(r"\{(\w+)\}", lambda found: NAMES[found[1]], path)
    browser = web.signed_in(PEOPLE[role]) if PEOPLE[role] else web.browser()
    if method == "GET":
        return browser.get(address, allow_redirects=False)
    return browser.post(address, name="vic", role="admin")


WRONG = [
    (role, method, path)
    for (method, path), who in RULES.items()
    for role in PEOPLE
    if role not in who
]


@pytest.mark.parametrize("role", [NOBODY, VIEWER, IMPORTER])
def test_every_wrong_pair_of_role_and_route_is_refused_and_changes_nothing(web, role):
    before = accounts.all_people(web.site.store), web.site.uploads.mine()
    for who, method, path in WRONG:
        if who == role:
            answer = asked(web, role, method, path)
            assert is_refusal(answer, role, method), (role, method, path, answer.status_code)
    assert (accounts.all_people(web.site.store), web.site.uploads.mine()) == before
    written = {one.action for one in audit_log.newest(web.site.store, 100)}
    assert written <= {"person added", "signed in", "refused"}


def is_refusal(answer, role, method):
    """Whether an answer refuses: nobody is sent to sign in, others may not or find nothing."""
    if role != NOBODY:
        return answer.status_code in {403, 404}
    if answer.status_code == 303:
        return method == "GET" and answer.headers["Location"].startswith("/sign-in")
    return answer.status_code == 401


@pytest.mark.parametrize("role", [NOBODY, VIEWER, IMPORTER, ADMIN])
def test_every_right_pair_is_let_in(web, role):
    """A page that can be looked at is: 404 is said there by what is not set or not there."""
    missing = {"/sign-in/provider", "/sign-in/back", "/sign-out/provider", "/link/{secret}"}
    missing.add("/jobs/{job}")
    for (method, path), who in RULES.items():
        if role in who and method == "GET" and path not in missing and "/templates/" not in path:
            answer = asked(web, role, method, path)
            assert answer.status_code in {200, 303}, (role, path, answer.status_code)
            assert not is_refusal(answer, NOBODY, method) or path == "/sign-in", (role, path)
