"""Faults over raw HTTP: what a client sees of each, and whether the request was carried out."""

import email.utils
import itertools
import sqlite3
import time
from contextlib import closing

import pytest
import requests

from importer import sandbox
from importer.sandbox.faults import FAULTS, FaultsError, load_faults

BULK = "/api/meta/entity/bulk"
ASSETS = "/api/v2/assets/bulk"
HEADERS = {"Authorization": "Bearer any", "X-Trebellar-Api-Key": "any"}
SEARCH = {"dsl": {"query": {"term": {"__typeName.keyword": "AtlasGlossary"}}}, "attributes": []}


@pytest.fixture
def started(tmp_path):
    """Starts a sandbox that misbehaves as a file says; answers what asks it."""
    running = []

    def start(text):
        path = tmp_path / "faults.toml"
        path.write_text(text)
        running.append(sandbox.start(record=True, faults=load_faults(path)))
        return Client(running[-1])

    yield start
    for one in running:
        one.close()


def glossary(name):
    attributes = {"name": name, "qualifiedName": name}
    return {"entities": [{"typeName": "AtlasGlossary", "guid": "-1", "attributes": attributes}]}


class Client:
    def __init__(self, running):
        self.running = running
        self._names = itertools.count()

    def post(self, body=None, path=BULK, timeout=10):
        """The answer, or the exception that took its place; by default it makes a glossary."""
        body = body or glossary(f"G{next(self._names)}")
        try:
            return requests.post(
                self.running.url + path, json=body, headers=HEADERS, timeout=timeout
            )
        except requests.RequestException as error:
            return error

    def found(self):
        """How many glossaries a search finds."""
        answer = self.post(SEARCH, "/api/meta/search/indexsearch")
        return len(answer.json().get("entities", ()))

    def saved(self):
        """How many glossaries there are, faults or not."""
        with closing(sqlite3.connect(self.running.database)) as database:
            return database.execute("SELECT count(*) FROM entity").fetchone()[0]

    def log(self):
        return [(one.fault, one.carried_out) for one in self.running.requests]


def rule(fault, **keys):
    lines = [f"{key} = {value}" for key, value in keys.items()]
    return "\n".join(["[[faults]]", f'fault = "{fault}"', 'method = "POST"', *lines])


STATUSES = {
    "429": ("too_many_requests", {}, 429, 0),
    "an error before": ("error_before", {}, 500, 0),
    "another status": ("error_before", {"status": 503}, 503, 0),
    "an error after": ("error_after", {}, 500, 1),
    "an empty 400": ("empty_400", {}, 400, 0),
    "an expired token": ("expired", {}, 401, 0),
    "a page": ("html", {}, 200, 0),
    "a page after all": ("html", {"carried_out": "true", "status": 502}, 502, 1),
    "a delay": ("delay", {"seconds": 0.01}, 200, 1),
}


@pytest.mark.parametrize(("fault", "keys", "status", "saved"), STATUSES.values(), ids=STATUSES)
def test_an_answer_has_its_status_and_is_true_or_not(started, fault, keys, status, saved):
    client = started(rule(fault, at=[1], **keys))
    assert client.post().status_code == status
    assert client.saved() == saved
    assert client.log() == [(fault, bool(saved))]
    assert client.post().status_code == 200
    assert client.log()[1:] == [(None, True)]


BROKEN = (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)
CUT = {"closed_before": 0, "closed_after": 1, "half": 1}


@pytest.mark.parametrize(("fault", "saved"), CUT.items())
def test_a_connection_is_closed_before_the_whole_answer_came(started, fault, saved):
    client = started(rule(fault, at=[1]))
    assert isinstance(
        client.post(), requests.ConnectionError | requests.exceptions.ChunkedEncodingError
    )
    assert client.saved() == saved
    assert client.log() == [(fault, bool(saved))]


def test_a_late_answer_comes_after_the_client_has_gone(started):
    client = started(rule("late", at=[1], seconds=60))
    assert isinstance(client.post(timeout=0.2), requests.ReadTimeout)
    assert client.saved() == 1


def test_a_late_answer_is_the_true_one(started):
    client = started(rule("late", seconds=0.01))
    assert client.post().json()["mutatedEntities"]["CREATE"]


@pytest.mark.parametrize(
    ("asked", "header"),
    [('""', None), ("7", "7"), ("86400", "86400"), ('"absurd"', "soon, perhaps")],
)
def test_a_429_may_have_a_retry_after(started, asked, header):
    client = started(rule("too_many_requests", retry_after=asked))
    assert client.post().headers.get("Retry-After") == header


