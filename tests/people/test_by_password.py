"""Signing in with a password: right, wrong, and slower after each failure."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from importer.journal import people
from importer.journal.failed import Slowing
from importer.journal.people_tables import FAILED
from importer.people import accounts, by_password, passwords
from importer.people.devices import known_device, new_device
from importer.people.refused import SignInRefused
from importer.visitor import By, Role, Visitor

GOOD = "correct horse battery"
HERE = "192.0.2.7"
ANNA = Visitor("anna", Role.IMPORTER, By.SESSION)


@pytest.fixture(autouse=True)
def weak_hashes(monkeypatch):
    """Hashes that are quickly made: these tests fail many times."""
    monkeypatch.setattr(
        passwords, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    )


@pytest.fixture
def anna(store, operator):
    accounts.add(store, operator, "anna", Role.IMPORTER, GOOD)


def wait(store, name="anna", password="wrong", address=HERE, device=""):
    """Sign in; return how long to wait until another attempt is taken, 0 where this one was."""
    with pytest.raises(SignInRefused) as refused:
        by_password.sign_in(store, name, password, address, device)
    return round(refused.value.wait)


def test_the_right_password_signs_in_however_the_name_is_written(store, anna):
    assert by_password.sign_in(store, " ANNA", GOOD, HERE) == ANNA


def test_a_wrong_name_and_a_wrong_password_are_told_alike(store, anna, operator, log):
    accounts.add(store, operator, "proxied", Role.IMPORTER, None)
    tried = [("anna", "wrong"), ("bert", GOOD), ("proxied", GOOD), ("proxied", ""), ("", "")]
    for name, password in tried:
        with pytest.raises(SignInRefused, match=r"^The name or the password is wrong\.$"):
            by_password.sign_in(store, name, password, HERE)
    refused = [who for who, action, *_ in log() if action == "sign-in refused"]
    assert refused == ["anna", "", "proxied", "proxied", ""]


def test_a_wrong_name_is_kept_nowhere_for_it_may_be_a_password(store, anna, log):
    wait(store, name="hunter2hunter2")
    with store.reading() as connection:
        kept = connection.execute(FAILED.select()).all()
    assert "hunter2" not in str(kept) + str(log())


def test_from_the_fifth_failure_on_a_name_waits_twice_as_long_each_time(store, anna, later):
    waits = []
    for number in range(9):
        assert wait(store) == 0
        if number >= 4:
            waits.append(wait(store))  # refused, and so not counted
            later(waits[-1] + 1)
    assert waits == [1, 2, 4, 8, 16]


def test_even_the_right_password_has_to_wait(store, anna, later):
    for _ in range(5):
        wait(store)
    with pytest.raises(SignInRefused, match=r"too many .* Try again in 1 second\."):
        by_password.sign_in(store, "anna", GOOD, HERE)
    later(2)
    assert by_password.sign_in(store, "anna", GOOD, HERE) == ANNA


def test_after_the_right_password_a_name_is_as_before(store, anna):
    for _ in range(4):
        wait(store)
    by_password.sign_in(store, "anna", GOOD, HERE)
    assert [wait(store) for _ in range(5)] == [0] * 5


def test_a_day_later_failures_count_no_more(store, anna, later):
    for _ in range(5):
        wait(store)
    later(25 * 3600)
    assert [wait(store) for _ in range(5)] == [0] * 5


@pytest.mark.parametrize("address", ["192.0.2.{}", "2001:db8:1:{}::1"])
def test_other_addresses_are_not_slowed(store, address):
    for number in range(25):
        assert wait(store, name=f"name{number}", address=address.format(number)) == 0


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::{}", "unknown"])
def test_an_address_or_a_network_of_ipv6_is_slowed_after_twenty_names(store, address):
    for number in range(20):
        assert wait(store, name=f"name{number}", address=address.format(number)) == 0
    assert wait(store, name="another", address=address.format(99)) == 1


def test_an_attacker_who_has_an_account_does_not_reset_the_address_with_it(store, anna):
    for number in range(19):
        wait(store, name=f"name{number}")
    by_password.sign_in(store, "anna", GOOD, HERE)
    assert wait(store, name="name19") == 0
    assert wait(store, name="name20") == 1


def test_many_attempts_at_once_are_no_way_round(store, anna):
    def attempt(_number):
        return wait(store)

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(attempt, range(12)))
    assert waits.count(0) == 5  # so many passwords were looked at


def from_many_addresses(store, failures):
    """Fail under anna's name, five times from each address."""
    return [wait(store, address=f"192.0.2.{number // 5 + 10}") for number in range(failures)]


