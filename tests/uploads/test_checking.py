"""What a check finds is there a page at a time; what cannot be checked says why in a sentence."""

import pytest

from importer.errors import UsageError
from importer.uploads import CellPlace, UploadState
from importer.uploads.site import Site
from tests.uploads.desk import Desk, text
from tests.uploads.lists import FINE, GLOSSARIES, glossary

MANY = 250


def many():
    """Terms of which every second has a mistake, the first of all another one."""
    rows = [["Finance", f"T{n}", "VERIFID" if n % 2 else "VERIFIED"] for n in range(2 * MANY)]
    rows[0][0] = "Fiannce"
    return text([["Glossary", "Term", "Certificate"], *rows])


def test_only_rows_with_findings_are_shown_a_page_at_a_time(desk):
    name = desk.checked(GLOSSARIES, ("Terms.csv", many())).name
    [tab] = desk.uploads.tabs(name)
    assert (tab.name, tab.kind, tab.rows, tab.errors) == ("Terms", "Terms", MANY + 1, MANY + 1)
    first, last = desk.uploads.rows(name, tab.number), desk.uploads.rows(name, tab.number, 3)
    assert (first.pages, first.total, len(first.rows), len(last.rows)) == (3, MANY + 1, 100, 51)
    assert [row.row for row in first.rows[:3]] == [2, 3, 5]
    assert last.rows[-1].row == 2 * MANY + 1
    shown = first.rows[1]
    assert [cell.text for cell in shown.cells] == ["Finance", "T1", "VERIFID"]
    assert [cell.name for cell in shown.cells] == ["A3", "B3", "C3"]
    [finding] = shown.findings
    assert (finding.cell, finding.value, finding.suggestion) == ("C3", "VERIFID", "VERIFIED")

    wrong, misspelt = desk.uploads.causes(name)
    assert (wrong.rows, wrong.fixable, wrong.suggestions) == (MANY, MANY, {"VERIFID": "VERIFIED"})
    assert (misspelt.rows, misspelt.suggestions) == (1, {"Fiannce": "Finance"})
    assert misspelt.where == "Terms.csv: Terms A2"
    [only] = desk.uploads.rows(name, tab.number, cause=misspelt.number).rows
    assert only.row == 2
    of_cause = desk.uploads.rows(name, tab.number, 3, cause=wrong.number)
    assert (of_cause.total, len(of_cause.rows)) == (MANY, 50)

    assert desk.uploads.row(name, "Terms.csv", "Terms", 3) == shown
    for act in (
        lambda: desk.uploads.row(name, "Terms.csv", "Terms", 4),
        lambda: desk.uploads.rows(name, 7),
        lambda: desk.uploads.rows(name, tab.number, 4),
        lambda: desk.uploads.rows(name, tab.number, cause=9),
    ):
        with pytest.raises(UsageError):
            act()


def test_what_is_right_has_nothing_to_show(desk):
    upload = desk.checked(*FINE)
    assert (upload.state, upload.checked, upload.counts.valid) == (UploadState.CHECKED, 0, 2)
    assert [(sheet.name, sheet.rows) for sheet in upload.sheets] == [
        ("Glossaries", 1),
        ("Terms", 1),
    ]
    assert desk.uploads.causes(upload.name) == desk.uploads.tabs(upload.name) == []


def test_findings_of_a_workbook_name_its_sheet_and_file(desk):
    upload = desk.checked(glossary(["Margin", "VERIFID"]))
    [tab] = desk.uploads.tabs(upload.name)
    assert (tab.file, tab.name, tab.headings) == (
        "glossary.xlsx",
        "Terms",
        ("Glossary", "Term", "Certificate"),
    )


def test_what_is_no_spreadsheet_fails_with_a_sentence_and_can_be_checked_again(desk):
    upload = desk.checked(("report.pdf", b"%PDF-1.7 and so on"))
    assert upload.state is UploadState.FAILED
    assert "report.pdf" in upload.why
    assert "PDF" in upload.why
    again = desk.uploads.check_again(upload.name, "ada")
    assert desk.until(again.name).state is UploadState.FAILED


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"memory": 300 << 20}, "more than 314 MB of memory"),
        ({"minutes": 0.001}, "longer than 0.001 minutes"),
    ],
)
def test_a_file_that_takes_too_much_ends_its_own_process_only(home, limits, words):
    with Desk(home, **limits) as desk, desk.working():
        upload = desk.checked(GLOSSARIES, ("Terms.csv", many() * 400))
        assert upload.state is UploadState.FAILED
        assert words in upload.why
        assert "Traceback" not in upload.why


def test_rows_are_read_again_where_a_check_ends_while_they_are_read(desk, monkeypatch):
    """The check drops what the one before has found, between two looks at the journal."""
    name = desk.checked(GLOSSARIES, ("Terms.csv", many())).name
    [tab] = desk.uploads.tabs(name)
    [first, *_] = desk.uploads.rows(name, tab.number).rows
    real, ends = Site.upload, [True]

    def seen(site, upload):
        found = real(site, upload)
        if ends:
            ends.clear()
            place = CellPlace(first.file, first.sheet, first.row, 1)
            desk.uploads.fix(name, "ada", place, "Fiannce", "Finance")
            desk.until(name)
            desk.no_process()
        return found

    monkeypatch.setattr(Site, "upload", seen)
    assert desk.uploads.rows(name, tab.number).total == MANY


def test_no_finding_names_a_command_or_a_folder_of_the_server(desk):
    """The glossary that all rows stand in is nowhere: the command line names the way to make it."""
    upload = desk.checked(("Terms.csv", text([["Glossary", "Term"], ["Nowhere", "Margin"]])))
    [cause] = desk.uploads.causes(upload.name)
    assert "There is no glossary `Nowhere`" in cause.message
    assert "importer" not in cause.message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Glossary;Term\nFinance;Größe\n".encode("cp1252"), "Save the file anew as UTF-8"),
        (text([["q", "w"], ["1", "2"]]), "The page Start has a workbook"),
        (b"Glossary;Term\n" + b"Finance;x\n" * 30_000 + b"\xff\x00\x81;x\n", "CSV UTF-8"),
    ],
)
def test_the_way_out_on_a_page_is_no_flag_of_a_command_line(desk, content, words):
    upload = desk.checked(("Terms.csv", content))
    said = " ".join([upload.why, *(one.message for one in desk.uploads.causes(upload.name))])
    assert words in said
    assert "--" not in said
    assert "`importer" not in said
