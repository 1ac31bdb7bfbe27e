"""A one-time link signs the system's account in, once."""

import getpass

import pytest

from importer.journal.people_tables import LINKS
from importer.people import links
from importer.visitor import By, Role, Visitor

ACCOUNT = Visitor(f"{getpass.getuser()} (system account)", Role.ADMIN, By.LOOPBACK)


def rows(store):
    with store.reading() as connection:
        return connection.execute(LINKS.select()).all()


@pytest.mark.parametrize("seconds", [None, 600.0])
def test_a_link_is_used_once(store, seconds):
    secret = links.make(store, seconds)
    assert links.take(store, secret) == ACCOUNT
    assert links.take(store, secret) is None
    assert rows(store) == []


def test_a_link_lasts_ten_minutes_by_default(store, later):
    secrets = [links.make(store), links.make(store)]
    later(590)
    assert links.take(store, secrets[0]) == ACCOUNT
    later(20)
    assert links.take(store, secrets[1]) is None


def test_the_first_link_lasts_until_it_is_used(store, later):
    secret = links.make(store, None)
    later(10_000_000)
    links.make(store)
    assert links.take(store, secret) == ACCOUNT


def test_a_link_that_is_too_old_is_dropped_when_another_is_made(store, later):
    links.make(store)
    later(601)
    links.make(store)
    assert len(rows(store)) == 1


@pytest.mark.parametrize("secret", ["", "x", "\udcff"])
def test_another_secret_signs_nobody_in(store, secret):
    links.make(store)
    assert links.take(store, secret) is None


def test_the_journal_and_the_log_give_no_secret_away(store, log):
    secret = links.make(store)
    assert len(secret) >= 22  # 128 random bits
    assert secret not in str(rows(store)) + str(log())
    assert [line[1] for line in log()] == ["link made"]


def test_an_account_without_a_name_is_called_the_system(monkeypatch):
    def nameless():
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert links.system_account(By.TERMINAL) == Visitor("system account", Role.ADMIN, By.TERMINAL)
