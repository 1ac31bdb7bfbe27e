"""A token of the API is its person's, until it is revoked."""

import pytest

from importer.errors import UsageError
from importer.journal.people_tables import TOKENS
from importer.people import accounts, tokens
from importer.visitor import By, Role, Visitor


@pytest.fixture(autouse=True)
def anna(store, operator):
    return accounts.add(store, operator, "anna", Role.IMPORTER, None)


@pytest.fixture
def token(store, operator):
    return tokens.add(store, operator, "Anna", "laptop")


def rows(store):
    with store.reading() as connection:
        return connection.execute(TOKENS.select()).all()


def test_a_token_is_its_persons(store, token, log):
    assert token.startswith("imp_")
    assert tokens.visitor_of(store, token) == Visitor("anna", Role.IMPORTER, By.TOKEN)
    assert log()[-1] == ("root", "token added", "anna", b'{"token":"laptop"}')


def test_a_token_has_the_role_that_its_person_has_now(store, operator, token):
    accounts.change_role(store, operator, "anna", Role.VIEWER)
    assert tokens.visitor_of(store, token).role is Role.VIEWER


@pytest.mark.parametrize("token", ["", "imp_", "imp_x", "x", "imp_\udcff"])
def test_another_secret_is_nobodys(store, token):
    assert tokens.visitor_of(store, token) is None


def test_the_journal_gives_no_token_away(store, token, log):
    [row] = rows(store)
    assert token.removeprefix("imp_") not in str(row) + str(log())
    assert tokens.visitor_of(store, row.hash) is None


def test_a_revoked_token_is_none(store, operator, token, log):
    other = tokens.add(store, operator, "anna", "server")
    tokens.revoke(store, operator, "Anna", "laptop")
    assert tokens.visitor_of(store, token) is None
    assert tokens.visitor_of(store, other)
    assert log()[-1] == ("root", "token revoked", "anna", b'{"token":"laptop"}')
    with pytest.raises(UsageError, match="anna has no token called laptop"):
        tokens.revoke(store, operator, "anna", "laptop")


def test_tokens_are_listed_with_when_they_were_last_used(store, operator, token, later):
    tokens.add(store, operator, "anna", "a server")
    assert [(one.person, one.name) for one in tokens.all_tokens(store)] == [
        ("anna", "a server"),
        ("anna", "laptop"),
    ]
    later(100)
    tokens.visitor_of(store, token)
    unused, used = tokens.all_tokens(store)
    assert unused.used is None
    assert used.used > used.added + 90
    later(30)
    tokens.visitor_of(store, token)  # within a minute it is not noted again
    assert tokens.all_tokens(store)[1].used == pytest.approx(used.used - 30)


def test_a_name_is_one_tokens(store, operator, token):
    with pytest.raises(UsageError, match="has a token called laptop already"):
        tokens.add(store, operator, "anna", "laptop")
    assert len(rows(store)) == 1


@pytest.mark.parametrize("name", ["", "a\nb", "<b>", "x" * 101])
def test_a_name_that_cannot_be_shown_safely_is_refused(store, operator, name):
    with pytest.raises(UsageError, match="name of a token has letters"):
        tokens.add(store, operator, "anna", name)


def test_only_a_person_has_tokens(store, operator):
    with pytest.raises(UsageError, match="no person called bert"):
        tokens.add(store, operator, "bert", "laptop")
    assert rows(store) == []
