"""A response that trickles in, or that is larger than can be read, is given up."""

import gzip
import itertools
import time

import pytest

from importer.errors import TargetUnreachable
from importer.targets import body, deadline
from importer.targets.connection import TIMEOUT
from importer.targets.protocol import Accepted, InDoubt
from tests.targets.build import granted, one_change
from tests.targets.scripted import Says

GZIP = {"Content-Encoding": "gzip"}


@pytest.fixture
def clock(monkeypatch):
    """Let the deadlines run by a clock of the test."""

    def run(ticks):
        monkeypatch.setattr(deadline, "monotonic", ticks)

    return run


@pytest.fixture
def late(clock):
    """Let all time be up at the first read after the first one."""
    clock(itertools.count(0, TIMEOUT * deadline.TIMEOUTS_FOR_A_WHOLE_ANSWER - 1).__next__)


def test_an_answer_that_trickles_is_lost_though_no_pause_in_it_is_long(
    system, against, scripted, late, clock
):
    """The whole of it has a limit, too: a run must not hang on a proxy that keeps it alive."""
    change = one_change(system)
    scripted.will_say(Says(200, "[" * (1 << 20)), granted(system, change))
    target = against(system)
    reply = target.submit([change])
    assert isinstance(reply, InDoubt)
    assert reply.late
    assert "not whole after 360 seconds" in reply.reason
    clock(time.monotonic)
    assert isinstance(target.submit([change]), Accepted)


def test_headers_without_end_are_lost_too(system, against, scripted, late):
    """Nothing of a body has come by then."""
    scripted.will_say(Says(200, "{}", before=b"HTTP/1.1 100 Continue\r\n\r\n" * 100_000))
    reply = against(system).submit([one_change(system)])
    assert isinstance(reply, InDoubt)
    assert reply.late
    assert "not whole after 360 seconds" in reply.reason


@pytest.fixture
def _small(monkeypatch):
    monkeypatch.setattr(body, "MOST_BYTES", 1 << 20)


@pytest.mark.usefixtures("_small")
def test_a_body_is_measured_after_decoding(system, against, scripted):
    """A thousandth of it was sent."""
    packed = gzip.compress(b" " * (1 << 24))
    assert len(packed) < 1 << 15
    scripted.will_say(Says(200, packed, GZIP))
    with pytest.raises(TargetUnreachable, match="is too large: it is longer than 1 MB"):
        against(system).ping()
    assert len(scripted.requests) == 1


@pytest.mark.usefixtures("_small")
def test_a_body_without_end_is_read_no_further_than_the_limit(system, against, scripted):
    scripted.will_say(Says(200, b"[" * (1 << 16), endless=True))
    reply = against(system).submit([one_change(system)])
    assert isinstance(reply, InDoubt)
    assert "too large" in reply.reason


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("status", [302, 429, 503])
def test_what_is_not_looked_at_is_not_read(status, system, against, scripted):
    """Neither a redirect, which is not followed, nor what is asked for again."""
    headers = {"Location": "http://127.0.0.1:9/"} if status == 302 else {}
    scripted.will_say(Says(status, b"[" * (1 << 16), headers, endless=True))
    with pytest.raises(TargetUnreachable, match="too large"):
        against(system).ping()


def test_many_values_are_too_large_where_their_text_is_not(system, against, scripted, monkeypatch):
    monkeypatch.setattr(body, "MOST_VALUES", 1000)
    scripted.will_say(Says(200, f"[{'[],' * 600}[]]"))
    with pytest.raises(TargetUnreachable, match="it holds more than 1,000 values"):
        against(system).ping()


def test_a_compressed_answer_is_read_as_usual(system, against, scripted):
    change = one_change(system)
    said = granted(system, change)
    scripted.will_say(Says(200, gzip.compress(said.content), GZIP))
    assert isinstance(against(system).submit([change]), Accepted)
