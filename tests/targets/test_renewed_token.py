"""A token from a command is asked for at the first request, and again after a 401."""

import pytest

from importer.errors import CredentialsRefused, UsageError
from importer.targets.transport import Transport
from tests.targets.build import settings
from tests.targets.scripted import Says


@pytest.fixture
def transport(scripted):
    """Opens a transport whose tokens come from a list; the last one is repeated."""
    opened = []

    def open_(*tokens):
        left = list(tokens)

        def renew():
            return left.pop(0) if len(left) > 1 else left[0]

        given = settings(scripted.url, "", renew=renew, sleep=lambda _seconds: None)
        opened.append(Transport(given, lambda token: {"Authorization": f"Bearer {token}"}))
        return opened[-1]

    yield open_
    for one in opened:
        one.close()


def test_a_request_with_an_expired_token_is_sent_again_with_the_next_one(transport, scripted):
    made = transport("first", "second")
    scripted.will_say(Says(200, {}), Says(401), Says(200, {}), Says(200, {}))
    made.read("GET", "/a")
    assert made.write("POST", "/b", body={"x": 1}).ok
    made.read("GET", "/c")
    sent = [(method, path) for method, path, _ in scripted.requests]
    assert sent == [("GET", "/a"), ("POST", "/b"), ("POST", "/b"), ("GET", "/c")]
    assert scripted.credentials == [
        f"Bearer {token}" for token in ("first", "first", "second", "second")
    ]


def test_a_token_that_stays_refused_is_not_asked_for_for_ever(transport, scripted):
    scripted.will_say(Says(401))
    with pytest.raises(CredentialsRefused):
        transport("first", "second").read("GET", "/a")
    assert scripted.credentials == ["Bearer first", "Bearer second"]


def test_a_command_that_repeats_the_refused_token_is_not_believed(transport, scripted):
    scripted.will_say(Says(401))
    with pytest.raises(CredentialsRefused):
        transport("first").read("GET", "/a")
    assert scripted.credentials == ["Bearer first"]


def test_a_password_may_hold_any_letter_and_is_masked_however_it_comes_back(scripted):
    password = 'pä"ss wörd'
    given = settings(scripted.url, password, user="ann", sleep=lambda _seconds: None)
    transport = Transport(given, lambda token: {"Authorization": "Basic YW5u"})
    scripted.will_say(Says(400, {"message": f"no {password}, nor YW5u"}))
    answer = transport.write("POST", "/b")
    transport.close()
    assert answer.body == {"message": "no ***, nor ***"}
    assert "ss w" not in answer.text


@pytest.mark.parametrize(("user", "password"), [("a:b", "p"), ("ann", "p\nq")])
def test_what_basic_authentication_cannot_carry_is_refused(user, password):
    with pytest.raises(UsageError, match="THE_KEY: a user name has no colon"):
        Transport(settings("http://127.0.0.1:9", password, user=user), lambda token: {})


def test_a_token_that_the_server_echoes_is_masked(transport, scripted):
    made = transport("first-token", "second-token")
    scripted.will_say(Says(401), Says(400, {"message": "no second-token, Bearer second-token"}))
    answer = made.write("POST", "/b")
    assert answer.body == {"message": "no ***, Bearer ***"}
