"""Column matching: what each sheet and column is taken for, corrected by choosing from lists."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.responses import Response

from importer.errors import UsageError
from importer.journal.audit import AuditAction
from importer.uploads import NotNow, SheetChoice
from importer.uploads.views import Match, SheetMatch
from importer.web.form import Form, Posted
from importer.web.kept import kept_detail
from importer.web.sheet_questions import given_answers, open_questions, other_answers
from importer.web.upload_page import Changed, Seen, UploadPage
from importer.web.way import Way

router = APIRouter()

FOLLOWS = "This is what follows from your choices."


@router.get("/uploads/{name}/columns")
def columns(here: Seen) -> Response:
    """Show what is proposed."""
    try:
        return _shown(here, here.uploads.match(here.name))
    except NotNow:
        return here.go()


@router.post("/uploads/{name}/columns")
def choose(here: Changed, form: Posted) -> Response:
    """Propose anew around what was chosen."""
    try:
        match = here.uploads.match(here.name)
        if chosen := [*_chosen(form, match)]:
            here.uploads.choose(here.name, here.by, chosen)
            here.record(AuditAction.COLUMNS_CHOSEN)
    except UsageError as error:
        return here.refused(error)
    return here.go("columns", FOLLOWS, "")


@router.post("/uploads/{name}/columns/accept")
def accept(here: Changed, form: Posted) -> Response:
    """Take the columns as the form shows them, and begin to check."""
    keep_as = form.text("keep_as", 100) if form.text("keep") else ""
    try:
        match = here.uploads.match(here.name)
        if [*_chosen(form, match)]:
            follows = here.uploads.choose(here.name, here.by, [*_everything(form, match)])
            here.record(AuditAction.COLUMNS_CHOSEN)
            if not _was_shown(form, match, follows):
                return here.go("columns", f"{FOLLOWS} Look at it before you take it.", "wait")
        here.uploads.accept_match(here.name, here.by, _answers(form, match), keep_as)
    except NotNow as error:
        return here.refused(error)
    except UsageError as error:
        return _again(here, form, str(error))
    here.record(AuditAction.MAPPING_ACCEPTED, kept_detail(keep_as))
    return here.go()


def _again(here: UploadPage, form: Form, wrong: str) -> Response:
    """Show the page again, with what is lacking."""
    match = here.uploads.match(here.name)
    keep_as = form.text("keep_as", 100)
    return _shown(here, match, 422, wrong=wrong, keep_as=keep_as, given=_answers(form, match))


def _shown(
    here: UploadPage,
    match: Match,
    status: int = 200,
    *,
    wrong: str = "",
    keep_as: str = "",
    given: dict[str, str] | None = None,
) -> Response:
    return here.show(
        "columns.html",
        Way.COLUMNS,
        status,
        match=match,
        wrong=wrong,
        keep_as=keep_as or match.name,
        given=given or {},
    )


def _answers(form: Form, match: Match) -> dict[str, str]:
    return {one.name: form.text(f"answer-{one.name}") for one in match.questions}


def _chosen(form: Form, match: Match) -> Iterator[SheetChoice]:
    """Yield what the form says differently from what is proposed."""
    for number, sheet in enumerate(match.sheets):
        row, kind = _row(form, number, sheet), _kind(form, number, sheet)
        fields = _fields(form, number, sheet, changed=True)
        answers = given_answers(form, number, sheet, changed=True)
        if row is not None or kind is not None or fields or answers:
            yield SheetChoice(sheet.file, sheet.sheet, row, kind, fields, answers)


def _everything(form: Form, match: Match) -> Iterator[SheetChoice]:
    """Yield all that the form says, so that exactly that is taken.

    Where a question has another answer than was shown, the columns follow it.
    """
    for number, sheet in enumerate(match.sheets):
        row, kind = _row(form, number, sheet), _kind(form, number, sheet)
        same = row is None and kind is None
        answers = given_answers(form, number, sheet, changed=False) if same else {}
        follow = bool(other_answers(answers, sheet))
        fields = _fields(form, number, sheet, changed=follow) if same else {}
        yield SheetChoice(sheet.file, sheet.sheet, row, kind, fields, answers)


def _was_shown(form: Form, before: Match, follows: Match) -> bool:
    """Return whether what follows from a form is what stood in it: fields and questions."""
    kinds = [one.kind for one in before.sheets] == [one.kind for one in follows.sheets]
    rows = [one.header_row for one in before.sheets] == [one.header_row for one in follows.sheets]
    fields = not any(
        _fields(form, number, sheet, changed=True) or open_questions(sheet)
        for number, sheet in enumerate(follows.sheets)
    )
    asked = {one.name for one in follows.questions} <= {one.name for one in before.questions}
    return kinds and rows and fields and asked


def _row(form: Form, number: int, sheet: SheetMatch) -> int | None:
    given = form.text(f"row-{number}", 7)
    return int(given) if given.isdecimal() and int(given) not in (0, sheet.header_row) else None


def _kind(form: Form, number: int, sheet: SheetMatch) -> str | None:
    name = f"kind-{number}"
    given = form.text(name, 200)
    known = name in form.fields and given in ("", *sheet.kinds)
    return given if known and given != sheet.kind else None


def _fields(form: Form, number: int, sheet: SheetMatch, *, changed: bool) -> dict[str, str]:
    """Return the field chosen for each column by its letters, or only where it is another."""
    found = {}
    for column in sheet.columns:
        name = f"field-{number}-{column.column}"
        given = form.cell(name)
        if name in form.fields and not (changed and given == column.field):
            found[column.column] = given
    return found