def test_a_429_may_name_a_date(started):
    client = started(rule("too_many_requests", retry_after='"date"'))
    date = email.utils.parsedate_to_datetime(client.post().headers["Retry-After"])
    assert abs(date.timestamp() - time.time()) < 60


def test_an_expired_token_is_refused_for_good(started):
    client = started('[[faults]]\nfault = "expired"\nafter = 1')
    assert [client.post().status_code for _ in range(3)] == [200, 401, 401]
    assert client.post(SEARCH, "/api/meta/search/indexsearch").status_code == 401


def test_a_search_does_not_find_at_once_what_was_created(started):
    path = f'"{BULK}"'
    long = rule("lagging_index", path=path, at=[1], seconds=60)
    client = started(f"{long}\n{rule('lagging_index', path=path, at=[2], seconds=0)}")
    guid = client.post().json()["mutatedEntities"]["CREATE"][0]["guid"]
    url = f"{client.running.url}/api/meta/entity/guid/{guid}"
    assert requests.get(url, headers=HEADERS, timeout=10).status_code == 200
    assert client.found() == 0
    client.post()
    assert client.found() == 1
    assert client.saved() == 2


def test_a_search_of_apache_atlas_does_not_find_it_either(started):
    client = started(rule("lagging_index", path='"*/entity/bulk"', seconds=60))
    search = "/api/atlas/v2/search/basic"
    assert client.post(path="/api/atlas/v2/entity/bulk").status_code == 200
    assert "entities" not in client.post({"typeName": "AtlasGlossary"}, search).json()
    refused = client.post({"typeName": "none"}, search)
    assert (refused.status_code, refused.json()["errorCode"]) == (400, "ATLAS-400-00-00A")


def test_a_rule_means_only_the_requests_it_names(started):
    client = started(rule("empty_400", path='"/api/v2/*"'))
    assert client.post().status_code == 200
    assert client.post({"operations": []}, ASSETS).status_code == 400


def test_a_rule_strikes_after_so_many_and_at_most_so_often(started):
    client = started(rule("empty_400", after=1, times=2))
    assert [client.post().status_code for _ in range(5)] == [200, 400, 400, 200, 200]


def test_the_first_rule_that_strikes_wins_and_all_are_counted(started):
    client = started(rule("empty_400", at=[2]) + "\n" + rule("expired", at=[2, 3]))
    assert [client.post().status_code for _ in range(4)] == [200, 400, 401, 200]


def test_the_same_file_strikes_the_same_requests(started):
    """A share of them, by dice of its own for each rule."""
    text = "seed = 4\n" + rule("empty_400", share=0.5)
    said = [
        [client.post().status_code for _ in range(20)] for client in (started(text), started(text))
    ]
    assert said[0] == said[1]
    assert 4 < said[0].count(400) < 16


def test_two_requests_at_once_do_not_wait_for_each_other(started):
    """The one is late, the other is answered meanwhile."""
    client = started(rule("late", at=[1], seconds=60))
    client.post(timeout=0.05)
    assert client.post().status_code == 200


WRONG = {
    "no such fault": ('[[faults]]\nfault = "nap"', r"faults, number 1: fault: there is no such"),
    "no fault": ("[[faults]]\nshare = 1", "faults, number 1: fault: there is no such"),
    "no such key": (rule("half", seconds=1), "number 1: seconds: half has no such key"),
    "no such share": (rule("half", share=2), "number 1: share: `2` cannot be used"),
    "another kind": (rule("late", seconds='"x"'), "number 1: seconds: `x` cannot be used"),
    "two times": (
        rule("half") + "\n" + rule("half", at=[1], after=2),
        "number 2: after: say either",
    ),
    "no seed": ("seed = 'x'", "seed: a file has a whole number"),
    "no list": ("faults = 1", "faults: a file has"),
    "no such word": ("fault = 1", "fault: a file has"),
    "no TOML": ("= 1", "Invalid"),
}


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG)
def test_a_mistake_in_a_file_is_reported_by_rule_and_key(tmp_path, text, words):
    path = tmp_path / "faults.toml"
    path.write_text(text)
    with pytest.raises(FaultsError, match=words) as error:
        load_faults(path)
    assert str(error.value).startswith(f"{path}: ")


def test_there_is_no_file(tmp_path):
    with pytest.raises(FaultsError, match="No such file"):
        load_faults(tmp_path / "none.toml")


def test_every_fault_is_tried_here():
    tried = {fault for fault, *_ in STATUSES.values()} | CUT.keys() | {"late", "lagging_index"}
    assert tried == FAULTS.keys()
