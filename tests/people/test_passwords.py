"""Passwords: what is taken, and that a hash fits its password only."""

import pytest
from argon2 import PasswordHasher

from importer.errors import UsageError
from importer.people import passwords

GOOD = "correct horse battery"
BAD = {
    "short": "abcdefghijk",
    "long": "abcdefghijkl" * 50,
    "of few characters": "aaaaabbbbbccccc",
    "with the name in it": "x-Anna.Smith-2026",
    "a common one": "password1234",
    "a common one with other letters": "P@ssw0rd!2026",
    "on a keyboard": "qwertyuiop12",
}


@pytest.mark.parametrize("password", BAD.values(), ids=BAD)
def test_a_password_that_is_easily_guessed_is_refused_and_not_repeated(password):
    with pytest.raises(UsageError) as refused:
        passwords.demand_good(password, "anna.smith")
    assert password not in str(refused.value)


@pytest.mark.parametrize(
    "password", [GOOD, "zwölf Zeichen", "密码密码一二三四五六七八", "no name: abcdef"]
)
def test_a_good_password_is_taken_in_any_script_and_with_spaces(password):
    passwords.demand_good(password, "no")


def test_a_hash_fits_its_password_only():
    hash_ = passwords.hashed(GOOD)
    assert hash_.startswith("$argon2id$")
    assert GOOD not in hash_
    assert passwords.fits(GOOD, hash_)
    assert not passwords.fits(GOOD + "x", hash_)
    assert not passwords.fits(GOOD, passwords.hashed("another one altogether"))


@pytest.mark.parametrize("hash_", [None, "", "no hash", "$argon2id$v=19$m=1"])
def test_nothing_fits_where_there_is_no_hash(hash_):
    assert not passwords.fits(GOOD, hash_)


def test_a_password_longer_than_any_is_not_even_hashed(monkeypatch):
    monkeypatch.setattr(passwords, "_hasher", None)
    assert not passwords.fits("x" * (passwords.LONGEST + 1), "$argon2id$")


def test_a_hash_of_weaker_settings_is_outdated():
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    assert passwords.fits(GOOD, weak)
    assert passwords.is_outdated(weak)
    assert not passwords.is_outdated(passwords.hashed(GOOD))
