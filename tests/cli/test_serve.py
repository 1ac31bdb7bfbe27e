"""`importer serve` as a process: its first line, its end, several workers, what it refuses."""

import os
import signal
import socket
import subprocess

import pytest
import requests

from importer.people import Role, accounts, links
from importer.people.links import system_account
from importer.session import open_session
from importer.visitor import By
from tests.cli.process import COMMAND, environment
from tests.forked import Forked

pytestmark = pytest.mark.slow(6)
ENDED = [([], signal.SIGTERM), (["--workers", "2"], signal.SIGINT)]


class Serving:
    """A server in a process group of its own, and the first line that it printed."""

    def __init__(self, *args, **more):
        command = [*COMMAND, "serve", "--port", "0", *map(str, args)]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(**more),
            start_new_session=True,
        )
        self.line = self.process.stdout.readline().strip()
        self.url = self.line.partition("/link/")[0]

    def end(self, number=signal.SIGTERM):
        """Send a signal; return the exit status and what was said."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=150)
        return self.process.returncode, said


class ForkedServing:
    """A server that is forked, and the first line that it printed: its start is spared."""

    def __init__(self, *args, **more):
        words = ("serve", "--port", "0", *args)
        self.process = Forked("importer", *words, stderr=None, env=environment(**more))
        self.line = self.process.stdout.readline().strip()
        self.url = self.line.partition("/link/")[0]

    def end(self):
        """End it; return the exit status."""
        self.process.terminate()
        with self.process as ended:
            return ended.wait(150)


@pytest.fixture
def serve():
    """Start servers that end with the test."""
    started = []

    def start(*args, **more):
        started.append(Serving(*args, **more))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            os.killpg(one.process.pid, signal.SIGKILL)
            one.process.communicate()


@pytest.fixture
def serve_forked():
    """Start servers that are forked, and end with the test."""
    started = []

    def start(*args, **more):
        started.append(ForkedServing(*args, **more))
        return started[-1]

    yield start
    for one in started:
        one.end()


@pytest.mark.parametrize(("workers", "number"), ENDED, ids=["one", "two"])
def test_the_first_line_opens_the_page_and_a_signal_ends_it(serve, workers, number):
    server = serve(*workers)
    session = requests.Session()
    assert "with a one-time link" not in session.get(server.line, timeout=150).text
    for _ in range(8):  # whichever process answers
        page = requests.get(f"{server.url}/account", cookies=session.cookies, timeout=150)
        assert "with a one-time link" in page.text
    session.close()
    status, said = server.end(number)
    assert (status, "Traceback" in said) == (0, False)


def test_a_server_that_was_killed_is_started_again_and_everybody_is_still_signed_in(serve):
    first = serve("--workers", "2")
    port = first.url.rpartition(":")[2]
    session = requests.Session()
    session.get(first.line, timeout=150)
    first.process.kill()
    first.process.communicate(timeout=150)  # its workers end with it: they hold its streams
    second = serve("--port", port)
    assert "with a one-time link" in session.get(f"{second.url}/account", timeout=150).text


def test_a_new_link_is_for_the_server_that_runs(serve_forked, importer):
    server = serve_forked()
    requests.get(server.line, timeout=150)
    printed = importer("serve", "--link").out.strip()
    assert printed.startswith(f"{server.url}/link/")
    assert requests.get(printed, timeout=150).url == f"{server.url}/"
    server.end()
    after = importer("serve", "--link")
    assert (after.status, "No page is being served" in after.err) == (2, True)


REFUSED = {
    "others without encryption": (["--host", "0.0.0.0"], "--certificate, --key"),
    "a certificate without its key": (["--certificate", "x.pem"], "go together"),
    "files that are none": (["--certificate", "x.pem", "--key", "y.pem"], "cannot be used"),
}


@pytest.mark.parametrize(("args", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_served_is_refused_with_the_way_out(importer, args, words):
    ended = importer("serve", "--port", "0", *args)
    assert (ended.status, words in ended.err, ended.out) == (2, True, "")


def test_a_port_that_is_taken_is_said(home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with Forked("importer", "serve", "--port", port) as process:
            _, said = process.communicate()
    assert (process.returncode, f"port {port}" in said) == (2, True)


def test_with_a_certificate_it_is_encrypted_and_has_no_link(serve_forked, importer, certificate):
    with open_session(None) as session:
        admin = system_account(By.TERMINAL)
        accounts.add(session.journal.store, admin, "ann", Role.ADMIN, PASSWORD)
    chain, key = certificate
    server = serve_forked("--host", "0.0.0.0", "--certificate", chain, "--key", key, **HOSTS)
    port = server.line.rpartition(":")[2]
    assert server.line == f"https://localhost:{port}"
    page = requests.get(f"{server.line}/sign-in", verify=str(chain), timeout=150)
    assert "max-age" in page.headers["Strict-Transport-Security"]
    signed_in = requests.post(
        f"{server.line}/sign-in",
        data={"name": "ann", "password": PASSWORD},
        headers={"Origin": server.line},
        verify=str(chain),
        allow_redirects=False,
        timeout=150,
    )
    cookie = signed_in.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    with pytest.raises(requests.ConnectionError):
        requests.get(server.line.replace("https", "http"), timeout=150)
    refused = importer("serve", "--link")
    assert (refused.status, "sign" in refused.err) == (2, True)
    with open_session(None) as session:
        secret = links.make(session.journal.store)
    opened = requests.get(f"{server.line}/link/{secret}", verify=str(chain), timeout=150)
    assert opened.status_code == 403


PASSWORD = "correct horse battery"
HOSTS = {"IMPORTER_WEB__HOSTS": '["localhost"]'}


@pytest.fixture
def certificate(tmp_path):
    """A certificate of this machine's own for localhost, and its key."""
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(key), "-out", str(chain)]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject, *files]
    subprocess.run(command, check=True, capture_output=True)
    return chain, key
