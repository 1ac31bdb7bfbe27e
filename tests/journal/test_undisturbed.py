"""A signal waits until what is written to the journal is there, and its lock is given back."""

import signal
import threading

import pytest

from importer.journal import Journal
from importer.journal.tables import LIVE
from importer.journal.undisturbed import WAITING, undisturbed


class Asked(Exception):
    """What the handler of these tests raises."""


def ask(number, _frame):
    raise Asked(number)


@pytest.fixture(autouse=True, params=WAITING, ids=lambda number: number.name)
def sent(request):
    """A signal whose handler raises, as those of the command line do."""
    before = signal.signal(request.param, ask)
    yield request.param
    signal.signal(request.param, before)


def test_a_signal_in_the_middle_of_a_transaction_waits_for_its_end(journal_place, sent):
    """Another process writes at once, although the exception is still alive."""
    journal, other = Journal(journal_place), Journal(journal_place)
    with pytest.raises(Asked) as alive:
        _write(journal, sent)
    assert alive.value.args == (sent,)
    with other.store.writing() as connection:
        assert connection.execute(LIVE.delete().where(LIVE.c.run == "r")).rowcount == 2
    journal.close()
    other.close()


def _write(journal, sent):
    """Write two rows; between them a signal comes."""
    with journal.store.writing() as connection:
        connection.execute(LIVE.insert(), {"run": "r", "id": "1", "entity": b""})
        signal.raise_signal(sent)
        connection.execute(LIVE.insert(), {"run": "r", "id": "2", "entity": b""})


def test_the_handler_is_as_before_after_the_block(sent):
    with undisturbed():
        assert signal.getsignal(sent) is not ask
    assert signal.getsignal(sent) is ask


def test_an_ignored_signal_stays_ignored(sent):
    signal.signal(sent, signal.SIG_IGN)
    with undisturbed():
        signal.raise_signal(sent)
    assert signal.getsignal(sent) is signal.SIG_IGN


def test_other_threads_leave_signals_alone(sent):
    found = []

    def block():
        with undisturbed():
            found.append(signal.getsignal(sent))

    thread = threading.Thread(target=block)
    thread.start()
    thread.join()
    assert found == [ask]
