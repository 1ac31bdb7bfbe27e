"""A database of PostgreSQL that is empty when a test begins, on a server of the machine's own.

`IMPORTER_TEST_POSTGRESQL` names another server by URL. Without any, these tests are left out.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import pytest

VARIABLE = "IMPORTER_TEST_POSTGRESQL"
PLACES = ["sqlite", "postgresql"]
OWNERS = ("postgres", "nobody")
CUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

EMPTY = ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
NO_ROWS = """
    DO $$ DECLARE name text; filled boolean; BEGIN
        FOR name IN SELECT quote_ident(tablename) FROM pg_tables
            WHERE schemaname = 'public' AND tablename <> 'alembic_version'
        LOOP
            EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || name || ')' INTO filled;
            CONTINUE WHEN NOT filled;
            EXECUTE 'ALTER TABLE ' || name || ' DISABLE TRIGGER USER';
            EXECUTE 'DELETE FROM ' || name;
            EXECUTE 'ALTER TABLE ' || name || ' ENABLE TRIGGER USER';
        END LOOP;
        FOR name IN SELECT quote_ident(sequencename) FROM pg_sequences
            WHERE schemaname = 'public' AND last_value IS NOT NULL
        LOOP
            EXECUTE 'ALTER SEQUENCE ' || name || ' RESTART';
        END LOOP;
    END $$
"""
"""Empties all tables, those that are only added to as well, and lets numbers begin again."""


@pytest.fixture(scope="session")
def postgresql():
    """The URL of a server that listens on a socket in its own folder, and nowhere else."""
    if given := os.environ.get(VARIABLE):
        yield given
        return
    with postgresql_server() as server:
        if server is None:
            pytest.skip(f"There is no PostgreSQL server here: install one, or set {VARIABLE}.")
        yield server.url


@pytest.fixture(scope="session")
def tables(postgresql):
    """The URL of a database of this process, and a connection that empties it."""
    with _database(postgresql, "tables") as found:
        yield found


@pytest.fixture(scope="session")
def journal_tables(postgresql):
    """The same of a database that keeps the tables of a journal: they take longer than most tests.

    Those who need a database without tables take `database`.
    """
    with _database(postgresql, "journal") as found:
        yield found


@pytest.fixture
def database(tables):
    """The URL of an empty database, whose connections are cut when the test has ended."""
    url, connection = tables
    yield url
    for words in (CUT, *EMPTY):
        connection.exec_driver_sql(words)


@pytest.fixture
def journal_database(journal_tables):
    """The URL of a journal with nothing in it; its connections are cut when the test has ended."""
    url, connection = journal_tables
    yield url
    for words in (CUT, NO_ROWS):
        connection.exec_driver_sql(words)


def place(request, folder, database="journal_database"):
    """Where a test's journal stands: for a fixture whose parameters are PLACES."""
    if request.param == "sqlite":
        return str(folder / "journal.db")
    return request.getfixturevalue(database)


@contextlib.contextmanager
def _database(server, about):
    from sqlalchemy.engine import make_url

    name = f"importer_test_{about}_{os.getpid()}"
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    with _connection(server) as outer:
        outer.exec_driver_sql(f"CREATE DATABASE {name}")
        with _connection(url) as connection:
            yield url, connection
        outer.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def _connection(url):
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url

    driver = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(driver, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _tools():
    """The folder of the newest `initdb`."""
    on_path = shutil.which("initdb")
    found = [Path(on_path)] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].resolve().parent if found else None


def _unprivileged():
    """Whose the server is: it refuses to be root's."""
    if os.geteuid() != 0:
        return {}
    users = {user.pw_name: user for user in pwd.getpwall()}
    user = next(users[name] for name in OWNERS if name in users)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class PostgresqlServer:
    """A server of the machine's own, that can be ended and begun."""

    def __init__(self, tools, folder, who):
        self._tools, self.folder = tools, folder
        self.url = f"postgresql://importer@/postgres?host={folder}"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._run = {"cwd": folder, **quiet, **who}
        make = [tools / "initdb", "-D", folder / "data", "-U", "importer", "-A", "trust", "-N"]
        subprocess.run([*make, "-E", "UTF8"], check=True, **self._run)

    def start(self):
        tools, folder = self._tools, self.folder
        start = [tools / "postgres", "-D", folder / "data", "-k", folder, "-c", "listen_addresses="]
        self._server = subprocess.Popen([*start, "-F"], **self._run)
        wait = [tools / "pg_isready", "-q", "-h", folder, "-t", "1"]
        while subprocess.run(wait, check=False, **self._run).returncode != 0:
            assert self._server.poll() is None, "the server did not start"

    def empty(self):
        with _connection(self.url) as connection:
            for words in (CUT, *EMPTY):
                connection.exec_driver_sql(words)

    def stop(self):
        """End it at once, whoever is connected."""
        self._server.send_signal(signal.SIGINT)
        self._server.wait()


@contextlib.contextmanager
def postgresql_server():
    """A server while the block lasts; None where PostgreSQL is not installed."""
    tools, who = _tools(), _unprivileged()
    if tools is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if who:
        os.chown(folder, who["user"], who["group"])
    server = PostgresqlServer(tools, folder, who)
    server.start()
    try:
        yield server
    finally:
        server.stop()
    shutil.rmtree(folder)
