"""A signal that comes while the process is loaded waits until its command has begun."""

import os
import signal

import pytest

from importer.cli.signals import Terminated
from importer.cli.startup import hold, release


@pytest.fixture(autouse=True)
def _handlers_as_before():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(
    ("sent", "raised"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, Terminated)]
)
def test_a_signal_waits_until_it_is_released(sent, raised):
    hold()
    os.kill(os.getpid(), sent)
    with pytest.raises(KeyboardInterrupt) as caught:
        release()
    assert caught.type is raised
    release()
    with pytest.raises(raised):
        os.kill(os.getpid(), sent)


def test_a_signal_that_the_parent_has_switched_off_stays_off():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hold()
    release()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_without_a_hold_nothing_is_changed():
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    release()
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
