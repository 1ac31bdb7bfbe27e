"""A signal that comes while the process is loaded waits until its command has begun."""

import os
import signal

import pytest

from importer.cli.startup import RAISED, hold, hold_again, release, status_of

pytestmark = pytest.mark.usefixtures("handlers_as_before")


@pytest.mark.parametrize(("sent", "raised"), RAISED.items(), ids=[n.name for n in RAISED])
def test_a_signal_waits_until_it_is_released(sent, raised):
    hold()
    os.kill(os.getpid(), sent)
    with pytest.raises(KeyboardInterrupt) as caught:
        release()
    assert caught.type is raised
    release()
    with pytest.raises(raised):
        os.kill(os.getpid(), sent)


@pytest.mark.parametrize("sent", RAISED, ids=lambda number: number.name)
def test_a_signal_after_the_command_has_ended_changes_its_status_no_more(sent):
    hold()
    release()
    hold_again()
    os.kill(os.getpid(), sent)
    with pytest.raises(RAISED[sent]):
        release()


@pytest.mark.parametrize("sent", RAISED, ids=lambda number: number.name)
def test_a_signal_that_the_parent_has_switched_off_stays_off(sent):
    signal.signal(sent, signal.SIG_IGN)
    hold()
    release()
    assert signal.getsignal(sent) is signal.SIG_IGN


def test_the_exit_status_is_that_of_a_shell():
    assert [status_of(raised()) for raised in RAISED.values()] == [130, 143, 129]


def test_without_a_hold_nothing_is_changed():
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    release()
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
