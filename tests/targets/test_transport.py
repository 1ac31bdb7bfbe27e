"""What a target does about a server that misbehaves: sends again, waits, gives up, explains."""

import email.utils
import socket
import time

import pytest

from importer.errors import CredentialsRefused, LeaseLost, TargetUnreachable
from importer.targets.protocol import Accepted, Refused
from importer.targets.retry import LONGEST_WAIT
from tests.targets.build import TOKEN, granted, one_change
from tests.targets.scripted import DROPPED, HTML, Says

MISSING = {"code": 404, "message": "not found"}


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("body", ["", HTML, {"message": f"key {TOKEN} is unknown"}])
def test_refused_credentials_name_the_variable(system, status, body, against, scripted):
    scripted.will_say(Says(status, body))
    target = against(system, token_name="MY_KEY")
    for call in (lambda: target.submit([one_change(system)]), target.ping):
        with pytest.raises(CredentialsRefused, match="MY_KEY") as caught:
            call()
        assert TOKEN not in str(caught.value)


def test_a_403_about_one_entity_is_a_refusal_of_that_row(against, scripted):
    change = one_change("atlan")
    body = {
        "errorCode": "ATLAS-403-00-001",
        "errorMessage": "joe is not authorized to create A",
        "entityGuid": f"-{change.seq}",
    }
    scripted.will_say(Says(403, body))
    reply = against("atlan").submit([change])
    assert reply == Refused(
        "joe is not authorized to create A (ATLAS-403-00-001)", 403, culprit=change.seq
    )


def slept(waits):
    """The waits without the jitter of 0 to 25 %, as (least, most)."""
    return [(wait / 1.25, wait) for wait in waits]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "2"}, 2),
        ({}, 60),
        ({"Retry-After": "soon"}, 60),
        ({"Retry-After": "86400"}, LONGEST_WAIT),
        ({"Retry-After": "0"}, 0.5),
    ],
)
def test_after_a_429_the_batch_is_sent_again_when_the_server_allows(
    system, headers, seconds, against, scripted, waits
):
    change = one_change(system)
    scripted.will_say(Says(429, HTML, headers), granted(system, change))
    reply = against(system).submit([change])
    assert isinstance(reply, Accepted)
    assert len(scripted.requests) == 2
    assert scripted.requests[0] == scripted.requests[1]
    [(least, most)] = slept(waits)
    assert least <= seconds <= most


def test_retry_after_may_be_a_date(against, scripted, waits):
    change = one_change("atlan")
    date = email.utils.formatdate(time.time() + 30, usegmt=True)
    scripted.will_say(Says(429, "", {"Retry-After": date}), granted("atlan", change))
    against("atlan").submit([change])
    assert 20 <= waits[0] <= 30 * 1.25


def test_a_429_without_end_stops_the_run_with_nothing_carried_out(system, against, scripted, waits):
    scripted.will_say(Says(429, "", {"Retry-After": "1"}))
    with pytest.raises(TargetUnreachable, match="too many requests"):
        against(system).submit([one_change(system)])
    assert len(waits) == 5


def test_a_redirect_is_not_followed(system, against, scripted):
    scripted.will_say(Says(302, "", {"Location": "http://127.0.0.1:9/login"}))
    with pytest.raises(TargetUnreachable, match="Is the base URL right"):
        against(system).submit([one_change(system)])


@pytest.mark.parametrize("answer", [Says(500), Says(502, HTML), Says(503), Says(504), DROPPED])
def test_reading_is_repeated_after_any_failure(answer, against, scripted, waits):
    scripted.will_say(answer, answer, Says(200, {"entities": []}))
    against("atlan").ping()
    assert len(scripted.requests) == 3
    assert len(waits) == 2


@pytest.mark.parametrize("answer", [Says(200, '{"da', cut=True), Says(503, HTML), DROPPED])
def test_reading_gives_up_in_the_end(system, answer, against, scripted):
    scripted.will_say(answer)
    with pytest.raises(TargetUnreachable, match=r"http://127\.0\.0\.1"):
        against(system).ping()
    assert 3 <= len(scripted.requests) <= 20


def test_an_answer_of_no_use_is_explained(system, against, scripted):
    scripted.will_say(Says(200, HTML))
    with pytest.raises(TargetUnreachable, match="no usable answer"):
        against(system).ping()


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_a_server_that_is_not_there_is_tried_for_a_while_then_named(system, waits, open_target):
    url = f"http://127.0.0.1:{closed_port()}"
    target = open_target(system, url, sleep=waits.append)
    with pytest.raises(TargetUnreachable, match=url):
        target.submit([one_change(system)])
    assert len(waits) == 5
    for wait, (least, most) in zip((0.5, 1, 2, 4, 8), slept(waits), strict=True):
        assert least <= wait <= most


@pytest.mark.parametrize("status", [200, 302, 400, 404, 413, 429, 500])
def test_no_message_holds_the_token_even_if_the_server_echoes_it(system, status, against, scripted):
    said = {"errorCode": "ATLAS-400-00-029", "errorMessage": TOKEN, "message": f"Bearer {TOKEN}"}
    scripted.will_say(Says(status, said if status != 200 else f"not JSON {TOKEN}"))
    target = against(system)
    for call in (lambda: target.submit([one_change(system)]), target.ping):
        try:
            words = repr(call())
        except (TargetUnreachable, CredentialsRefused) as error:
            words = str(error)
        assert TOKEN not in words


def test_the_token_is_sent_in_the_system_s_own_header_only(box, atlan, trebellar):
    atlan.ping()
    trebellar.ping()
    sent = " ".join(f"{one.path} {one.query} {one.body}" for one in box.requests)
    assert TOKEN not in sent


def test_who_lost_the_target_while_it_waited_sends_nothing_more(system, against, scripted):
    """Between a 429 and the next attempt minutes may pass, in which another process took over."""
    change = one_change(system)
    scripted.will_say(Says(429, "", {"Retry-After": "90"}), granted(system, change))
    target, asked = against(system), []

    def check():
        asked.append(len(scripted.requests))
        if len(asked) == 2:
            raise LeaseLost("Another process took over.")

    target.guard(check)
    with pytest.raises(LeaseLost):
        target.submit([change])
    assert asked == [0, 1]
    assert len(scripted.requests) == 1


def test_a_429_makes_every_request_of_the_run_wait(scripted, against, waits):
    """None of the others finds out for itself that there are too many."""
    target = against("atlan")
    fine = Says(200, {"entities": []})
    scripted.will_say(Says(429, "", {"Retry-After": "300"}), fine)
    target.ping()
    target.ping()
    assert len(scripted.requests) == 3
    longest = LONGEST_WAIT * 1.25
    assert LONGEST_WAIT <= waits[0] <= longest
    assert 0 < waits[1] <= longest  # what is left of it, by a clock that went on
    assert len(waits) == 2
