"""A ping says that a pass has begun, and then its exit status with the three lines."""

import pytest

from importer.notify import Channels, ping_end, ping_start


@pytest.fixture
def channels(receiver, monkeypatch):
    monkeypatch.setenv("CHECK", f"{receiver.url}/uuid/")
    return Channels(ping="CHECK")


def test_the_start_and_the_exit_status_are_told(channels, receiver):
    assert ping_start(channels) == ""
    assert ping_end(channels, 1, "one\ntwo\nthree") == ""
    assert [(one.path, one.body) for one in receiver.got] == [
        ("/uuid/start", b""),
        ("/uuid/1", b"one\ntwo\nthree"),
    ]


def test_a_ping_that_fails_is_said_without_its_address(channels, receiver):
    receiver.answers = [404]
    said = ping_start(channels)
    assert said == "The ping to CHECK failed: it was answered with HTTP 404."


def test_a_variable_that_is_not_set_is_named(receiver):
    assert "CHECK is not set" in ping_start(Channels(ping="CHECK"))
    assert receiver.got == []


def test_without_a_ping_nothing_is_done():
    assert ping_start(Channels()) == ping_end(Channels(), 0, "") == ""


def test_a_query_of_the_address_stays_at_its_end(receiver, monkeypatch):
    monkeypatch.setenv("CHECK", f"{receiver.url}/uuid/?create=1")
    ping_start(Channels(ping="CHECK"))
    assert receiver.paths == ["/uuid/start?create=1"]


def test_nothing_waits_for_the_ping_of_a_start(channels, receiver):
    receiver.answers = [500]
    assert "HTTP 500" in ping_start(channels, sleep=None)
    assert receiver.paths == ["/uuid/start"]
