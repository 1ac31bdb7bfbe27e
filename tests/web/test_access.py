"""Who may see and do what on the pages of an upload and of a run: every route, every visitor."""

import pytest

from importer.people import Role
from importer.uploads import UploadState
from importer.web.pages import ROUTERS
from tests.web.steward import WITH_MISTAKES, Steward

SEEN, CHANGED, OWN = "seen", "changed", "own"
"""What has to be allowed: looking, changing, or sharing and removing."""

ROUTES = {
    ("GET", "/uploads/{name}"): SEEN,
    ("GET", "/uploads/{name}/files"): SEEN,
    ("GET", "/uploads/{name}/progress"): SEEN,
    ("POST", "/uploads/{name}/check"): CHANGED,
    ("GET", "/uploads/{name}/remove"): OWN,
    ("POST", "/uploads/{name}/remove"): OWN,
    ("GET", "/uploads/{name}/columns"): SEEN,
    ("POST", "/uploads/{name}/columns"): CHANGED,
    ("POST", "/uploads/{name}/columns/accept"): CHANGED,
    ("GET", "/uploads/{name}/questions"): SEEN,
    ("POST", "/uploads/{name}/questions"): CHANGED,
    ("POST", "/uploads/{name}/questions/leave"): CHANGED,
    ("GET", "/uploads/{name}/findings"): SEEN,
    ("POST", "/uploads/{name}/suggestions"): CHANGED,
    ("GET", "/uploads/{name}/cell"): CHANGED,
    ("POST", "/uploads/{name}/cell"): CHANGED,
    ("GET", "/uploads/{name}/choices"): CHANGED,
    ("GET", "/uploads/{name}/fixes"): SEEN,
    ("POST", "/uploads/{name}/fixes/undo"): CHANGED,
    ("POST", "/uploads/{name}/plan"): CHANGED,
    ("GET", "/uploads/{name}/plan"): SEEN,
    ("POST", "/uploads/{name}/import"): CHANGED,
    ("POST", "/uploads/{name}/cancel"): CHANGED,
    ("POST", "/uploads/{name}/resume"): CHANGED,
    ("GET", "/uploads/{name}/undo"): CHANGED,
    ("POST", "/uploads/{name}/undo"): CHANGED,
    ("GET", "/uploads/{name}/reports/{number}"): SEEN,
    ("GET", "/uploads/{name}/files/{number}"): SEEN,
    ("GET", "/uploads/{name}/sharing"): OWN,
    ("POST", "/uploads/{name}/sharing"): OWN,
    ("GET", "/runs/{name}"): SEEN,
    ("POST", "/runs/{name}/cancel"): CHANGED,
    ("POST", "/runs/{name}/resume"): CHANGED,
    ("GET", "/runs/{name}/undo"): CHANGED,
    ("POST", "/runs/{name}/undo"): CHANGED,
    ("GET", "/runs/{name}/sharing"): OWN,
    ("POST", "/runs/{name}/sharing"): OWN,
}
REFUSED = {
    "a viewer with whom nothing is shared": ("vic", {}, dict.fromkeys((SEEN, CHANGED, OWN), 404)),
    "an importer with whom nothing is shared": (
        "ivo",
        {},
        dict.fromkeys((SEEN, CHANGED, OWN), 404),
    ),
    "a viewer with whom it is shared by name": (
        "vic",
        {"to": "person", "name": "vic"},
        {CHANGED: 403, OWN: 403},
    ),
    "a viewer with whom it is shared by role": (
        "vic",
        {"to": "role", "name": "viewer"},
        {CHANGED: 403, OWN: 403},
    ),
    "a viewer where it is shared with importers": (
        "vic",
        {"to": "role", "name": "importer"},
        dict.fromkeys((SEEN, CHANGED, OWN), 404),
    ),
    "an importer with whom it is shared": ("ivo", {"to": "person", "name": "ivo"}, {OWN: 403}),
}
"""Who, how it is shared, and the refusal of each demand; what is not named is allowed."""


