"""A page that is served, with programs of people of each role: each has a token."""

import io
import time
from dataclasses import dataclass

import pytest
import requests

from importer.people import By, Visitor, tokens
from tests.uploads.desk import text

DEADLINE = 60
ADMIN = Visitor("tests", "admin", By.TERMINAL)

GLOSSARIES = ("Glossaries.csv", text([["Glossary"], ["Finance"]]))
TERMS = text([["Glossary", "Term", "Certificate"], ["Finance", "Margin", "VERIFID"]])
MISTAKEN = [GLOSSARIES, ("Terms.csv", TERMS)]


@dataclass
class Program:
    """What a program does with the token of somebody."""

    url: str
    token: str

    def ask(self, method, path, **more):
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= more.pop("headers", {})
        address = f"{self.url}/api{path}"
        return requests.request(method, address, headers=headers, timeout=60, **more)

    def get(self, path, **query):
        """The JSON of a GET that must succeed."""
        return self._fine(self.ask("GET", path, params=query))

    def post(self, path, **sent):
        """The JSON of a POST that must succeed."""
        return self._fine(self.ask("POST", path, json=sent))

    def upload(self, *files, **chosen):
        """The name of an upload that is checked."""
        parts = [("files", (name, io.BytesIO(content))) for name, content in files]
        made = self._fine(self.ask("POST", "/uploads", files=parts, data=chosen))
        return self.until(made["upload"])["upload"]

    def until(self, name):
        """Wait until nothing works on an upload; it as it is then."""
        deadline = time.monotonic() + DEADLINE
        while True:
            found = self.get(f"/uploads/{name}")
            if not found["busy"]:
                return found
            assert time.monotonic() < deadline, found
            time.sleep(0.02)

    def _fine(self, answer):
        assert answer.ok, (answer.status_code, answer.text)
        return answer.json()


@pytest.fixture
def program(web):
    """Makes the program of somebody."""

    def of(name):
        token = tokens.add(web.site.store, ADMIN, name, f"token {time.monotonic_ns()}")
        return Program(web.url, token)

    return of


@pytest.fixture
def ida(program):
    """The program of ida, an importer."""
    return program("ida")
