"""What a form answers to the questions of a sheet that its mapping keeps."""

from __future__ import annotations

from collections.abc import Mapping

from importer.uploads.views import SheetMatch, SheetQuestion
from importer.web.form import Form

BETWEEN = "; "
"""What parts the words of an answer."""


def given_answers(form: Form, number: int, sheet: SheetMatch, *, changed: bool) -> dict[str, str]:
    """Return the answer to each question by its name, or only where it is another."""
    found = {}
    for one in sheet.questions:
        name = f"once-{number}-{one.name}"
        if name in form.fields:
            given = BETWEEN.join(filter(None, map(str.strip, form.texts(name))))
            if not (changed and given == one.answer):
                found[one.name] = given
    return found


def other_answers(answers: Mapping[str, str], sheet: SheetMatch) -> dict[str, str]:
    """Return the answers that are not those that were shown, be they only likely."""
    shown = {one.name: one.answer or one.likely for one in sheet.questions}
    return {name: text for name, text in answers.items() if text != shown.get(name)}


def open_questions(sheet: SheetMatch) -> list[SheetQuestion]:
    """Return the questions of a sheet that nobody has answered."""
    return [one for one in sheet.questions if not one.answer]
