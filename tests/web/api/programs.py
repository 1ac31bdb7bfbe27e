"""What a program does with a token, and the files that it uploads."""

import io
import time
from dataclasses import dataclass

import requests

from importer.people import By, Visitor
from tests.uploads.desk import text

DEADLINE = 120
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
        """The answer to a request, whatever it is."""
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

    def delete(self, path, **query):
        """The JSON of a DELETE that must succeed."""
        return self._fine(self.ask("DELETE", path, params=query))

    def refused(self, status, method, path, **more):
        """The error of a request that must be refused with a status."""
        answer = self.ask(method, path, **more)
        assert answer.status_code == status, (answer.status_code, answer.text)
        return answer.json()["error"]

    def upload(self, *files, **chosen):
        """The name of an upload that is checked."""
        return self.until(self.sent(*files, **chosen))["upload"]

    def sent(self, *files, **chosen):
        """The name of an upload that is not checked yet."""
        parts = [("files", (name, io.BytesIO(content))) for name, content in files]
        return self._fine(self.ask("POST", "/uploads", files=parts, data=chosen))["upload"]

    def until(self, name):
        """Wait until nothing works on an upload; it as it is then."""
        deadline = time.monotonic() + DEADLINE
        while True:
            found = self.get(f"/uploads/{name}")
            if not found["busy"]:
                return found
            assert time.monotonic() < deadline, found
            time.sleep(0.02)

    def imported(self, *files):
        """An upload that is imported."""
        name = self.upload(*files)
        self.post(f"/uploads/{name}/plan")
        self.until(name)
        self.post(f"/uploads/{name}/import")
        return self.until(name)

    def _fine(self, answer):
        assert answer.ok, (answer.status_code, answer.text)
        return answer.json()
