"""A forwarding target: every call reaches the inner one, with all arguments and the answer."""

from unittest.mock import Mock

import pytest

from importer.targets.forwarding import ForwardingTarget

CALLS = {
    "catch_up": (2.0,),
    "fetch": ("query",),
    "names": (),
    "guard": ("check",),
    "submit": (["change"],),
    "find": (["change"],),
    "ping": (),
    "close": (),
}
WITHOUT_ANSWER = {"catch_up", "guard", "ping", "close"}


@pytest.fixture
def inner():
    return Mock(system="atlan", batch_size=7, identity="atlan https://x")


@pytest.mark.parametrize("name", CALLS)
def test_every_call_is_forwarded(name, inner):
    answer = getattr(ForwardingTarget(inner), name)(*CALLS[name])
    call = getattr(inner, name)
    call.assert_called_once_with(*CALLS[name])
    assert answer is (None if name in WITHOUT_ANSWER else call.return_value)


def test_it_is_the_same_system_under_the_same_or_another_identity(inner):
    forwarding = ForwardingTarget(inner)
    assert (forwarding.system, forwarding.batch_size) == ("atlan", 7)
    assert forwarding.identity == "atlan https://x"
    assert ForwardingTarget(inner, "a sandbox").identity == "a sandbox"
