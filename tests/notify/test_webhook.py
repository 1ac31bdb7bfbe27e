"""The webhook gets one signed request, which holds no secret, or it is said why not."""

import datetime as dt
import hashlib
import hmac
import json

import pytest

from importer.notify import BadRow, Channels, Event, Message, deliver

KEY = "a key that nobody knows"
NOW = dt.datetime(2026, 11, 29, 3, 0, 7, tzinfo=dt.UTC)
MESSAGE = Message(
    event=Event.FAILED,
    job="glossary",
    target="atlan",
    no=7,
    status=1,
    code="not_all_imported",
    counts={"created": 2, "invalid": 1},
    before={"created": 3},
    rows=(BadRow("Terms", 17, "Owners", "missing"),),
    reports=("reports/terms.result.xlsx",),
    runs=("r-1",),
    seconds=2.5,
)


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv("HOOK_KEY", KEY)


@pytest.fixture
def waits():
    return []


@pytest.fixture
def send(receiver, waits):
    def send(message=MESSAGE, **more):
        channels = {"webhook": f"{receiver.url}/hook", "webhook_key": "HOOK_KEY", **more}
        return deliver(Channels(**channels), message, NOW, waits.append)

    return send


def test_the_signature_is_the_hmac_of_the_body_by_the_key_in_the_variable(send, receiver):
    assert send().failures == ()
    (got,) = receiver.got
    expected = hmac.new(KEY.encode(), got.body, hashlib.sha256).hexdigest()
    assert got.headers["X-Importer-Signature"] == f"sha256={expected}"


def test_the_body_says_when_it_was_sent_and_what_happened(send, receiver):
    send()
    assert json.loads(receiver.got[0].body) == {
        "version": 1,
        "event": "failed",
        "sent": "2026-11-29T03:00:07Z",
        "job": "glossary",
        "target": "atlan",
        "pass": 7,
        "status": 1,
        "code": "not_all_imported",
        "why": None,
        "counts": {"created": 2, "invalid": 1},
        "before": {"created": 3},
        "rows": [{"sheet": "Terms", "row": 17, "column": "Owners", "code": "missing"}],
        "reports": ["reports/terms.result.xlsx"],
        "runs": ["r-1"],
        "seconds": 2.5,
        "lines": list(MESSAGE.lines),
    }


def test_a_receiver_that_is_busy_is_asked_again(send, receiver, waits):
    receiver.answers = [503, 429]
    assert send().arrived == 1
    assert len(receiver.got) == 3
    assert waits == [1, 4]


def test_a_receiver_that_refuses_is_not_asked_again(send, receiver, waits):
    receiver.answers = [403]
    delivery = send()
    assert delivery.failures == (
        "The message to the webhook failed: it was answered with HTTP 403.",
    )
    assert delivery.lost
    assert (len(receiver.got), waits) == (1, [])


def test_a_redirect_is_not_followed(send, receiver):
    receiver.answers = [307]
    assert send().lost
    assert receiver.paths == ["/hook"]


def test_a_receiver_that_is_away_is_said_to_be(send, waits):
    (failure,) = send(webhook="http://127.0.0.1:9/secret-path").failures
    assert failure == "The message to the webhook failed: no answer came (ConnectionError)."
    assert waits == [1, 4]


def test_nothing_is_sent_unencrypted_to_another_machine(send):
    (failure,) = send(webhook="http://hooks.example.com/x").failures
    assert "not encrypted" in failure


def test_nothing_is_sent_unsigned(send, receiver, monkeypatch):
    assert "webhook_key_env" in send(webhook_key="").failures[0]
    monkeypatch.delenv("HOOK_KEY")
    assert "HOOK_KEY" in send().failures[0]
    assert receiver.got == []


def test_a_secret_is_masked_wherever_it_stands(send, receiver):
    why = f'The key {KEY}" and https://user:pass@host/x were refused.'
    message = Message(event=Event.FAILED, job="j", target="t", why=why)
    send(message, secrets=(KEY,))
    assert KEY.encode() not in receiver.got[0].body
    assert b"pass@" not in receiver.got[0].body
    assert "***" in json.loads(receiver.got[0].body)["why"]
