"""`importer serve` as a process of its own, its people, and a target that can be made to wait."""

import os
import signal
import tempfile
from contextlib import ExitStack, suppress

from sqlalchemy import select

from importer import sandbox
from importer.journal.process import Process
from importer.journal.serialize import unpack
from importer.journal.upload_tables import UPLOADS
from importer.people import By, Role, Visitor, accounts
from importer.session import open_session
from tests.cli.gate import Gate
from tests.cli.process import environment
from tests.forked import Forked

PASSWORD = "correct horse battery"
PEOPLE = {"ann": Role.ADMIN, "ida": Role.IMPORTER, "ben": Role.IMPORTER, "vic": Role.VIEWER}
REAL = {"IMPORTER_TARGETS": '{"atlan": {"system": "atlan", "landing": 0}}', "ATLAN_API_KEY": "any"}
ADMIN = Visitor("tests", Role.ADMIN, By.TERMINAL)


class PageServer:
    """A page that is served by a process, which can be killed and started again at its port."""

    def __init__(self, port=0, **settings):
        self._settings = settings
        self._said = tempfile.TemporaryFile("w+")  # noqa: SIM115 - a pipe would block
        self.start(port)

    def start(self, port):
        """Start the process; its first line says where it is."""
        variables = environment(**self._settings)
        words = ("serve", "--port", port)
        self._process = Forked("importer", *words, env=variables, stderr=self._said.fileno())
        self.link = self._process.stdout.readline().strip()
        self.url = self.link.partition("/link/")[0]

    def kill(self):
        """End it and what works for it at once, as a power cut does."""
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()  # what goes on holds the other end
        for pid in working():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def said(self):
        """What was said on stderr; it is not kept any longer."""
        with self._said as kept:
            kept.seek(0)
            return kept.read()

    def again(self):
        """Start it again where it was."""
        self.start(self.url.rpartition(":")[2])


def working():
    """The processes that work on an upload; they go on without the server."""
    with open_session(None) as session, session.journal.store.reading() as connection:
        holders = connection.execute(select(UPLOADS.c.holder)).scalars().all()
    return [Process(**unpack(one)).pid for one in holders if one]


class Target:
    """A stand-in for Atlan that keeps what it is sent, behind a gate after the first batches."""

    def __init__(self, free):
        self._open = ExitStack()
        self._box = self._open.enter_context(sandbox.start(record=True))
        self.gate = self._open.enter_context(Gate(self._box.url, free))
        self.settings = {**REAL, "ATLAN_BASE_URL": self.gate.url}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._open.close()

    def sent(self):
        """The name of each thing that it was sent, as often as it was."""
        bulks = [one for one in self._box.requests if one.path.endswith("/entity/bulk")]
        entities = [each for one in bulks for each in (one.body or {}).get("entities", [])]
        return sorted(each["attributes"]["name"] for each in entities)


def add_people():
    """Add one person of each role, and a second importer; only one has a password."""
    with open_session(None) as session:
        for name, role in PEOPLE.items():
            password = PASSWORD if name == "ida" else None
            accounts.add(session.journal.store, ADMIN, name, role, password)
