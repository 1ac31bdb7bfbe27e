"""Pages are shared with a person or a role; both questions about that have the same answer."""

import pytest

from importer.errors import UsageError
from importer.journal.shares import ShareWith
from importer.people import accounts, sharing
from importer.visitor import By, Role, Visitor

ANNA = Visitor("anna", Role.IMPORTER, By.SESSION)
VISITORS = [Visitor(name, role, By.SESSION) for name in ("bert", "carl") for role in Role]
SHARED = [
    ("one", ShareWith.PERSON, "bert"),
    ("two", ShareWith.ROLE, "viewer"),
    ("three", ShareWith.ROLE, "importer"),
    ("four", ShareWith.ROLE, "admin"),
    ("four", ShareWith.PERSON, "bert"),
]


@pytest.fixture(autouse=True)
def bert(store, operator):
    accounts.add(store, operator, "bert", Role.VIEWER, None)


@pytest.fixture
def shared(store):
    for about, to, name in SHARED:
        sharing.share(store, ANNA, about, to, name)


def test_a_page_is_shared_with_persons_and_roles(store, shared, log):
    assert [(one.to, one.name, one.by) for one in sharing.shares_of(store, "four")] == [
        (ShareWith.PERSON, "bert", "anna"),
        (ShareWith.ROLE, "admin", "anna"),
    ]
    assert sharing.shares_of(store, "five") == []
    assert log()[1] == ("anna", "shared", "one", b'{"person":"bert"}')


@pytest.mark.parametrize("visitor", VISITORS, ids=lambda one: f"{one.name} {one.role}")
def test_the_list_of_a_visitor_has_the_pages_whose_shares_cover_them(store, shared, visitor):
    pages = {about for about, _, _ in SHARED}
    covered = {
        about
        for about in pages
        if any(share.covers(visitor) for share in sharing.shares_of(store, about))
    }
    assert sharing.shared_with(store, visitor) == covered


def test_what_is_shared_twice_is_shared_once(store, shared):
    sharing.share(store, ANNA, "one", ShareWith.PERSON, "BERT")
    assert len(sharing.shares_of(store, "one")) == 1


def test_what_is_shared_no_more_is_not_seen(store, shared, log):
    bert = Visitor("bert", Role.VIEWER, By.SESSION)
    sharing.end(store, ANNA, "one", ShareWith.PERSON, "Bert")
    assert sharing.shared_with(store, bert) == {"two", "four"}
    assert log()[-1] == ("anna", "share ended", "one", b'{"person":"bert"}')


@pytest.mark.parametrize(("to", "name"), [(ShareWith.PERSON, "dora"), (ShareWith.ROLE, "boss")])
def test_a_page_is_shared_only_with_whom_there_is(store, to, name):
    with pytest.raises(UsageError, match=f"There is no {to} {'called ' if to == 'person' else ''}"):
        sharing.share(store, ANNA, "one", to, name)
    assert sharing.shares_of(store, "one") == []
