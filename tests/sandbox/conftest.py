"""A sandbox for each module, and a small client for each of its APIs."""

import json
import sqlite3
from contextlib import closing

import pytest
import requests

import importer.sandbox as sandbox


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
            tables = ("entity", "relation", "asset")
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
def trebellar(box):
    api = Api(box.url + "/api/v2/assets", box.database, {"X-Trebellar-Api-Key": "any"})
    with api.session:
        yield api
