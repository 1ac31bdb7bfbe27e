"""A response that trickles in, or that is larger than can be read, is given up."""

import errno
import gzip
import io
import itertools
import time

import pytest

from importer.errors import CredentialsRefused, TargetUnreachable
from importer.targets import body, deadline
from importer.targets.connection import TIMEOUT
from importer.targets.protocol import Accepted, InDoubt, Query
from tests.targets.build import TOKEN, granted, one_change
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


@pytest.fixture
def _long(monkeypatch):
    """Let every list be long that has more than a few bytes."""
    monkeypatch.setattr(body, "LONG", 10)


BUILDING = {"id": "b", "type": "STRUCTURE", "label": "B"}
LISTED = Says(200, {"success": True, "data": [BUILDING]})


def listed(target):
    return [live.id for live in target.fetch(Query())]


@pytest.mark.usefixtures("_long")
def test_a_long_list_is_read_as_a_short_one(against, scripted):
    scripted.will_say(Says(200, gzip.compress(LISTED.content), GZIP))
    assert listed(against("trebellar")) == ["b"]


@pytest.mark.usefixtures("_long")
def test_a_long_list_that_is_cut_off_is_asked_for_again_and_never_half_taken(
    against, scripted, waits
):
    """What it leaves out would be taken for gone."""
    scripted.will_say(Says(200, LISTED.body, cut=True), LISTED)
    assert listed(against("trebellar")) == ["b"]
    assert len(scripted.requests) == 2
    scripted.will_say(Says(200, LISTED.body, cut=True))
    with pytest.raises(TargetUnreachable, match="the answer was lost"):
        listed(against("trebellar"))
    assert len(scripted.requests) == 5


@pytest.mark.usefixtures("_long")
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (LISTED.content[:-2], "gave no usable answer to GET /api/v2/assets"),
        (f'{{"data": [{{}}], "token": "{TOKEN}"}}', r"`data\[0\]` .*`id`\. It came: .*\*\*\*"),
        (f"no JSON, but {TOKEN} and more", r"\(HTTP 200\): no JSON, but \*\*\* and more"),
        ("<html><body>The portal</body></html>", r"\(HTTP 200\)\.$"),
    ],
)
def test_a_long_answer_that_is_no_list_is_refused_in_words(answer, words, against, scripted):
    scripted.will_say(Says(200, answer))
    with pytest.raises(TargetUnreachable, match=words) as caught:
        listed(against("trebellar"))
    assert TOKEN not in str(caught.value)


@pytest.mark.usefixtures("_long")
@pytest.mark.parametrize("status", [401, 403])
def test_a_long_refusal_is_one(status, against, scripted):
    scripted.will_say(Says(status, {"message": "no, " * 100}))
    with pytest.raises(CredentialsRefused, match="no, no"):
        listed(against("trebellar"))


@pytest.mark.usefixtures("_long")
def test_a_long_list_has_an_end_too(against, scripted):
    scripted.will_say(Says(200, b"[" * (1 << 16), endless=True))
    with pytest.raises(TargetUnreachable, match="is too large: it is longer than 1 MB"):
        next(against("trebellar")._list(1 << 20))
    assert len(scripted.requests) == 1


def test_a_list_that_says_it_is_too_long_is_not_read(against, scripted):
    scripted.will_say(Says(200, LISTED.body, {"Content-Length": "9000000000"}))
    with pytest.raises(TargetUnreachable, match="is too large: it is longer than 4096 MB"):
        listed(against("trebellar"))


@pytest.mark.usefixtures("_long")
def test_where_the_disk_is_full_the_words_say_so(against, scripted, monkeypatch):
    class Full(io.BytesIO):
        def write(self, _text):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(body, "TemporaryFile", Full)
    scripted.will_say(LISTED)
    with pytest.raises(TargetUnreachable, match=r"it has no room in .*No space left on device"):
        listed(against("trebellar"))
    assert len(scripted.requests) == 1


def test_a_body_that_keeps_coming_may_take_longer(system, against, scripted, clock):
    """At its pace it is whole in the time that its length allows; see also those that trickle."""
    ends = TIMEOUT * deadline.TIMEOUTS_FOR_A_WHOLE_ANSWER
    clock(itertools.chain([0, 0, 0], itertools.count(ends, 0.001)).__next__)
    scripted.will_say(Says(200, b"[" * (1 << 20)))
    reply = against(system).submit([one_change(system)])
    assert isinstance(reply, InDoubt)
    assert not reply.late
