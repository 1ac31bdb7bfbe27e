"""A sandbox for each module, and a small client for each of its APIs.

With ATLAS_TEST_URL (user and password `admin`) the tests of tests/sandbox/atlas talk to that Apache
Atlas instead, so that it and not our reading says whether they are right; `python -m tests.atlas`
starts one.
"""

import json
import os
import sqlite3
import time
from contextlib import closing

import pytest
import requests

import importer.sandbox as sandbox

JSON = {"Content-Type": "application/json"}


class Api:
    """A raw HTTP client of one API; `<name>` in a body is replaced by what `names` holds."""

    def __init__(self, base, database, headers):
        self.base = base
        self.database = database
        self.session = requests.Session()
        self.session.headers.update(headers)
        self.names = {}

    def send(self, method, path, body=None, **query):
        data = None if body is None else self.named(json.dumps(body))
        url = self.base + self.named(path)
        return self.session.request(method, url, params=query, data=data, timeout=10)

    def ok(self, method, path, body=None, **query):
        answer = self.send(method, path, body, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def named(self, text):
        for name, value in self.names.items():
            text = text.replace(f"<{name}>", value)
        return text

    def stored(self):
        """Everything the database holds."""
        with closing(sqlite3.connect(self.database)) as db:
            tables = ("entity", "relation", "asset", "atlas_entity", "atlas_relationship")
            return [db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables]


class Atlan(Api):
    def save(self, *entities, **query):
        return self.ok("POST", "/entity/bulk", {"entities": entities}, **query)

    def guid(self, entity):
        """Save one entity with a temporary guid; return its real one."""
        return self.save(entity)["guidAssignments"][entity["guid"]]

    def get(self, guid):
        return self.ok("GET", f"/entity/guid/{guid}")["entity"]

    def ends(self, guid, attribute):
        """The guids at a relation, without those of relations that were removed."""
        given = self.get(guid)["relationshipAttributes"][attribute]
        ends = given if isinstance(given, list) else [given] if given else []
        return [end["guid"] for end in ends if end["relationshipStatus"] == "ACTIVE"]

    def find(self, query, **rest):
        dsl = {"query": query, **rest.pop("dsl", {})}
        return self.ok("POST", "/search/indexsearch", {"dsl": dsl, **rest})


class Atlas(Api):
    """Apache Atlas: an entity that is made with the guid `-t` is `t`, and `<t>` in later bodies.

    `<run>` is a text of its own for each module: a real server keeps what it has.
    """

    def save(self, *entities, **rest):
        answer = self.ok("POST", "/entity/bulk", {"entities": entities, **rest})
        for sent, guid in answer["guidAssignments"].items():
            self.names[sent.removeprefix("-")] = guid
        return answer

    def get(self, name):
        return self.ok("GET", f"/entity/guid/<{name}>")["entity"]

    def name(self, guid):
        return next((name for name, known in self.names.items() if known == guid), guid)

    def mutated(self, answer):
        """What an answer names: operation -> the names of the entities."""
        lists = answer.get("mutatedEntities", {}).items()
        return {how: {self.name(one["guid"]) for one in headers} for how, headers in lists}

    def ends(self, name, attribute):
        """The names of the entities at a relation, with `gone` behind those of a removed one."""
        given = self.get(name)["relationshipAttributes"].get(attribute) or []
        ends = given if isinstance(given, list) else [given]
        return sorted(
            self.name(end["guid"]) + (" gone" if end["relationshipStatus"] == "DELETED" else "")
            for end in ends
        )

    def refusal(self, method, path, body=None):
        """Status and error code of a call that is refused; the code of a crash is a text."""
        answer = self.send(method, path, body)
        crashed = answer.text.startswith("There was an error processing your request")
        return answer.status_code, "crash" if crashed else answer.json()["errorCode"]


@pytest.fixture(scope="module")
def box():
    with sandbox.start(record=True) as running:
        yield running


@pytest.fixture(scope="module")
def atlan(box):
    api = Atlan(box.url + "/api/meta", box.database, {"Authorization": "Bearer any"})
    with api.session:
        yield api


@pytest.fixture(scope="module")
def atlas(box):
    """The sandbox, or the real server that ATLAS_TEST_URL names."""
    yield from _atlas(os.environ.get("ATLAS_TEST_URL") or box.url, box)


@pytest.fixture(scope="module")
def box_atlas(box):
    """The sandbox, for what it does in its own way."""
    yield from _atlas(box.url, box)


def _atlas(address, box):
    api = Atlas(f"{address}/api/atlas/v2", box.database, JSON)
    api.session.auth = ("admin", "admin")
    api.names["run"] = f"run{time.time_ns()}"
    with api.session:
        yield api


@pytest.fixture(scope="module")
def trebellar(box):
    api = Api(box.url + "/api/v2/assets", box.database, {"X-Trebellar-Api-Key": "any"})
    with api.session:
        yield api
