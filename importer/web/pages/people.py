"""People, for admins: who there is, with which role; added, changed and removed."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from importer.errors import UsageError
from importer.journal.people import Person
from importer.people import Role, accounts, tokens
from importer.web.form import Form, Posted
from importer.web.page import AdminHere, Page

router = APIRouter()

MEANINGS = {
    Role.VIEWER: "viewer: looks at what is shared with them",
    Role.IMPORTER: "importer: imports, except what the guard holds",
    Role.ADMIN: "admin: sees everything, releases what the guard holds, manages people",
}
"""The roles as they are chosen from a list."""


@router.get("/people")
def people(page: AdminHere) -> Response:
    """Show all people."""
    return _shown(page)


@router.post("/people")
def add(page: AdminHere, form: Posted) -> Response:
    """Add a person; without a password, one whom a proxy or a provider recognises."""
    name = form.text("name", 200)
    try:
        role = _role(form)
        made = accounts.add(
            page.site.store, page.visitor, name, role, form.secret("password") or None
        )
    except UsageError as error:
        return _shown(page, 422, wrong=str(error), name=name, role=form.text("role"))
    return page.go("/people", f"{made.name} is added as {made.role}.")


@router.post("/people/role")
def change_role(page: AdminHere, form: Posted) -> Response:
    """Give somebody another role; they sign in again."""
    person = _named(page, form.text("name", 200))
    role = _role(form)
    _keep_an_admin(page, person, role)
    accounts.change_role(page.site.store, page.visitor, person.name, role)
    return page.go("/people", f"{person.name} is {role} now, and signs in again.")


@router.get("/people/{name}/remove")
def ask_to_remove(page: AdminHere, name: str) -> Response:
    """Say what removing somebody does, and ask."""
    person = _named(page, name)
    return page.show("person_remove.html", person=person, tokens=_tokens(page)[person.name])


@router.post("/people/remove")
def remove(page: AdminHere, form: Posted) -> Response:
    """Remove somebody; what they imported stays."""
    person = _named(page, form.text("name", 200))
    _keep_an_admin(page, person, None)
    accounts.remove(page.site.store, page.visitor, person.name)
    page.site.uploads.remove_all_kept(person.name)
    return page.go("/people", f"{person.name} is removed.")


def _named(page: Page, name: str) -> Person:
    """Return a person by name. Raises a 404 where there is none, removed by now perhaps."""
    found = accounts.person(page.site.store, name)
    if found is None:
        raise HTTPException(404, f"There is no person called {name}.")
    return found


def _role(form: Form) -> Role:
    try:
        return Role(form.text("role"))
    except ValueError:
        raise UsageError(f"Choose a role: {', '.join(Role)}.") from None


def _keep_an_admin(page: Page, person: Person, role: Role | None) -> None:
    """Refuse what would leave nobody who can manage people here. Raises UsageError."""
    admins = [one for one in accounts.all_people(page.site.store) if one.role is Role.ADMIN]
    if role is not Role.ADMIN and [one.name for one in admins] == [person.name]:
        raise UsageError(
            f"{person.name} is the only admin. Make somebody else an admin first, so that people "
            "can be managed here."
        )


def _tokens(page: Page) -> Counter[str]:
    """Return how many tokens each person has."""
    return Counter(token.person for token in tokens.all_tokens(page.site.store))


def _shown(
    page: Page, status: int = 200, *, wrong: str = "", name: str = "", role: str = Role.IMPORTER
) -> Response:
    return page.show(
        "people.html",
        status,
        people=accounts.all_people(page.site.store),
        tokens=_tokens(page),
        meanings=MEANINGS.items(),
        roles=[(one.value, one.value) for one in Role],
        wrong=wrong,
        name=name,
        role=role,
    )
