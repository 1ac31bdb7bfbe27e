"""Who may do what: every role, owner or not, shared or not, with everything that can be asked."""

import pytest

from importer.journal.shares import Share, ShareWith
from importer.people import access
from importer.people.refused import Forbidden, NotThere
from importer.visitor import By, Role, Visitor

OWNER = "anna"
UNSHARED = ()
WITH_PERSON = (Share("page", ShareWith.PERSON, "bert"),)
WITH_VIEWERS = (Share("page", ShareWith.ROLE, "viewer"),)
WITH_IMPORTERS = (Share("page", ShareWith.ROLE, "importer"),)
WITH_ADMINS = (Share("page", ShareWith.ROLE, "admin"),)
WITH_OTHERS = (Share("page", ShareWith.PERSON, "carl"),)

ALL, CHANGES, SEES, NOTHING = "see change share", "see change", "see", ""

ADMINS = {
    ("bert", shares): ALL
    for shares in (UNSHARED, WITH_PERSON, WITH_VIEWERS, WITH_IMPORTERS, WITH_ADMINS, WITH_OTHERS)
}
IMPORTERS = {
    ("anna", UNSHARED): ALL,
    ("anna", WITH_OTHERS): ALL,
    ("bert", UNSHARED): NOTHING,
    ("bert", WITH_PERSON): CHANGES,
    ("bert", WITH_VIEWERS): CHANGES,
    ("bert", WITH_IMPORTERS): CHANGES,
    ("bert", WITH_ADMINS): NOTHING,
    ("bert", WITH_OTHERS): NOTHING,
}
VIEWERS = {
    ("anna", UNSHARED): NOTHING,  # their own from the time when they were an importer
    ("bert", UNSHARED): NOTHING,
    ("bert", WITH_PERSON): SEES,
    ("bert", WITH_VIEWERS): SEES,
    ("bert", WITH_IMPORTERS): NOTHING,
    ("bert", WITH_ADMINS): NOTHING,
    ("bert", WITH_OTHERS): NOTHING,
}
ROLES = {Role.ADMIN: ADMINS, Role.IMPORTER: IMPORTERS, Role.VIEWER: VIEWERS}
CASES = [
    pytest.param(name, role, shares, may, id=f"{role} {name} {number}")
    for role, cases in ROLES.items()
    for number, ((name, shares), may) in enumerate(cases.items())
]


def outcome(demand, *args):
    try:
        demand(*args)
    except (NotThere, Forbidden) as refused:
        return type(refused)
    return "done"


@pytest.mark.parametrize(("name", "role", "shares", "may"), CASES)
def test_a_page_is_seen_changed_and_shared_by_whom_it_should_be(name, role, shares, may):
    for visitor in (Visitor(name, role, by) for by in By):
        asked = {
            "see": access.may_see(visitor, OWNER, shares),
            "change": access.may_change(visitor, OWNER, shares),
            "share": access.may_share(visitor, OWNER),
        }
        assert " ".join(word for word, yes in asked.items() if yes) == may


@pytest.mark.parametrize(("name", "role", "shares", "may"), CASES)
def test_what_is_not_seen_is_not_there_and_what_is_seen_is_refused(name, role, shares, may):
    refused = Forbidden if "see" in may else NotThere
    for visitor in (Visitor(name, role, by) for by in By):
        demands = {
            "see": (access.demand_seen, (visitor, OWNER, iter(shares))),
            "change": (access.demand_change, (visitor, OWNER, iter(shares))),
            "share": (access.demand_sharing, (visitor, OWNER, iter(shares))),
        }
        for word, (demand, args) in demands.items():
            assert outcome(demand, *args) == ("done" if word in may else refused)


OF_ALL = {
    (access.demand_upload, Role.VIEWER): Forbidden,
    (access.demand_upload, Role.IMPORTER): "done",
    (access.demand_upload, Role.ADMIN): "done",
    (access.demand_approval, Role.VIEWER): Forbidden,
    (access.demand_approval, Role.IMPORTER): Forbidden,
    (access.demand_approval, Role.ADMIN): "done",
    (access.demand_administration, Role.VIEWER): NotThere,
    (access.demand_administration, Role.IMPORTER): NotThere,
    (access.demand_administration, Role.ADMIN): "done",
}


@pytest.mark.parametrize("asked", OF_ALL, ids=lambda one: f"{one[0].__name__} {one[1]}")
def test_a_role_decides_what_is_no_pages(asked):
    demand, role = asked
    for by in By:
        assert outcome(demand, Visitor("anna", role, by)) == OF_ALL[asked]


def test_a_role_includes_those_before_it():
    assert [[one.includes(other) for other in Role] for one in Role] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


def test_what_is_refused_says_why():
    viewer, importer = (Visitor("bert", role, By.SESSION) for role in (Role.VIEWER, Role.IMPORTER))
    with pytest.raises(Forbidden, match="not change it: your role is viewer"):
        access.demand_change(viewer, OWNER, WITH_PERSON)
    with pytest.raises(Forbidden, match="Only anna and admins"):
        access.demand_sharing(importer, OWNER, WITH_PERSON)
    with pytest.raises(Forbidden, match="Only an admin can release"):
        access.demand_approval(importer)
    with pytest.raises(NotThere, match="nothing here that you can see"):
        access.demand_seen(importer, OWNER, UNSHARED)
