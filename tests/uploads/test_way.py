"""The whole way of a steward's file: received, checked, fixed, planned, imported, undone."""

from importer.uploads import CellPlace, HistoryQuery, UploadState
from tests.uploads.desk import text

DESKS = [["Desk", "Building", "Floor"]]
GLOSSARY = text([["Glossary", "Term", "Certificate"], ["Finance", "Margin", "VERIFID"]])


def test_a_file_goes_the_whole_way(desk):
    both = [("Glossaries.csv", text([["Glossary"], ["Finance"]])), ("Terms.csv", GLOSSARY)]
    upload = desk.checked(*both)
    assert (upload.state, upload.why) == (UploadState.CHECKED, "")
    assert (upload.template, upload.counts.invalid) == ("atlan-glossary", 1)
    [tab] = desk.uploads.tabs(upload.name)
    [row] = desk.uploads.rows(upload.name, tab.number).rows
    [finding] = row.findings
    assert (tab.name, row.row, finding.cell, finding.suggestion) == ("Terms", 2, "C2", "VERIFIED")

    [cause] = desk.uploads.causes(upload.name)
    desk.uploads.take_suggestions(upload.name, "ada", cause.number)
    upload = desk.until(upload.name)
    assert (upload.state, upload.counts.invalid) == (UploadState.CHECKED, 0)
    assert desk.uploads.causes(upload.name) == []

    desk.uploads.plan(upload.name, "ada")
    upload = desk.until(upload.name)
    plan = desk.uploads.plan_view(upload.name)
    assert (upload.state, plan.counts, plan.held) == (UploadState.PLANNED, {"create": 2}, 0)

    desk.uploads.start_import(upload.name, "ada")
    upload = desk.until(upload.name)
    assert (upload.state, upload.why) == (UploadState.IMPORTED, "")
    run = desk.uploads.run(upload.run)
    assert (run.owner, run.counts, run.upload) == ("ada", {"created": 2}, upload.name)
    assert len(desk.uploads.reports(upload.name)) == 2
    assert [one.status for one in desk.uploads.outcomes(upload.run).rows] == ["created"] * 2

    desk.uploads.undo(upload.name, "ada")
    upload = desk.until(upload.name)
    assert upload.state is UploadState.UNDONE
    assert desk.uploads.run(upload.undo).counts == {"deleted": 2}
    assert [one.run for one in desk.uploads.history(HistoryQuery()).runs] == [
        upload.undo,
        upload.run,
    ]
    _ = CellPlace
