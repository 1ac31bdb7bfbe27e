"""Jobs on the page: an admin sees when each is due, and what came of its passes."""

import pytest

from importer.people import Role
from tests.jobs.night import Night
from tests.web.served import serving


@pytest.fixture
def nights(home):
    """A job that has run three times: with two terms, with nothing new, with three."""
    with Night(home, 'schedule = "0 3 * * *"') as made:
        made.drop("a.xlsx", "Margin", "Cost")
        made.run()
        made.run()
        made.drop("a.xlsx", "Margin", "Cost", "Price")
        made.run()
        yield made


@pytest.fixture
def ann(nights):
    """An admin at the page of that server."""
    with serving(nights.file) as served:
        served.add("ann", Role.ADMIN, password=None)
        yield served.signed_in("ann")


def test_the_jobs_are_listed_with_when_they_are_due_and_how_they_ended(ann):
    page = ann.get("/jobs").text
    assert 'href="/jobs/glossary"' in page
    assert "T03:00:00Z" in page
    assert "imported" in page


def test_a_job_shows_its_passes_each_against_the_one_before(ann, nights):
    page = ann.get("/jobs/glossary").text
    assert page.count("<tr>") == 1 + 3
    assert "nothing new" in page
    assert ">+1<" in page, "one row more than before"
    for run in nights.runs():
        assert f'href="/runs/{run.name}"' in page
    assert "<svg" in page
    older = ann.get(f"/jobs/glossary?before={nights.passes()[0].no}").text
    assert older.count("<tr>") == 1 + 2
    assert ann.get("/jobs/other").status_code == 404


def test_without_jobs_the_page_says_how_one_is_made(home):
    with serving() as served:
        served.add("ann", Role.ADMIN, password=None)
        page = served.signed_in("ann").get("/jobs").text
    assert "[jobs.NAME]" in page
