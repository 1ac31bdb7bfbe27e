"""The whole way of a steward's file: received, checked, fixed, planned, imported, undone."""

import pytest

from importer.uploads import HistoryQuery, UploadState
from tests.uploads.desk import text

pytestmark = pytest.mark.slow(10)

GLOSSARY = text([["Glossary", "Term", "Certificate"], ["Finance", "Margin", "VERIFID"]])


def test_a_file_goes_the_whole_way(any_desk):
    both = [("Glossaries.csv", text([["Glossary"], ["Finance"]])), ("Terms.csv", GLOSSARY)]
    upload = any_desk.checked(*both)
    assert (upload.state, upload.why) == (UploadState.CHECKED, "")
    assert (upload.template, upload.counts.invalid) == ("atlan-glossary", 1)
    [tab] = any_desk.uploads.tabs(upload.name)
    [row] = any_desk.uploads.rows(upload.name, tab.number).rows
    [finding] = row.findings
    assert (tab.name, row.row, finding.cell, finding.suggestion) == ("Terms", 2, "C2", "VERIFIED")

    [cause] = any_desk.uploads.causes(upload.name)
    any_desk.uploads.take_suggestions(upload.name, "ada", cause.number)
    upload = any_desk.until(upload.name)
    assert (upload.state, upload.counts.invalid) == (UploadState.CHECKED, 0)
    assert any_desk.uploads.causes(upload.name) == []

    any_desk.uploads.plan(upload.name, "ada")
    upload = any_desk.until(upload.name)
    plan = any_desk.uploads.plan_view(upload.name)
    assert (upload.state, plan.counts, plan.held) == (UploadState.PLANNED, {"create": 2}, 0)
    planned = any_desk.uploads.plan_rows(upload.name)

    any_desk.uploads.start_import(upload.name, "ada")
    upload = any_desk.until(upload.name)
    assert (upload.state, upload.why) == (UploadState.IMPORTED, "")
    run = any_desk.uploads.run(upload.run)
    assert (run.owner, run.counts, run.upload) == ("ada", {"created": 2}, upload.name)
    assert len(any_desk.uploads.reports(upload.name)) == 2
    rows = any_desk.uploads.outcomes(upload.run).rows
    assert [one.status for one in rows] == ["created"] * 2
    assert [one.name for one in rows] == [line.key for line in planned.lines]

    any_desk.uploads.undo(upload.name, "ada")
    upload = any_desk.until(upload.name)
    assert upload.state is UploadState.UNDONE
    assert any_desk.uploads.run(upload.undo).counts == {"deleted": 2}
    assert [one.run for one in any_desk.uploads.history(HistoryQuery()).runs] == [
        upload.undo,
        upload.run,
    ]
