"""A body that does not come is waited for only so long; one that comes slowly, by its size."""

import io
import socket
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from importer.people import Role, tokens
from importer.web.security.body_limit import FORM
from importer.web.security.body_time import Patience
from tests.web.api.programs import ADMIN
from tests.web.served import PATIENCE, serving

IMPATIENT = Patience(seconds=0.1)
FORM_KIND = "application/x-www-form-urlencoded"


@pytest.fixture
def web(home):
    """A page that waits for nobody."""
    with serving(patience=IMPATIENT) as served:
        served.add("ida", Role.IMPORTER, password=None)
        yield served


def begun(web, path, key, value, kind=FORM_KIND, size=1000):
    """Begin to post a body, send one byte of it, and return all that is answered."""
    where = urlsplit(web.url)
    lines = (
        f"POST {path} HTTP/1.1",
        f"Host: {where.netloc}",
        f"Origin: {web.url}",
        f"{key}: {value}",
        f"Content-Type: {kind}",
        f"Content-Length: {size}",
        "",
        "-",
    )
    with closing(socket.create_connection((where.hostname, where.port), PATIENCE)) as made:
        made.sendall("\r\n".join(lines).encode())
        return b"".join(iter(lambda: made.recv(10_000), b"")).decode()  # until it is closed


def cookie(web):
    kept = web.signed_in("ida").session.cookies
    return "; ".join(f"{one.name}={one.value}" for one in kept)


@pytest.mark.parametrize("path", ["/account/tokens", "/uploads"])
@pytest.mark.parametrize("kind", [FORM_KIND, "multipart/form-data; boundary=b"])
def test_a_form_that_does_not_come_is_refused_and_its_connection_closed(web, path, kind):
    said = begun(web, path, "Cookie", cookie(web), kind)
    assert said.startswith("HTTP/1.1 408 ")
    assert "This took too long" in said
    assert "came too slowly, so nothing was done" in said


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=b"])
def test_a_program_is_told_in_json(web, kind):
    name = web.site.uploads.receive("ida", [("a.csv", io.BytesIO(b"x"))]).name
    path = f"/api/uploads/{name}/fixes" if kind == "application/json" else "/api/uploads"
    key = tokens.add(web.site.store, ADMIN, "ida", "slow")
    said = begun(web, path, "Authorization", f"Bearer {key}", kind)
    assert said.startswith("HTTP/1.1 408 ")
    assert '"status":408' in said


def test_what_is_too_large_and_does_not_come_is_read_no_longer(web):
    said = begun(web, "/account/tokens", "Cookie", cookie(web), size=FORM + 1)
    assert said.startswith("HTTP/1.1 408 ")


@pytest.mark.parametrize(
    ("waited", "came", "left"),
    [
        (0, 0, 30),
        (10, 0, 20),
        (30, 0, 0),
        (30, 100_000, 10),
        (30, 10**9, 30),
        (50, 100_000, -10),
    ],
)
def test_whoever_has_sent_much_may_take_longer_for_it(waited, came, left):
    assert Patience(seconds=30, rate=10_000).left(waited, came) == left
