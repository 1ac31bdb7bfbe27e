"""Every route asks first who may come: each is asked by each kind of person."""

import pytest
import requests

from importer.journal.shares import ShareWith
from importer.people import Role, sharing, tokens
from importer.people.refused import NotThere
from tests.web.api.begun import begun
from tests.web.api.programs import ADMIN, MISTAKEN, Program

ANYBODY = {"who_am_i", "list_uploads", "list_runs"}
UPLOADERS = {"list_templates", "download_blank_workbook", "list_targets", "upload_files"}
SEEN = {
    *("show_upload", "show_progress", "list_files", "download_file", "list_reports"),
    *("download_report", "list_causes", "list_sheets_with_findings", "list_findings"),
    *("list_fixes", "show_match", "list_questions", "show_plan"),
    *("list_changes", "show_run", "list_outcomes"),
}
CHANGED = {
    "list_cell_choices",
    *("check_again", "fix_cell", "take_suggestions", "undo_fix", "undo_bunch", "choose_match"),
    *("accept_match", "answer_questions", "make_plan", "start_import", "cancel_import"),
    *("resume_import", "undo_import", "cancel_run", "resume_run", "undo_run"),
}
OWN = {
    *("remove_files", "list_shares", "share_upload", "end_share"),
    *("list_shares_of_run", "share_run", "end_share_of_run"),
}

PEOPLE = {
    "owner": (Role.IMPORTER, ANYBODY | UPLOADERS | SEEN | CHANGED | OWN),
    "admin": (Role.ADMIN, ANYBODY | UPLOADERS | SEEN | CHANGED | OWN),
    "shared_importer": (Role.IMPORTER, ANYBODY | UPLOADERS | SEEN | CHANGED),
    "shared_viewer": (Role.VIEWER, ANYBODY | SEEN),
    "strange_importer": (Role.IMPORTER, ANYBODY | UPLOADERS),
    "strange_viewer": (Role.VIEWER, ANYBODY),
}
"""Each kind of person: their role, and what they may ask for."""

STRANGERS = {"strange_importer", "strange_viewer"}
NOT_THERE = str(NotThere())


@pytest.fixture
def asked(web):
    """An upload of the owner with a run, shared with two; a program for each kind of person."""
    found = {}
    for name, (role, _) in PEOPLE.items():
        web.add(name, role, password=None)
        found[name] = Program(web.url, tokens.add(web.site.store, ADMIN, name, "t"))
    done = begun(web.site, "owner")
    for name in ("shared_importer", "shared_viewer"):
        sharing.share(web.site.store, ADMIN, done["upload"], ShareWith.PERSON, name)
    return found, done


def routes(program):
    """Every route of the API: its name, method and address."""
    paths = program.get("/openapi.json")["paths"]
    return [
        (about["operationId"], method.upper(), path.removeprefix("/api"))
        for path, methods in paths.items()
        for method, about in methods.items()
    ]


def filled(path, done):
    """An address with the names of an upload and of its run."""
    names = {"upload": done["upload"], "run": done["run"], "number": 1, "template": "atlas"}
    return path.format(**names)


def unreadable(method):
    """A body that no route can read: who gets that far has been let in, and has done nothing."""
    kind = {"Content-Type": "application/json"}
    return {"data": b"{", "headers": kind} if method == "POST" else {}


def verdict(answer):
    """What an answer says of who has asked."""
    if answer.status_code == 404 and answer.json()["error"]["message"] == NOT_THERE:
        return "not there"
    return {401: "unknown", 403: "refused"}.get(answer.status_code, "let in")


def expected(person, route):
    """What a kind of person is told by a route."""
    if route in PEOPLE[person][1]:
        return "let in"
    about_one = route in SEEN | CHANGED | OWN
    return "not there" if about_one and person in STRANGERS else "refused"


def test_every_route_asks_first_who_may_come(asked):
    """Owner, admin, those it is shared with, strangers: what they may not see is not there."""
    programs, done = asked
    every = routes(programs["admin"])
    assert {name for name, _, _ in every} == ANYBODY | UPLOADERS | SEEN | CHANGED | OWN
    last_to_ask = ["strange_viewer", "strange_importer", "shared_viewer", "shared_importer"]
    for person in (*last_to_ask, "admin", "owner"):
        for name, method, path in every:
            answer = programs[person].ask(method, filled(path, done), **unreadable(method))
            assert verdict(answer) == expected(person, name), (person, name, answer.text)


def test_nobody_and_wrong_tokens_are_let_in_nowhere(web, asked):
    """Without a token, with a wrong or a revoked one: 401 everywhere, for the document too."""
    programs, done = asked
    every = [*routes(programs["admin"]), ("document", "GET", "/openapi.json")]
    store = web.site.store
    gone = Program(web.url, tokens.add(store, ADMIN, "admin", "gone"))
    tokens.revoke(store, ADMIN, "admin", "gone")
    for program in (Program(web.url, ""), Program(web.url, "imp_wrong"), gone):
        for name, method, path in every:
            answer = program.ask(method, filled(path, done), **unreadable(method))
            assert answer.status_code == 401, (name, answer.text)
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            assert answer.json()["error"]["status"] == 401


def test_lists_have_only_what_one_may_see(asked):
    """Uploads and runs: all for an admin, one's own and those shared for others."""
    programs, done = asked
    for person, program in programs.items():
        uploads = [one["upload"] for one in program.get("/uploads")["uploads"]]
        runs = [one["run"] for one in program.get("/runs")["runs"]]
        assert bool(program.ask("GET", f"/uploads/{done['upload']}")) == bool(uploads)
        seen = person not in STRANGERS
        assert (uploads, runs) == (([done["upload"]], [done["run"]]) if seen else ([], [])), person


def test_a_browser_needs_the_token_of_its_page_for_all_but_get(web, ida):
    """With the page's session a GET is enough; a post without its token does nothing."""
    name = ida.upload(*MISTAKEN)
    browser = web.signed_in("ida")
    address = f"/api/uploads/{name}"
    assert browser.get(address).json()["owner"] == "ida"
    to = f"{web.url}{address}/plan"
    bare = browser.session.post(to, headers={"Origin": web.url}, timeout=60)
    assert bare.status_code == 403
    assert ida.get(f"/uploads/{name}")["state"] == "checked"
    headers = {"Origin": web.url, "X-CSRF-Token": browser.token()}
    assert browser.session.post(to, headers=headers, timeout=60).status_code == 202
    elsewhere = {**headers, "Origin": "http://elsewhere.example"}
    assert browser.session.post(to, headers=elsewhere, timeout=60).status_code == 403


def test_a_token_does_not_open_pages(web, ida):
    """A token is for the API only."""
    headers = {"Authorization": f"Bearer {ida.token}"}
    answer = requests.get(web.url + "/account", headers=headers, allow_redirects=False, timeout=60)
    assert answer.status_code == 303
