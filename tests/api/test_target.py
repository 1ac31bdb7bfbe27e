"""A target that a program gives: its key is used, never shown and never kept."""

import traceback
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar

import pytest

from importer import api
from importer.errors import CredentialsRefused

KEY = "a-very-secret-key"


def given(box, **more):
    """The sandbox's server as a target of its own."""
    return api.Target(system="atlan", base_url=box.url, api_key=KEY, name="ours", **more)


class Refusing(BaseHTTPRequestHandler):
    """Refuses every key, and notes it."""

    keys: ClassVar = []

    def do_GET(self):
        """Answer 401."""
        self.keys.append(self.headers["Authorization"])
        self.send_error(401)

    def do_POST(self):
        """Answer the same."""
        self.do_GET()

    def log_message(self, *_):
        """Log nothing."""


def test_a_run_goes_where_the_program_says(box, sheets):
    """Into the address that it gives, under the name that it gives."""
    ran = api.run(sheets, target=given(box))
    assert (ran.target, ran.counts) == ("ours", {"created": 3, "invalid": 1})
    assert any(one.path.endswith("entity/bulk") for one in box.requests)


def test_a_key_that_is_refused_is_named_by_its_keyword(sheets):
    """It was sent as it was given, and is not repeated."""
    with HTTPServer(("127.0.0.1", 0), Refusing) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        target = api.Target(system="atlan", base_url=address, api_key=KEY)
        with pytest.raises(CredentialsRefused, match="Check api_key=") as raised:
            api.plan(sheets, target=target)
        server.shutdown()
    assert set(Refusing.keys) == {f"Bearer {KEY}"}
    assert KEY not in str(raised.value)


def test_a_key_is_in_no_repr_and_in_no_file(box, sheets, home):
    """Not in the target's, the result's, nor in the journal."""
    target = given(box)
    ran = api.run(sheets, target=target)
    assert KEY not in f"{target!r}{target}{ran!r}{ran._repr_html_()}"
    files = [path for path in (home / "state").rglob("*") if path.is_file()]
    assert files
    assert all(KEY.encode() not in path.read_bytes() for path in files)


def test_a_run_is_undone_with_the_target_given_again(box, sheets):
    """Its name is in the journal, and its key is not."""
    ran = api.run(sheets, target=given(box))
    with pytest.raises(api.ImporterError, match="no target called ours"):
        api.undo(ran.run)
    assert api.undo(ran.run, target=given(box)).counts["deleted"] == 3


def test_a_run_is_not_resumed_in_another_target(box, sheets):
    """Else its rows would be made twice: here, and there."""

    def stop(progress):
        if progress.stage == "Sending":
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        api.run(sheets, target=given(box), progress=stop)
    [run] = api.runs()["run"]
    other = api.Target(system="atlan", base_url="http://127.0.0.1:9", api_key=KEY, name="ours")
    with pytest.raises(api.ImporterError, match=r"127\.0\.0\.1:9 now"):
        api.resume(run, target=other)
    assert api.resume(run, target=given(box)).counts["created"] == 3


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"system": "atlan", "base_url": "https://a"}, "needs api_key="),
        ({"system": "atlan", "base_url": f"https://me:{KEY}@a"}, "holds a user name or a password"),
        ({"system": "atlan", "api_key": KEY}, "needs base_url="),
        ({"system": "atlas9", "api_key": KEY, "base_url": "https://a"}, "no known system"),
        ({"system": "sandbox", "api_key": KEY}, 'give target="sandbox"'),
        ({"system": "atlan", "api_key": KEY, "base_url": "http://a.example"}, "without encryption"),
        ({"system": "atlan", "api_key": KEY, "base_url": "https://a", "rate": 0}, "rate="),
    ],
)
def test_what_cannot_be_a_target_is_refused_without_its_key(fields, words, sheets):
    """In words, wherever it is noticed."""
    with pytest.raises(api.ImporterError) as raised:
        api.check(sheets, target=api.Target(**fields))
    assert words in str(raised.value)
    assert KEY not in "".join(traceback.format_exception(raised.value))
    assert "--" not in str(raised.value)
