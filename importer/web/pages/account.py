"""One's own account: name and role, the password, and the tokens for programs."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from importer.errors import UsageError
from importer.journal.audit import AuditAction
from importer.people import By, accounts, audit_log, by_password, sign_ins, tokens
from importer.people.refused import SignInRefused
from importer.web.form import Form, Posted
from importer.web.page import Here, Page
from importer.web.security.cookies import keep, session_cookie

router = APIRouter()


@router.get("/account")
def account(page: Here) -> Response:
    """Show who one is, and one's tokens."""
    return _shown(page)


@router.post("/account/password")
def change_password(page: Here, form: Posted) -> Response:
    """Change one's password; one stays signed in here, and is signed out everywhere else."""
    try:
        _change(page, form)
    except (UsageError, SignInRefused) as error:
        return _shown(page, 422, wrong_password=str(error))
    answer = page.go("/account", "Your password is changed. Other browsers are signed out.")
    site = page.site
    secret = sign_ins.begin(site.store, page.visitor, site.limits)
    keep(answer, session_cookie(site.serving), secret, site.serving, int(site.limits.whole))
    return answer


@router.post("/account/tokens")
def add_token(page: Here, form: Posted) -> Response:
    """Make a token; it is shown in this answer, and never again."""
    name = form.text("token", 100)
    try:
        token = tokens.add(page.site.store, page.visitor, page.visitor.name, name)
    except UsageError as error:
        return _shown(page, 422, wrong_token=str(error), token_name=name)
    return _shown(page, 201, new_token=token, token_name=name)


@router.post("/account/tokens/revoke")
def revoke_token(page: Here, form: Posted) -> Response:
    """Let one of one's tokens be none any more."""
    name = form.text("token", 100)
    tokens.revoke(page.site.store, page.visitor, page.visitor.name, name)
    return page.go("/account", f"The token {name} is revoked: programs that use it are refused.")


@router.post("/account/mappings/remove")
def remove_mapping(page: Here, form: Posted) -> Response:
    """Remove a mapping that one has kept: lists with its headings are asked about again."""
    name = form.text("mapping", 100)
    page.site.uploads.remove_kept_mapping(page.visitor.name, name)
    audit_log.record(page.site.store, page.visitor, AuditAction.MAPPING_REMOVED, name)
    return page.go("/account", f"The mapping {name} is removed.")


def _change(page: Page, form: Form) -> None:
    """Change the password of who knows the present one. Raises UsageError, SignInRefused."""
    visitor, store = page.visitor, page.site.store
    if form.secret("new") != form.secret("again"):
        raise UsageError("The two new passwords differ. Type the new one twice.")
    by_password.sign_in(store, visitor.name, form.secret("password"), page.address, page.device)
    accounts.change_password(store, visitor, visitor.name, form.secret("new"))


def _shown(page: Page, status: int = 200, **more: str) -> Response:
    visitor, store = page.visitor, page.site.store
    person = accounts.person(store, visitor.name) if visitor.by is not By.LOOPBACK else None
    own = [one for one in tokens.all_tokens(store) if person and one.person == person.name]
    words = {"wrong_password": "", "wrong_token": "", "new_token": "", "token_name": "", **more}
    return page.show(
        "account.html",
        status,
        person=person,
        has_password=bool(person and person.password and visitor.by is By.SESSION),
        tokens=own,
        mappings=page.site.uploads.kept_mappings(visitor.name),
        by=HOW[visitor.by],
        **words,
    )


HOW = {
    By.SESSION: "with name and password",
    By.LOOPBACK: "with a one-time link, as the account of this computer",
    By.PROXY: "by your organisation's proxy",
    By.OIDC: "by your organisation's sign-in",
    By.TOKEN: "with a token",
    By.TERMINAL: "on the command line",
}
"""How one was recognised, in words."""
