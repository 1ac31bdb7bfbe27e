"""A run of the command line that the guard held in part: an admin approves it on its page."""

import pytest

from importer.options import Options, ReportTo
from importer.pipeline.request import ImportRequest
from importer.pipeline.run import run
from importer.session import Connector
from tests.uploads.test_importing import until

MANY = 12


def imported(web, home, seats):
    """The name of a run of the command line that states so many seats for each building."""
    rows = [f"b{number:02},Europe/Berlin,{seats}" for number in range(MANY)]
    file = home / "Buildings.csv"
    file.write_text("\n".join(["Building,Timezone,Seats", *rows, ""]))
    session = web.site.session
    with Connector(session.settings, "sandbox") as connect:
        request = ImportRequest([file], connect.options(Options()), "sandbox", connect)
        return run(request, journal=session.journal, report=ReportTo(wanted=False)).run


@pytest.fixture
def held(web, home):
    imported(web, home, 5)
    return imported(web, home, 6)


def test_an_admin_sees_what_is_held_types_the_number_and_it_is_sent(web, held):
    ann = web.signed_in("ann")
    page = ann.get(f"/runs/{held}").text
    assert f"{MANY} rows are held" in page
    assert '<del class="old">5</del>' in page
    for typed in ("", "all", str(MANY - 1)):
        refused = ann.post(f"/runs/{held}/approve", release=typed)
        assert (refused.status_code, f"Type {MANY}" in refused.text) == (422, True)
    assert web.site.uploads.run(held).counts == {"held": MANY}
    answer = ann.post(f"/runs/{held}/approve", release=str(MANY))
    assert answer.headers["Location"] == f"/runs/{held}"
    assert until(lambda: web.site.uploads.run(held).counts == {"updated": MANY})
    page = ann.get(f"/runs/{held}").text
    assert f"ann approved {MANY} held rows." in page
    assert "rows are held" not in page


def test_who_may_not_see_a_run_cannot_approve_it(web, held):
    refused = web.signed_in("ida").post(f"/runs/{held}/approve", release=str(MANY))
    assert refused.status_code == 404
    assert web.site.uploads.run(held).counts == {"held": MANY}
