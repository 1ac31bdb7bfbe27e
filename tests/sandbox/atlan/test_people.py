"""Users and groups: pages, filters that are understood, and refusals of all others."""

import pytest
import requests


@pytest.fixture
def people(box):
    def get(path, **query):
        headers = {"Authorization": "Bearer any"}
        return requests.get(f"{box.url}/api/service{path}", query, headers=headers, timeout=10)

    return get


FOUND = [
    ({}, ["ann", "ben", "chris"]),
    ({"sort": "-username"}, ["chris", "ben", "ann"]),
    ({"sort": "username", "limit": 1, "offset": 1}, ["ben"]),
    ({"filter": '{"username":"ben"}'}, ["ben"]),
    ({"filter": '{"username":{"$in":["ben","none"]}}'}, ["ben"]),
    ({"filter": '{"email":{"$ilike":"%ANN%"}}'}, ["ann"]),
    ({"filter": '{"email":{"$ilike":"ANN"}}'}, []),
]


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_users_are_found(people, query, expected):
    answer = people("/users", **{"sort": "username", **query}).json()
    assert [one["username"] for one in answer["records"] or []] == expected
    assert answer["totalRecord"] == 3


@pytest.mark.parametrize("path", ["/groups", "/v2/groups"])
def test_groups_are_found(people, path):
    answer = people(path, sort="name").json()
    assert [one["alias"] for one in answer["records"]] == ["Data stewards", "Finance"]
    assert answer["filterRecord"] == 2


REFUSED = [
    {"filter": "{"},
    {"filter": "[]"},
    {"filter": '{"enabled":true}'},
    {"filter": '{"nickname":"x"}'},
    {"filter": '{"username":{"$ne":"ann"}}'},
    {"filter": '{"$or":[{"username":"ann"}]}'},
    {"sort": "enabled"},
    {"limit": "many"},
]


@pytest.mark.parametrize("query", REFUSED)
def test_what_cannot_be_answered_is_refused(people, query):
    answer = people("/users", **query)
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "ATLAS-400-00-01A")
