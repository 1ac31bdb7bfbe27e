"""A workbook that we made is of the template that it says, whatever was changed in it."""

import pytest
from openpyxl import load_workbook

from importer.finding_codes import FindingCode
from importer.options import Options
from importer.pipeline.check import check
from importer.pipeline.propose import read_lists
from importer.spreadsheet import TextForm
from importer.template import find
from importer.template.blank import write_blank


@pytest.fixture
def made(tmp_path):
    def make(template, language="en", **sheets):
        file = write_blank(find(template), tmp_path / f"{template}.xlsx", language=language)
        book = load_workbook(file)
        for title, cells in sheets.items():
            sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
            for place, text in cells.items():
                sheet[place] = text
        book.save(file)
        return file

    return make


TERM = {"A2": "Finance", "B2": "Net revenue"}


def test_headings_that_two_templates_have_are_those_of_the_one_named(made):
    file = made("apache-atlas-workbook", Terms=TERM)
    assert check([file], Options()).template == "apache-atlas-workbook"


def test_a_required_heading_that_was_changed_is_a_finding_of_the_template(made):
    file = made("atlan-glossary", Terms={**TERM, "B1": "Begriff", "C1": "Beschreibung"})
    found = check([file], Options())
    assert found.template == "atlan-glossary"
    assert FindingCode.MISSING in {finding.code for finding in found.findings}


def test_another_language_makes_no_difference(made):
    cells = {"A2": "Haus A", "B2": "EG", "C2": "101", "D2": "Europe/Berlin", "D1": "Zeitzohne"}
    found = check([made("room-list", "de", Räume=cells)], Options())
    assert found.template == "room-list"
    unknown = [one for one in found.findings if one.code is FindingCode.UNKNOWN_HEADING]
    assert [one.value for one in unknown] == ["Zeitzohne"]


def test_a_sheet_that_was_added_is_passed_over_if_the_template_does_not_know_it(made):
    notes = {"A1": "Term", "B1": "Meaning", "C1": "Who", "A2": "a", "B2": "b", "C2": "c"}
    found = check([made("atlan-glossary", Terms=TERM, Notes=notes)], Options())
    said = [one.message for one in found.findings if one.code is FindingCode.SHEET_IGNORED]
    words = "The sheet Notes has too few headings that are known (`Term`); it is passed over."
    assert said == [words]


@pytest.mark.parametrize("name", ["no-such", "../atlan-glossary", "."])
def test_a_template_that_is_not_at_home_here_counts_for_nothing(made, name):
    mark = f"importer · {name}"
    marks = {title: {"A1": mark} for title in ("Instructions", "Lists", "Columns")}
    assert (
        check([made("atlan-glossary", Terms=TERM, **marks)], Options()).template == "atlan-glossary"
    )


def test_the_sheets_that_we_add_are_no_lists_to_propose(made):
    lists = read_lists([made("atlan-glossary", Terms=TERM)], TextForm())
    assert {"Instructions", "Lists", "Columns"}.isdisjoint(sheet.name for sheet in lists.sheets)


def test_for_another_system_the_template_with_the_same_headings_is_taken(made):
    file = made("atlan-glossary", Terms=TERM)
    found = check([file], Options(system="atlas"))
    assert found.template == "apache-atlas-workbook"
