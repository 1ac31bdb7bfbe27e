"""Statements that are compiled once do what SQLAlchemy's own do, on both databases."""

import pytest
from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    Table,
    bindparam,
    create_engine,
    literal,
    select,
)
from sqlalchemy.exc import IntegrityError

from importer.errors import JournalLost
from importer.journal import Journal
from importer.journal.statement import Statement
from importer.journal.tables import OUTCOMES, THIS_RUN
from tests.postgresql import CUT

ADD = Statement(OUTCOMES.insert().values(message=""), "guard", "no", "state", "run")
CHANGE = Statement(
    OUTCOMES.update()
    .where(
        OUTCOMES.c.run == THIS_RUN,
        OUTCOMES.c.no % 2 == 0,
        OUTCOMES.c.state == bindparam("of_state"),
    )
    .values(guard=bindparam("now")),
    "this_run",
    "now",
    "of_state",
)
FIND = Statement(
    select(OUTCOMES.c.no, OUTCOMES.c.guard).where(OUTCOMES.c.run == THIS_RUN), "this_run"
)
NOWHERE = Statement(select(Table("nowhere", MetaData(), Column("x", Integer))))


@pytest.fixture
def journal(journal_place):
    journal = Journal(journal_place)
    with journal.store.writing() as connection:
        ADD.run_many(connection, [(1, no, "held", "R") for no in range(4)])
    yield journal
    journal.close()


def rows(journal, run="R"):
    with journal.store.reading() as connection:
        return sorted(FIND.run(connection, run).fetchall())


def test_values_go_to_their_parameters_in_whatever_order_they_are_given(journal):
    assert rows(journal) == [(0, 1), (1, 1), (2, 1), (3, 1)]


def test_values_of_the_statement_itself_stay(journal):
    with journal.store.writing() as connection:
        assert CHANGE.run(connection, "R", 5, "held").rowcount == 2
    assert rows(journal) == [(0, 5), (1, 1), (2, 5), (3, 1)]


def test_nothing_is_done_for_no_rows(journal):
    with journal.store.writing() as connection:
        CHANGE.run_many(connection, [])
    assert rows(journal, "another") == []


def changed_and_failed(journal, statement):
    with journal.store.writing() as connection:
        CHANGE.run(connection, "R", 5, "held")
        statement.run(connection)


def test_it_is_a_part_of_the_transaction_and_its_failure_one_sentence(journal):
    with pytest.raises(JournalLost) as caught:
        changed_and_failed(journal, NOWHERE)
    assert "failed: " in str(caught.value)
    assert "\n" not in str(caught.value)
    assert {guard for _, guard in rows(journal)} == {1}


def broken_off(journal, server, opened):
    with opened() as connection:
        FIND.run(connection, "R")
        server.exec_driver_sql(CUT)
        FIND.run(connection, "R")


@pytest.mark.parametrize("way", ["reading", "writing"])
def test_a_server_that_goes_away_is_one_sentence_and_nothing_beside_it(
    journal_database, journal_tables, caplog, way
):
    """The pool is told: it would try to use the connection again, and log that with a traceback."""
    journal = Journal(journal_database)
    with pytest.raises(JournalLost):
        broken_off(journal, journal_tables[1], getattr(journal.store, way))
    assert caplog.records == []
    assert rows(journal) == []
    journal.close()


def test_a_row_that_is_there_already_is_for_the_caller(journal):
    with pytest.raises(IntegrityError), journal.store.writing() as connection:
        ADD.run(connection, 1, 0, "held", "R")


def test_it_is_compiled_once_however_many_databases_are_opened():
    one = Statement(select(literal(1)))
    for _ in range(3):
        with create_engine("sqlite://").connect() as connection:
            assert one.run(connection).fetchall() == [(1,)]
    assert len(one._compiled) == 1
