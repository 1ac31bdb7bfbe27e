"""A process of an upload that is asked to end puts right what it did, however often it is asked."""

import signal

import pytest

from importer.uploads.child import Ending


@pytest.fixture
def ending():
    before = signal.getsignal(signal.SIGTERM)
    yield Ending()
    signal.signal(signal.SIGTERM, before)


def test_the_second_time_does_not_cut_off_what_is_put_right(ending):
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)
    signal.raise_signal(signal.SIGTERM)
    assert ending.asked


def test_what_is_being_sent_ends_by_itself(ending):
    ending.sending = True
    signal.raise_signal(signal.SIGTERM)
    assert ending.asked
