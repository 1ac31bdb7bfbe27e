"""A row is inserted where it is not there; what is there stays, and the caller knows which."""

from contextlib import closing

from importer.journal.absent import insert_absent
from importer.journal.clock import CLOCK
from importer.journal.people_tables import FAILED
from importer.journal.store import Store


def test_only_the_first_row_of_a_key_is_inserted(journal_place):
    row = {"about": "x", "failures": 1, "last": CLOCK, "until": CLOCK + 1.0}
    with closing(Store(journal_place)) as store:
        for expected in (True, False):
            with store.writing() as connection:
                assert insert_absent(connection, FAILED, row) is expected
                assert insert_absent(connection, FAILED, {**row, "failures": 7}) is False
        with store.reading() as connection:
            [found] = connection.execute(FAILED.select()).all()
    assert found.failures == 1
