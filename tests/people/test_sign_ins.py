"""A sign-in lasts until it is ended, is not used for long, or has lasted its time."""

import pytest

from importer.journal.people_tables import SIGN_INS
from importer.journal.sign_ins import Limits
from importer.people import accounts, sign_ins
from importer.people.secret import hash_of
from importer.visitor import By, Role, Visitor

HOUR = 3600
LIMITS = Limits(idle=8 * HOUR, whole=24 * HOUR)
ADMIN = Visitor("root", Role.ADMIN, By.LOOPBACK)


@pytest.fixture
def key(store):
    return sign_ins.begin(store, ADMIN, LIMITS)


def rows(store):
    with store.reading() as connection:
        return connection.execute(SIGN_INS.select()).all()


def test_who_is_signed_in_is_found_by_the_secret_of_their_browser(store, key):
    found = sign_ins.find(store, key, LIMITS)
    assert found.visitor == ADMIN
    assert found.left == pytest.approx(24 * HOUR, abs=60)


@pytest.mark.parametrize("key", ["", "x", "\udcff", "é" * 1000])
def test_nobody_is_signed_in_by_another_secret(store, key):
    assert sign_ins.find(store, key, LIMITS) is None


def test_the_journal_gives_no_secret_away(store, key):
    [row] = rows(store)
    assert key not in map(str, row)
    assert row.hash == hash_of(key)
    assert sign_ins.find(store, row.hash, LIMITS) is None


def test_each_sign_in_has_secrets_of_its_own(store, key):
    other = sign_ins.begin(store, ADMIN, LIMITS)
    found = [sign_ins.find(store, one, LIMITS).csrf for one in (key, other)]
    assert len({*found, key, other, hash_of(key)}) == 5
    assert sign_ins.find(store, key, LIMITS).csrf == found[0]


def test_it_ends_when_it_was_not_used_for_the_idle_time(store, key, later):
    later(8 * HOUR - 60)
    assert sign_ins.find(store, key, LIMITS)
    later(8 * HOUR - 60)  # it was used meanwhile
    assert sign_ins.find(store, key, LIMITS)
    later(8 * HOUR + 1)
    assert sign_ins.find(store, key, LIMITS) is None


def test_it_ends_after_the_whole_time_however_much_it_is_used(store, key, later):
    for _ in range(5):
        assert sign_ins.find(store, key, LIMITS)
        later(5 * HOUR)
    assert sign_ins.find(store, key, LIMITS) is None


def test_shorter_limits_count_at_once(store, key, later):
    later(120)
    assert sign_ins.find(store, key, Limits(idle=60, whole=24 * HOUR)) is None
    assert sign_ins.find(store, key, Limits(idle=8 * HOUR, whole=60)) is None


def test_a_use_is_noted_once_a_minute(store, key, later):
    def seen():
        [row] = rows(store)
        return row.seen

    before = seen()
    sign_ins.find(store, key, LIMITS)
    assert seen() == before
    later(61)
    sign_ins.find(store, key, LIMITS)
    assert seen() > before - 60


def test_signing_out_ends_this_one_only(store, key, log):
    other = sign_ins.begin(store, ADMIN, LIMITS)
    sign_ins.end(store, key, ADMIN)
    assert sign_ins.find(store, key, LIMITS) is None
    assert sign_ins.find(store, other, LIMITS)
    assert [action for _, action, *_ in log()] == ["signed in", "signed in", "signed out"]


def test_what_has_ended_is_dropped_at_the_next_sign_in(store, key, later):
    later(25 * HOUR)
    sign_ins.begin(store, ADMIN, LIMITS)
    assert len(rows(store)) == 1


@pytest.mark.parametrize("by", [By.SESSION, By.OIDC])
def test_the_role_of_a_person_is_the_one_that_they_have_now(store, operator, by):
    """Even where a sign-in slipped in between, with the role from before."""
    accounts.add(store, operator, "anna", Role.VIEWER, None)
    key = sign_ins.begin(store, Visitor("anna", Role.ADMIN, by), LIMITS)
    assert sign_ins.find(store, key, LIMITS).visitor.role is Role.VIEWER


@pytest.mark.parametrize("by", [By.SESSION, By.OIDC])
def test_who_is_no_person_any_more_is_signed_in_nowhere(store, by):
    key = sign_ins.begin(store, Visitor("anna", Role.ADMIN, by), LIMITS)
    assert sign_ins.find(store, key, LIMITS) is None