def test_failures_elsewhere_do_not_slow_a_name_until_they_are_a_hundred(store, anna, later):
    assert from_many_addresses(store, 99) == [0] * 99
    assert by_password.sign_in(store, "anna", GOOD, HERE) == ANNA
    assert wait(store, address="198.51.100.1") == 0
    assert wait(store, address="198.51.100.2") == 1
    later(2)
    assert by_password.sign_in(store, "anna", GOOD, HERE) == ANNA
    assert wait(store, address="198.51.100.3") == 0  # that one was right is no way round
    assert wait(store, address="198.51.100.4") == 2


@pytest.fixture
def device(store, anna):
    """The cookie of a browser in which anna has signed in."""
    return new_device(accounts.person(store, "anna"))


def test_failures_of_others_do_not_slow_a_browser_in_which_somebody_signed_in(store, device):
    from_many_addresses(store, 100)
    while not wait(store, address=HERE):
        pass
    assert by_password.sign_in(store, "anna", GOOD, HERE, device) == ANNA
    assert wait(store, address=HERE) > 0  # its success clears nothing of others


def test_such_a_browser_is_slowed_by_its_own_failures_only(store, device, later):
    assert [wait(store, device=device) for _ in range(5)] == [0] * 5
    assert wait(store, device=device) == 1
    assert by_password.sign_in(store, "anna", GOOD, HERE) == ANNA
    other = new_device(accounts.person(store, "anna"))
    assert by_password.sign_in(store, "anna", GOOD, HERE, other) == ANNA
    later(2)
    assert by_password.sign_in(store, "anna", GOOD, HERE, device) == ANNA
    assert wait(store, device=device) == 0


def test_a_cookie_that_is_not_of_this_person_and_password_counts_as_none(store, device, operator):
    accounts.add(store, operator, "berta", Role.IMPORTER, GOOD)
    number, _, signature = device.partition(".")
    others = ["", ".", "x", f"{number}x.{signature}", f"{number}.", "\udcff.é", f".{signature}"]
    anna, berta = (accounts.person(store, name) for name in ("anna", "berta"))
    assert known_device(anna, device) == number
    assert [known_device(anna, one) for one in others] == [""] * len(others)
    assert known_device(berta, device) == known_device(None, device) == ""
    accounts.change_password(store, operator, "anna", f"{GOOD} anew")
    assert known_device(accounts.person(store, "anna"), device) == ""


def test_who_has_no_password_has_no_such_browser(store, operator):
    accounts.add(store, operator, "proxied", Role.IMPORTER, None)
    proxied = accounts.person(store, "proxied")
    assert known_device(proxied, new_device(proxied)) == ""


def test_the_longest_wait_has_an_end():
    slowing = Slowing(free=5)
    assert [slowing.after(count) for count in (0, 4, 5, 6, 13, 14, 10**9)] == [
        0, 0, 1, 2, 256, 300, 300,
    ]  # fmt: skip


def test_a_hash_of_older_settings_is_made_anew(store, anna, monkeypatch):
    with store.reading() as connection:
        before = people.person(connection, "anna").password
    better = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: better)
    by_password.sign_in(store, "anna", GOOD, HERE)
    after = accounts.person(store, "anna").password
    assert after != before
    assert passwords.fits(GOOD, after)
    assert not passwords.is_outdated(after)
