"""A run heeds the signals that its parent process has not switched off."""

import signal

import pytest

from importer.cli.signals import Breaks
from importer.cli.startup import RAISED

pytestmark = pytest.mark.usefixtures("handlers_as_before")


@pytest.mark.parametrize("sent", RAISED, ids=lambda number: number.name)
def test_a_signal_that_is_switched_off_ends_no_run(sent):
    """A shell switches SIGINT off for `importer run ... &`, nohup switches SIGHUP off."""
    signal.signal(sent, signal.SIG_IGN)
    with Breaks():
        signal.raise_signal(sent)
    assert signal.getsignal(sent) is signal.SIG_IGN


@pytest.mark.parametrize(("sent", "raised"), RAISED.items(), ids=[n.name for n in RAISED])
def test_a_signal_breaks_off_what_is_not_sending(sent, raised):
    with Breaks(), pytest.raises(raised) as caught:
        signal.raise_signal(sent)
    assert caught.type is raised


@pytest.mark.parametrize(("sent", "raised"), RAISED.items(), ids=[n.name for n in RAISED])
def test_a_signal_waits_while_something_is_sent(sent, raised):
    with Breaks() as breaks:
        breaks.sending = True
        signal.raise_signal(sent)
        with pytest.raises(raised) as caught:
            breaks.between_batches()
    assert caught.type is raised
