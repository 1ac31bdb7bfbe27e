"""People are added, changed and removed; what they had signed in to ends with that."""

import pytest

from importer.errors import UsageError
from importer.journal.shares import ShareWith
from importer.journal.sign_ins import Limits
from importer.people import accounts, passwords, sharing, sign_ins, tokens
from importer.visitor import By, Role, Visitor

GOOD = "correct horse battery"
LIMITS = Limits()


@pytest.fixture
def anna(store, operator):
    return accounts.add(store, operator, "Anna", Role.IMPORTER, None)


def signed_in(store, name="anna"):
    return sign_ins.begin(store, Visitor(name, Role.IMPORTER, By.SESSION), LIMITS)


def test_a_person_has_a_name_a_role_and_a_hash(store, operator, log):
    accounts.add(store, operator, " Anna ", Role.IMPORTER, GOOD)
    [found] = accounts.all_people(store)
    assert (found.name, found.role) == ("anna", Role.IMPORTER)
    assert passwords.fits(GOOD, found.password)
    assert log() == [("root", "person added", "anna", b'{"role":"importer"}')]


def test_people_are_listed_by_name(store, operator):
    for name in ("carl", "anna", "bert"):
        accounts.add(store, operator, name, Role.VIEWER, None)
    assert [one.name for one in accounts.all_people(store)] == ["anna", "bert", "carl"]


def test_a_name_is_one_persons_however_it_is_written(store, operator, anna):
    with pytest.raises(UsageError, match="a person called anna already"):
        accounts.add(store, operator, "ANNA", Role.ADMIN, None)
    assert accounts.person(store, "ａｎｎａ") == anna
    assert accounts.person(store, "bert") is None


@pytest.mark.parametrize("name", ["", " ", "a b", "a/b", "<b>", "a\x00", "x" * 101, "a\nb"])
def test_a_name_that_cannot_be_shown_safely_is_refused(store, operator, name, log):
    with pytest.raises(UsageError, match="letters, digits"):
        accounts.add(store, operator, name, Role.VIEWER, None)
    assert log() == []


def test_an_address_is_a_name(store, operator):
    accounts.add(store, operator, "zoë+x@mail.example-one.org", Role.VIEWER, None)


def test_another_role_counts_at_once_and_ends_all_sign_ins(store, operator, anna, log):
    keys = [signed_in(store), signed_in(store)]
    assert accounts.change_role(store, operator, "Anna", Role.VIEWER).role is Role.VIEWER
    assert [sign_ins.find(store, key, LIMITS) for key in keys] == [None, None]
    assert log()[-1] == ("root", "role changed", "anna", b'{"from":"importer","to":"viewer"}')


def test_another_password_ends_all_sign_ins(store, operator, anna, log):
    key = signed_in(store)
    found = accounts.change_password(store, operator, "Anna", GOOD)
    assert passwords.fits(GOOD, found.password)
    assert sign_ins.find(store, key, LIMITS) is None
    assert log()[-1] == ("root", "password changed", "anna", b"{}")


def test_who_is_removed_is_signed_in_nowhere_and_leaves_nothing_to_the_next_of_the_name(
    store, operator, anna, log
):
    key, token = signed_in(store), tokens.add(store, operator, "anna", "laptop")
    sharing.share(store, operator, "page", ShareWith.PERSON, "anna")
    accounts.remove(store, operator, "Anna")
    assert accounts.all_people(store) == []
    assert log()[-1] == ("root", "person removed", "anna", b"{}")
    accounts.add(store, operator, "anna", Role.VIEWER, None)
    assert sign_ins.find(store, key, LIMITS) is None
    assert tokens.visitor_of(store, token) is None
    assert sharing.shares_of(store, "page") == []


def test_a_sign_in_that_was_begun_while_its_person_was_removed_is_none(store, operator, anna):
    accounts.remove(store, operator, "anna")
    assert sign_ins.find(store, signed_in(store), LIMITS) is None


@pytest.mark.parametrize("act", ["change_role", "change_password", "remove"])
def test_nobody_is_changed_who_is_not_there(store, operator, act, log):
    more = {"change_role": [Role.ADMIN], "change_password": [GOOD], "remove": []}[act]
    with pytest.raises(UsageError, match="no person called bert"):
        getattr(accounts, act)(store, operator, "Bert", *more)
    assert log() == []