@pytest.fixture
def imported(web):
    """An upload of ida that is imported, and her sharing it."""
    web.add("ivo", Role.IMPORTER, password=None)
    steward = Steward.called(web)
    steward.uploads(*WITH_MISTAKES)
    steward.does("plan")
    steward.imports()
    return steward


def routes():
    """All routes of the site that are about one upload or one run."""
    found = (route for router in ROUTERS for route in router.routes)
    known = ((method, route.path) for route in found for method in route.methods)
    return {one for one in known if one[1].startswith(("/uploads/{name}", "/runs/{name}"))}


def test_every_route_about_an_upload_or_a_run_says_what_it_demands():
    assert routes() == set(ROUTES)


def asked(browser, steward, method, path):
    """The status of a route."""
    run = steward.web.site.uploads.get(steward.name).run
    name = run if path.startswith("/runs") else steward.name
    address = path.replace("{name}", name).replace("{number}", "1")
    if method == "GET":
        return browser.get(address, allow_redirects=False).status_code
    return browser.post(address).status_code


def test_what_one_may_not_see_is_not_there_and_what_one_may_not_do_is_refused(imported):
    for what, (who, shared, refused) in REFUSED.items():
        if shared:
            assert imported.does("sharing", **shared).status_code == 303
        _refuses(imported, what, imported.web.signed_in(who), refused)
        if shared:
            imported.does("sharing", **shared, end="yes")


def _refuses(imported, what, browser, refused):
    before = imported.web.site.uploads.get(imported.name)
    for (method, path), demand in ROUTES.items():
        if demand in refused:
            status = asked(browser, imported, method, path)
            assert (what, method, path, status) == (what, method, path, refused[demand])
        elif method == "GET":
            assert asked(browser, imported, method, path) in (200, 303), (what, path)
    assert imported.web.site.uploads.get(imported.name) == before


def test_the_owner_and_admins_may_look_at_all_of_it_and_who_is_not_signed_in_at_nothing(imported):
    for browser in (imported.browser, imported.web.signed_in("ann")):
        for method, path in ROUTES:
            if method == "GET":
                assert asked(browser, imported, method, path) in (200, 303), path
    nobody = imported.web.browser()
    for method, path in ROUTES:
        status = asked(nobody, imported, method, path)
        assert status == (303 if method == "GET" else 401), path
    assert imported.waits().state is UploadState.IMPORTED


@pytest.mark.parametrize("path", ["/uploads/nothing", "/runs/nothing", "/uploads/x/findings"])
def test_what_does_not_exist_is_answered_like_what_one_may_not_see(web, path):
    assert web.signed_in("ann").get(path).status_code == 404


def test_the_history_has_ones_own_runs_those_shared_and_for_admins_all(imported):
    run = imported.web.site.uploads.get(imported.name).run

    def listed(who):
        return run in imported.web.signed_in(who).get("/runs").text

    assert [listed(who) for who in ("ida", "ann", "ivo", "vic")] == [True, True, False, False]
    imported.does("sharing", to="person", name="vic")
    assert listed("vic")
    assert imported.name in imported.web.signed_in("vic").get("/").text
    imported.does("sharing", to="person", name="vic", end="yes")
    assert not listed("vic")


def test_a_viewer_uploads_nothing_and_is_offered_nothing(web):
    viewer = web.signed_in("vic")
    for path in ("/uploads", "/samples"):
        assert viewer.post(path, name="mistakes.xlsx").status_code == 403
    assert viewer.get("/templates/atlan-glossary/blank").status_code == 403
    assert viewer.get("/templates/atlan-glossary/filled").status_code == 403
    page = viewer.get("/").text
    assert 'action="/uploads"' not in page
    assert "Nothing is shared with you yet" in page
    assert web.site.uploads.mine() == []
