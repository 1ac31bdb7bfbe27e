"""A journal of any revision becomes one of today: the same tables, with all that is in them."""

import subprocess
import sys
from contextlib import closing
from pkgutil import iter_modules

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select

from importer import journal as package
from importer.errors import UsageError
from importer.journal import Journal, schema
from importer.journal.migrations.upgrade import known, revisions, upgrade
from importer.journal.store import Store
from tests.forked import Forked
from tests.journal.migrations.places import empty, revision_of, tables_of, to_revision

OPENER = "tests.journal.migrations.opener"
FROM_ALL = pytest.mark.parametrize("revision", [None, *sorted(known())])
"""From no table at all, and from the tables of each revision."""


def opened(place):
    Journal(place).close()


def at_once(place):
    """Open the journal in four processes; return their exit statuses."""
    openers = [Forked(OPENER, place, stdout=None, stderr=None) for _ in range(4)]
    return [opener.wait() for opener in openers]


def test_the_newest_revision_is_the_one_in_the_code():
    assert revisions().get_current_head() == schema.HEAD


def test_the_revisions_are_numbered_in_their_order():
    names = [one.revision for one in revisions().walk_revisions()]
    assert sorted(names, reverse=True) == names


def test_the_tables_of_every_module_are_known():
    """Those of a module that is not named would not be made."""
    names = [one.name for one in iter_modules(package.__path__)]
    assert {*schema.TABLES} == {name for name in names if name.endswith("tables")}


def test_a_new_process_makes_all_tables_and_needs_no_alembic(tmp_path):
    """Whatever the modules are that it has loaded."""
    place = str(tmp_path / "journal.db")
    words = "import sys; from importer.journal.store import Store; Store(sys.argv[1]).close()"
    words += "; print('alembic' in sys.modules)"
    command = [sys.executable, "-c", words, place]
    assert subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout == b"False\n"
    with closing(empty(place)) as store:
        assert {*tables_of(store)} == {*schema.all_tables().tables, schema.VERSION.name}


@FROM_ALL
def test_the_tables_are_those_of_a_new_journal(journal_place, tmp_path, revision):
    if revision:
        to_revision(journal_place, revision)
    opened(journal_place)
    with closing(empty(journal_place)) as store, store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, schema.all_tables()) == []
        assert revision_of(store) == schema.HEAD


@FROM_ALL
def test_keys_indexes_and_columns_are_those_of_a_new_journal(journal_place, revision):
    """Alembic's own comparison does not look at primary keys."""
    if revision:
        to_revision(journal_place, revision)
    opened(journal_place)
    with closing(empty(journal_place)) as store:
        upgraded = tables_of(store)
        schema.all_tables().drop_all(store.engine)
        schema.all_tables().create_all(store.engine)
        assert upgraded == tables_of(store)


def test_a_journal_without_a_revision_gets_one(journal_place):
    to_revision(journal_place, "0001", stated=False)
    opened(journal_place)
    with closing(empty(journal_place)) as store:
        assert revision_of(store) == schema.HEAD


def test_a_journal_whose_process_ended_while_it_made_the_tables_gets_the_rest(journal_place):
    to_revision(journal_place, "0001", stated=False)
    with closing(empty(journal_place)) as store, store.engine.begin() as connection:
        for words in ("DROP TABLE findings", "DROP INDEX items_by_key"):
            connection.exec_driver_sql(words)  # what an older process made last
    opened(journal_place)
    with closing(empty(journal_place)) as store:
        assert "findings" in inspect(store.engine).get_table_names()


def test_a_journal_of_a_newer_importer_is_refused_in_a_sentence_and_stays_as_it_is(journal_place):
    opened(journal_place)
    with closing(empty(journal_place)) as store, store.engine.begin() as connection:
        connection.execute(schema.VERSION.update().values(version_num="9999"))
    words = rf"made by a newer importer.* revision 9999, .* of {schema.HEAD}\): install"
    with pytest.raises(UsageError, match=words) as refused:
        opened(journal_place)
    assert "IMPORTER_JOURNAL" not in str(refused.value)
    with closing(empty(journal_place)) as store:
        assert revision_of(store) == "9999"


def test_an_upgrade_that_fails_leaves_everything_as_it_was(journal_place, monkeypatch):
    to_revision(journal_place, "0001", stated=False)
    with closing(empty(journal_place)) as store:
        before = tables_of(store)

    def failing(connection):
        upgrade(connection)
        raise OSError("the disk is full")

    monkeypatch.setattr("importer.journal.migrations.upgrade.upgrade", failing)
    with pytest.raises(UsageError, match=r"cannot be opened: the disk is full\."):
        opened(journal_place)
    with closing(empty(journal_place)) as store:
        assert tables_of(store) == before


def test_processes_that_open_an_older_journal_at_once_upgrade_it_once(journal_place):
    to_revision(journal_place, "0001", stated=False)
    assert at_once(journal_place) == [0] * 4
    with closing(empty(journal_place)) as store, store.engine.connect() as connection:
        assert connection.execute(select(schema.VERSION)).all() == [(schema.HEAD,)]


def test_processes_that_open_a_new_journal_at_once_make_it_once(journal_place):
    assert at_once(journal_place) == [0] * 4


def test_a_journal_of_today_is_opened_without_alembic(journal_place, monkeypatch):
    opened(journal_place)
    monkeypatch.setattr(schema, "_upgrade", None)
    monkeypatch.setattr(schema, "_lock", None)
    assert Store(journal_place).close() is None
