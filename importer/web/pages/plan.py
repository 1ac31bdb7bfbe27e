"""The plan: what an import would do, in totals and row by row; the import is begun from here."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.responses import Response

from importer.errors import UsageError
from importer.journal.audit import AuditAction
from importer.model import Action
from importer.people import access
from importer.uploads import NotNow, PlanReplaced, ReleaseRefused
from importer.uploads.views import PlanView
from importer.web.form import Posted
from importer.web.pagination import Pagination
from importer.web.pictures.bar import bar
from importer.web.pictures.branches import Leaf
from importer.web.pictures.picture import Picture
from importer.web.pictures.tree import tree
from importer.web.upload_page import Changed, Seen, UploadPage
from importer.web.way import Way

router = APIRouter()

HELD = "held"
ACTIONS = frozenset(map(str, Action))
DRAWN = 10
"""So many pages of a plan are drawn as a tree."""

CHANGES = {"create": "new", "delete": "gone", "update": "changed", "move": "changed"}
"""The actions, as the tree calls what they do."""


@router.post("/uploads/{name}/plan")
def make_plan(here: Changed) -> Response:
    """Begin to plan."""
    try:
        here.uploads.plan(here.name, here.by)
    except UsageError as error:
        return here.refused(error, "findings")
    here.record(AuditAction.PLANNED)
    return here.go()


@router.get("/uploads/{name}/plan")
def plan(here: Seen, action: str = "", page: int = 1) -> Response:
    """Show the plan."""
    return _shown(here, action, page)


def _shown(
    here: UploadPage, action: str = "", page: int = 1, status: int = 200, **more: str
) -> Response:
    try:
        view = here.uploads.plan_view(here.name)
        rows = here.uploads.plan_rows(here.name, page, action)
    except NotNow:
        return here.go()
    words = {"wrong": "", "typed": "", "replaced": "", **more}
    return here.show(
        "plan.html",
        Way.PLAN,
        status,
        plan=view,
        notes=_notes(view),
        rows=rows,
        action=action,
        bar=bar("Rows by what would happen to them", view.counts),
        tabs=[*_tabs(here, view, action)],
        left_out=sum(view.counts.values()) - sum(_planned(view).values()),
        pages=Pagination.of(here.path("plan"), rows.page, rows.total, action=action),
        tree=_tree(here),
        real=_is_real(here, view.target),
        **words,
    )


@router.post("/uploads/{name}/import")
def start_import(here: Changed, form: Posted) -> Response:
    """Begin to import what the plan shows; with `release`, what the guard holds too."""
    typed = form.text("release", 20)
    release = None
    if form.text("held", 10) == "release":
        access.demand_approval(here.page.visitor)
        digits = "".join(typed.replace(",", "").split())
        release = int(digits) if digits.isdecimal() else -1
    try:
        held = here.uploads.plan_view(here.name).held
        here.uploads.start_import(here.name, here.by, release, form.text("plan", 64))
    except PlanReplaced as error:
        return _shown(here, status=409, replaced=str(error))
    except ReleaseRefused:
        words = f"Type {held:,}: so many rows are held."
        return _shown(here, status=422, wrong=words, typed=typed)
    except UsageError as error:
        return here.refused(error)
    here.record(AuditAction.IMPORTED, {"target": here.upload.target})
    if release is not None:
        here.record(AuditAction.RELEASED, {"rows": release})
    return here.go()


def _notes(view: PlanView) -> list[str]:
    """Return what the plan warns of besides what is held, of which more is said."""
    told = tuple(why.rstrip(".") for why in view.held_for)
    return [note for note in view.notes if not (told and note.startswith(told))]


def _is_real(here: UploadPage, target: str) -> bool:
    return any(one.real for one in here.uploads.targets() if one.name == target)


def _tabs(
    here: UploadPage, view: PlanView, action: str
) -> Iterator[tuple[str, str, int | None, bool]]:
    """Yield a tab for all that changes, for each action, and for what is held."""
    path = here.path("plan")
    yield "All changes", path, view.sendable, not action
    for name, count in _planned(view).items():
        yield name, f"{path}?action={name}", count, action == name
    if view.held:
        yield HELD, f"{path}?action={HELD}", view.held, action == HELD


def _planned(view: PlanView) -> dict[str, int]:
    """Return the rows by action; those with none are left out: the findings have them."""
    return {name: count for name, count in view.counts.items() if name in ACTIONS}


def _tree(here: UploadPage) -> Picture | None:
    """Return the tree of what changes; None where nothing of it is a tree."""
    leaves = [*_leaves(here)]
    deep = any(len(leaf.path) > 1 for leaf in leaves)
    return tree(leaves, "What would be new, changed and gone") if deep else None


def _leaves(here: UploadPage) -> Iterator[Leaf]:
    pages = min(DRAWN, here.uploads.plan_rows(here.name).pages)
    for page in range(1, pages + 1):
        for line in here.uploads.plan_rows(here.name, page).lines:
            path = tuple(part for part in line.key.split(" > ") if part)
            if path and line.action in CHANGES:
                yield Leaf(path, CHANGES[line.action])
