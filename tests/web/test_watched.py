"""Probes are answered to anybody and say nothing; figures are for this machine or for admins."""

import pytest

from importer.people import By, Visitor, tokens
from tests.web.conftest import PEOPLE
from tests.web.served import serving


def token(web, name):
    return tokens.add(web.site.store, Visitor(name, PEOPLE[name], By.SESSION), name, "watch")


def metrics(web, name=""):
    headers = {"Authorization": f"Bearer {token(web, name)}"} if name else {}
    return web.browser().get("/metrics", headers=headers, allow_redirects=False)


@pytest.fixture
def public(home):
    """A page that others than this machine reach."""
    with serving(local=False) as served:
        for name, role in PEOPLE.items():
            served.add(name, role, password=None)
        yield served


def test_probes_are_answered_to_anybody_by_any_name(web):
    for path, said in (("/healthz", "ok\n"), ("/readyz", "ready\n")):
        answer = web.browser().get(path, headers={"Host": "10.1.2.3:8650"}, allow_redirects=False)
        assert (answer.status_code, answer.text) == (200, said)


def test_a_page_with_a_journal_of_another_version_lives_and_is_not_ready(web):
    with web.site.store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    asked = [web.browser().get(path) for path in ("/healthz", "/readyz")]
    assert [one.status_code for one in asked] == [200, 503]
    assert asked[1].text == "not ready\n"


def test_this_machine_reads_the_metrics_where_nobody_else_reaches_the_page(web):
    answer = metrics(web)
    assert answer.status_code == 200
    assert "importer_waiting_tasks" in answer.text


def test_metrics_are_refused_by_another_name(web):
    answer = web.browser().get("/metrics", headers={"Host": "evil.example"})
    assert answer.status_code == 421


def test_where_others_reach_the_page_only_an_admins_token_reads_the_metrics(public):
    assert [metrics(public, name).status_code for name in ("", "vic", "ida", "ann")] == [
        401,
        403,
        403,
        200,
    ]


def test_a_wrong_token_reads_nothing(public):
    headers = {"Authorization": "Bearer imp_wrong"}
    assert public.browser().get("/metrics", headers=headers).status_code == 401
