"""Who may see and do what: signing in, what a viewer gets, sign-ins that end, what is held back."""

import pytest

from importer.journal.people_tables import SIGN_INS
from importer.session import open_session
from tests.uploads.lists import glossary, terms
from tests.web.browser.server import PASSWORD

pytestmark = pytest.mark.slow(25)
ALL = [[f"Term {number}", "As it was."] for number in range(12)]


def put(folder, file):
    """Put a file where a browser can choose it."""
    name, content = file
    (folder / name).write_bytes(content)
    return folder / name


def end_all_sign_ins():
    """Let every sign-in be as old as if nobody had been here since 1970."""
    with open_session(None) as session, session.journal.store.writing() as connection:
        connection.execute(SIGN_INS.update().values(seen=0, began=0))


def test_a_sign_in_that_has_ended_loses_nothing_and_leads_back(serve, window, tmp_path):
    server = serve()
    ida = window(server, "")
    ida.open("/runs")
    sign_in(ida, "incorrect horse")
    ida.page.get_by_role("alert").wait_for()
    ida.looks("sign-in-refused")
    sign_in(ida, PASSWORD)
    ida.sees("History")
    ida.looks("history-empty")
    ida.upload(put(tmp_path, glossary(["Margin", "Verfied"])))
    ida.reads("1 cannot be imported")
    end_all_sign_ins()
    ida.edit("Terms!C2")
    ida.type("VERIFIED")
    ida.keys("Enter")
    ida.refused("You are not signed in")
    ida.looks("cell-after-the-end")
    ida.keys("Escape")
    findings = ida.path
    ida.press("Take VERIFIED")
    ida.reads("Sign in, then repeat it")
    ida.looks("ended")
    ida.open(findings)
    sign_in(ida, PASSWORD)
    ida.press("Take VERIFIED")
    ida.reads("nothing is wrong with them")
    ida.press("Sign out")
    ida.sees("Sign in")


def sign_in(window, password):
    """Sign in by the form."""
    window.fill("Name", "ida")
    window.fill("Password", password)
    window.press("Sign in")


def test_a_viewer_gets_what_is_shared_and_only_an_admin_releases_what_is_held(
    serve, window, tmp_path
):
    server = serve()
    ida, vic, ann = window(server), window(server, "vic"), window(server, "ann")
    ida.upload(put(tmp_path, terms(*ALL)))
    ida.press("Plan the import")
    ida.press("Import 13 rows")
    ida.sees("is imported")
    ida.upload(put(tmp_path, terms(*[[name, "As it is now."] for name, _ in ALL])))
    nothing_for(vic, ida.path)

    ida.press("Plan the import")
    ida.reads("12 held rows are not sent")
    ida.looks("held")
    ida.open(ida.path.removesuffix("/plan") + "/sharing")
    ida.fill("Name", "vic")
    ida.press("Share")
    ida.reads("It is shared with vic.")
    vic.open()
    vic.looks("shared-with")
    vic.follow("glossary.xlsx")
    vic.sees("12 rows change")
    assert vic.buttons() == ["Sign out"]
    vic.looks("plan-of-others")

    ann.open(vic.path)
    ann.fill_release("11")
    ann.reads("12")
    ann.page.locator(".field-wrong").wait_for()
    ann.looks("release-refused")
    ann.fill_release("12")
    ann.sees("is imported")
    ann.looks("released")
    ann.open("/audit")
    ann.reads("released")
    ann.looks("audit")


def nothing_for(vic, path):
    """A viewer finds nothing, neither listed nor by its address, and no place to upload."""
    vic.open()
    vic.reads("Nothing is shared with you yet")
    for address in (path, "/people", "/audit"):
        vic.open(address)
        vic.reads("404")
    vic.looks("refused")
