"""The plan shows what an import does, row by row, and an import does exactly that, or nothing."""

import pytest

from importer.options import Options, ReportTo
from importer.pipeline.request import ImportRequest
from importer.pipeline.run import run
from importer.session import Connector
from importer.uploads import CellPlace, NotNow, ReleaseRefused, UploadState
from importer.uploads.views import FieldChange
from tests.uploads.lists import terms

pytestmark = pytest.mark.slow(5)

MANY = 20
NAMES = [f"T{n:02}" for n in range(MANY)]


def described(words, names=NAMES):
    """A workbook of terms that all have one description."""
    return terms(*[[name, words] for name in names])


def sent(desk, file):
    """Import a file on the command line, as it were."""
    path = desk.home / file[0]
    path.write_bytes(file[1])
    with Connector(desk.session.settings, "sandbox") as connect:
        options = connect.options(Options(allow_mass_change=True))
        request = ImportRequest([path], options, "sandbox", connect)
        return run(request, journal=desk.session.journal, report=ReportTo(wanted=False))


def test_a_plan_shows_old_and_new_of_each_row_and_what_is_held(desk):
    sent(desk, described("old", NAMES[:2]))
    upload = desk.planned(described("new", NAMES[:3]))
    plan = desk.uploads.plan_view(upload.name)
    assert upload.state is UploadState.PLANNED
    assert plan.counts == {"unchanged": 1, "update": 2, "create": 1}
    assert (plan.sendable, plan.held, plan.target) == (3, 0, "sandbox")
    page = desk.uploads.plan_rows(upload.name)
    assert [(line.row, line.action) for line in page.lines] == [
        (2, "update"),
        (3, "update"),
        (4, "create"),
    ]
    assert page.lines[0].changes == (FieldChange("Description", "old", "new"),)
    assert [line.row for line in desk.uploads.plan_rows(upload.name, action="create").lines] == [4]
    assert [
        line.sheet for line in desk.uploads.plan_rows(upload.name, action="unchanged").lines
    ] == ["Glossaries"]
    assert desk.uploads.plan_rows(upload.name, action="held").lines == ()


def test_what_the_guard_holds_is_sent_only_where_its_number_is_typed(desk):
    sent(desk, described("old"))
    upload = desk.planned(described("new"))
    plan = desk.uploads.plan_view(upload.name)
    assert (plan.held, plan.sendable) == (MANY, MANY)
    [why] = plan.held_for
    assert why.startswith(f"This would change {MANY} of")
    assert "importer plan" not in why
    assert all(line.held for line in desk.uploads.plan_rows(upload.name, action="held").lines)
    for number in (0, MANY - 1):
        with pytest.raises(ReleaseRefused, match=f"holds {MANY} rows"):
            desk.uploads.start_import(upload.name, "ada", release=number)

    desk.uploads.start_import(upload.name, "ada")
    held = desk.until(upload.name)
    assert held.state is UploadState.IMPORTED
    assert desk.uploads.run(held.run).counts == {"unchanged": 1, "held": MANY}
    said = {one.message for one in desk.uploads.outcomes(held.run, status="held").rows}
    assert said == {why}  # without the words of the command line

    again = desk.planned(described("new"))
    desk.uploads.start_import(again.name, "ada", release=MANY)
    assert desk.uploads.run(desk.until(again.name).run).counts == {"updated": MANY, "unchanged": 1}


def test_a_plan_that_is_stale_is_not_imported_but_made_anew(desk):
    sent(desk, described("old", NAMES[:1]))
    upload = desk.planned(described("new", NAMES[:1]))
    sent(desk, described("changed by somebody else", NAMES[:1]))
    desk.uploads.start_import(upload.name, "ada")
    refused = desk.until(upload.name)
    assert refused.state is UploadState.CHECKED
    assert refused.why.startswith("Nothing was sent: this is not what was planned")
    with pytest.raises(NotNow):
        desk.uploads.start_import(upload.name, "ada")
    desk.uploads.plan(upload.name, "ada")
    planned = desk.until(upload.name)
    assert (planned.state, planned.why) == (UploadState.PLANNED, "")


def test_a_fix_makes_the_plan_old(desk):
    upload = desk.planned(terms(["Margin", "x"], ["", "y"]))
    [row] = desk.uploads.rows(upload.name, 0).rows
    desk.uploads.fix(upload.name, "ada", CellPlace(row.file, row.sheet, row.row, 2), "", "Cost")
    with pytest.raises(NotNow):
        desk.uploads.start_import(upload.name, "ada")
    checked = desk.until(upload.name)
    assert (checked.state, checked.counts.invalid) == (UploadState.CHECKED, 0)
    with pytest.raises(NotNow, match="no plan"):
        desk.uploads.plan_view(upload.name)
