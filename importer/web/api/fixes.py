"""Fixes of an upload: a cell, all cells of a cause at once; each can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from importer.journal.audit import AuditAction
from importer.uploads import NotNow
from importer.uploads.views import Fix
from importer.web.api.cells import place_of
from importer.web.api.demand import Asked, Changed, Seen
from importer.web.api.models.fixes import (
    FixAnswer,
    FixedAnswer,
    FixesAnswer,
    FixSent,
    SuggestionsSent,
)
from importer.web.api.models.uploads import UploadAnswer
from importer.web.api.numbers import Number, PageNumber, page_of
from importer.web.api.route import router
from importer.web.api.uploads import upload_of

ROUTER = router("/uploads/{upload}", "fixes")


@ROUTER.get("/fixes")
def list_fixes(asked: Seen, page: PageNumber = 1) -> FixesAnswer:
    """List the fixes, newest first, those undone too."""
    found = asked.uploads.fixes(asked.about)
    some, pages = page_of(found, page)
    fixes = [FixAnswer.of(one) for one in some]
    return FixesAnswer(fixes=fixes, page=page, pages=pages, total=len(found))


@ROUTER.post("/fixes", status_code=202)
def fix_cell(asked: Changed, sent: FixSent) -> FixedAnswer:
    """Change a cell of a row that has findings, and check again.

    Where the cell does not hold `old` any more, nothing is done: a 409 says what it holds now.
    """
    place = place_of(asked, sent.file, sent.sheet, sent.cell)
    over = sent.overwrite_formula
    made = asked.uploads.fix(asked.about, asked.by, place, sent.old, sent.new, over)
    return _fixed(asked, [made])


@ROUTER.post("/suggestions", status_code=202)
def take_suggestions(asked: Changed, sent: SuggestionsSent) -> FixedAnswer:
    """Take what is suggested for all cells of a cause, and check again."""
    if asked.uploads.get(asked.about).checked != sent.version:
        raise NotNow("It was checked again since: look at its causes anew.")
    made = asked.uploads.take_suggestions(asked.about, asked.by, sent.cause, sent.value)
    return _fixed(asked, made)


def _fixed(asked: Asked, made: Sequence[Fix]) -> FixedAnswer:
    asked.record(AuditAction.FIXED, {"cells": len(made)})
    return FixedAnswer(bunch=made[0].bunch, cells=len(made), upload=upload_of(asked))


@ROUTER.delete("/fixes/{number}", status_code=202)
def undo_fix(asked: Changed, number: Number) -> UploadAnswer:
    """Undo a fix, and check again."""
    asked.uploads.undo_fix(asked.about, asked.by, number)
    asked.record(AuditAction.FIX_UNDONE, {"fix": number})
    return upload_of(asked)


@ROUTER.delete("/bunches/{number}", status_code=202)
def undo_bunch(asked: Changed, number: Number) -> UploadAnswer:
    """Undo all fixes that were made together, and check again."""
    asked.uploads.undo_bunch(asked.about, asked.by, number)
    asked.record(AuditAction.FIX_UNDONE, {"bunch": number})
    return upload_of(asked)
