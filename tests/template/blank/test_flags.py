"""The mistakes that a blank workbook flags, its formulas computed by LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from importer.template import find
from importer.template.blank import write_blank
from importer.template.blank.flags import Flag

pytestmark = pytest.mark.slow(4, together="LibreOffice")

BEHIND = 60
"""The first column for the formulas, behind all others."""

ROWS = {
    ("atlan-glossary", "Glossaries"): [
        {"Glossary": "Finance", "Certificate": "verified"},
        {"Glossary": "Sales", "Certificate": "GOLD", "Starred": "maybe"},
        {"Glossary": "Finance", "Certificate": "<clear>", "Starred": True},
        {"Description": "It has no name.", "Starred": "Yes"},
        {"Description": "Nor has this one.", "GUID": "b267", "Action": "deleted"},
    ],
    ("atlan-glossary", "Categories"): [
        {"Glossary": "Finance", "Category": "Income"},
        {"Glossary": "Finance", "Category": "Net", "Parent category": "Income"},
        {"Glossary": "Finance", "Category": "Net", "Parent category": "Outcome"},
        {"Glossary": "Sales", "Category": "Net", "Parent category": "Income > Gross"},
        {"Glossary": "Finance", "Category": "Net", "Parent category": "Income"},
    ],
    ("atlan-glossary", "Terms"): [
        {"Glossary": "Finance", "Term": "Net revenue", "Categories": "Income", "Tags": "PII"},
        {"Glossary": "Finance", "Term": "Net revenue", "Certificate": "certified"},
        {"Glossary": "Finanse", "Term": "Why? *", "Synonyms": "Turnover", "Certificate": "nope"},
        {"Glossary": " ", "Term": "Lonely", "Synonyms": "Nix; Nix@Sales", "See also": "Nix@Sales"},
        {"Glossary": "Sales", "Term": "Net revenue", "Synonyms": "+Nix", "See also": "Why? *"},
        {"Glossary": "Sales", "Term": " two  blanks\u200b", "See also": "Net"},
        {"Glossary": "Sales ", "Term": "a", "See also": "two blanks", "Certificate": "DRAFT\u00a0"},
        {"Glossary": "Sales", "Term": "A~B", "See also": "dup\u00a0", "Certificate": "?RAFT"},
        {"Glossary": "Sales", "Term": "A~B", "See also": "7"},
        {"Glossary": "Sales", "Term": "dup ", "See also": 8},
        {"Glossary": "Sales", "Term": "dup"},
        {"Glossary": "Sales", "Term": 7},
        {"Glossary": "Sales", "Term": "7"},
        {"Glossary": "Sales", "Term": "8"},
        {"Description": "Only its ID is said.", "GUID": "b268"},
        {"GUID": "b269", "Action": "delete"},
    ],
    ("atlan-glossary", "Links"): [
        {"Title": "Definition", "URL": "https://a.example", "Glossary": "Sales", "Term": "Nix"},
        {"Title": "Table", "Asset type": "Table", "Asset qualified name": "default/orders"},
    ],
    ("atlan-glossary", "Assets"): [
        {"Type": "Table", "Qualified name": "orders", "Name": "Orders", "Terms": "Nix@Sales"},
        {"Type": "View", "Qualified name": "orders", "Name": "Orders"},
        {"Type": "Table", "Qualified name": "orders", "Name": "Orders"},
    ],
    ("trebellar-portfolio", "Buildings"): [
        {"Building": "Market Street", "Timezone": "UTC", "External ID": "007", "Status": "In use"},
        {"Building": "Main", "External ID": "7", "Floors": "Ground, Floor 1"},
        {"Building": "1-2", "Timezone": "UTC", "External ID": "007", "Status": "lost"},
        {"Building": "Third", "Timezone": "", "Action": "delete"},
        {"Timezone": "UTC", "ID": "66f1"},
    ],
    ("trebellar-portfolio", "Floors"): [
        {"Building": "Market Street", "Floor": "Floor 2"},
        {"Building": "007", "Floor": "Floor 3"},
        {"Building": "1-3", "Floor": "Floor 2"},
        {"Floor": "Floor 4", "Parent external ID": "7"},
        {"Floor": "Floor 5"},
        {"Building": "Market Street", "Floor": "Floor 2"},
    ],
    ("trebellar-portfolio", "Spaces"): [
        {"Building": "1-2", "Floor": "Floor 1", "Space": 12, "Bookable": "by rule"},
        {"Building": "Main", "Floor": "Floor 9", "Space": "12"},
        {"Building": "Main", "Floor": "Main > Floor 9", "Space": "12", "Bookable": "yes"},
        {"Space": "Nowhere", "Parent external ID": "8"},
        {"Building": "Mian", "Floor": "Floor 2", "Space": "x"},
        {"Building": "007", "Floor": "Ground", "Space": "y"},
        {"Building": "Main", "Floor": "Flo", "Space": "z"},
    ],
    ("trebellar-portfolio", "Desks"): [
        {"Building": "Main", "Floor": "Ground", "Space": "12", "Desk": "A"},
        {"Building": "Main", "Floor": "Ground", "Space": "13", "Desk": "A"},
    ],
}

FLAGGED = {
    ("Glossaries", 2, "Glossary", Flag.DOUBLED),
    ("Glossaries", 3, "Certificate", Flag.VALUE),
    ("Glossaries", 3, "Starred", Flag.VALUE),
    ("Glossaries", 4, "Glossary", Flag.DOUBLED),
    ("Glossaries", 5, "Glossary", Flag.BLANK),
    ("Glossaries", 6, "Action", Flag.VALUE),
    ("Categories", 3, "Category", Flag.DOUBLED),
    ("Categories", 4, "Parent category", Flag.NOWHERE),
    ("Categories", 6, "Category", Flag.DOUBLED),
    ("Terms", 2, "Term", Flag.DOUBLED),
    ("Terms", 3, "Term", Flag.DOUBLED),
    ("Terms", 4, "Glossary", Flag.NOWHERE),
    ("Terms", 4, "Synonyms", Flag.NOWHERE),
    ("Terms", 4, "Certificate", Flag.VALUE),
    ("Terms", 5, "Glossary", Flag.BLANK),
    ("Terms", 7, "See also", Flag.NOWHERE),
    ("Terms", 9, "Certificate", Flag.VALUE),
    ("Terms", 9, "Term", Flag.DOUBLED),
    ("Terms", 10, "Term", Flag.DOUBLED),
    ("Terms", 11, "Term", Flag.DOUBLED),
    ("Terms", 12, "Term", Flag.DOUBLED),
    ("Terms", 13, "Term", Flag.DOUBLED),
    ("Terms", 14, "Term", Flag.DOUBLED),
    ("Terms", 16, "Glossary", Flag.BLANK),
    ("Terms", 16, "Term", Flag.BLANK),
    ("Links", 2, "Term", Flag.NOWHERE),
    ("Links", 3, "URL", Flag.BLANK),
    ("Assets", 2, "Qualified name", Flag.DOUBLED),
    ("Assets", 4, "Qualified name", Flag.DOUBLED),
    ("Buildings", 2, "External ID", Flag.DOUBLED),
    ("Buildings", 3, "Timezone", Flag.BLANK),
    ("Buildings", 4, "External ID", Flag.DOUBLED),
    ("Buildings", 4, "Status", Flag.VALUE),
    ("Buildings", 6, "Building", Flag.BLANK),
    ("Floors", 2, "Floor", Flag.DOUBLED),
    ("Floors", 4, "Building", Flag.NOWHERE),
    ("Floors", 6, "Building", Flag.BLANK),
    ("Floors", 7, "Floor", Flag.DOUBLED),
    ("Spaces", 3, "Floor", Flag.NOWHERE),
    ("Spaces", 5, "Parent external ID", Flag.NOWHERE),
    ("Spaces", 6, "Building", Flag.NOWHERE),
    ("Spaces", 8, "Floor", Flag.NOWHERE),
    ("Desks", 3, "Space", Flag.NOWHERE),
}


def letters(sheet) -> dict[str, str]:
    return {cell.value.removesuffix(" *"): cell.column_letter for cell in sheet[1] if cell.value}


def flags_of(sheet):
    """Yield the place, the mistake and the formula of each conditional format."""
    by_fill = {f"00{flag.value[0]}": flag for flag in Flag}
    for watched in sheet.conditional_formatting:
        for rule in watched.rules:
            place = str(watched.sqref).partition(":")[0]
            yield place, by_fill[rule.dxf.fill.bgColor.rgb], f"={rule.formula[0]}"


Placed = dict[str, tuple[str, int, Flag]]
"""Where a formula stands -> the column and row that it is about, and the mistake."""


def put_formulas(sheet, rows) -> Placed:
    """Put the formulas behind the rows."""
    placed = {}
    for number, (place, flag, formula) in enumerate(flags_of(sheet)):
        letter = place.rstrip("0123456789")
        for row in range(2, 2 + len(rows)):
            at = f"{get_column_letter(BEHIND + number)}{row}"
            sheet[at] = Translator(formula, place).translate_formula(f"{letter}{row}")
            placed[at] = (letter, row, flag)
    return placed


def filled(template: str, file: Path) -> dict[str, Placed]:
    """Write the workbook of a template with its rows and formulas; return what each sheet has."""
    book = load_workbook(write_blank(find(template), file))
    placed = {}
    for title in (sheet for name, sheet in ROWS if name == template):
        columns, rows = letters(book[title]), ROWS[template, title]
        for number, row in enumerate(rows, 2):
            for heading, value in row.items():
                book[title][f"{columns[heading]}{number}"] = value
        placed[title] = put_formulas(book[title], rows)
    book.save(file)
    return placed


def read_flags(sheet, placed: Placed):
    """Yield the mistakes that are flagged in a sheet."""
    headings = {letter: heading for heading, letter in letters(sheet).items()}
    for at, (letter, row, flag) in placed.items():
        value = sheet[at].value
        assert isinstance(value, bool), (sheet.title, letter, row, flag, value)
        if value:
            yield sheet.title, row, headings[letter], flag


@pytest.fixture(scope="module")
def flagged(office, tmp_path_factory) -> set[tuple[str, int, str, Flag]]:
    """What LibreOffice flags, with all formulas computed in one go."""
    folder = tmp_path_factory.mktemp("flags")
    names = dict.fromkeys(template for template, _ in ROWS)
    files = {folder / f"{name}.xlsx": name for name in names}
    placed = {file: filled(name, file) for file, name in files.items()}
    done = office(files, folder / "done")
    found = set()
    for file, sheets in placed.items():
        book = load_workbook(done / file.name, data_only=True)
        for title, formulas in sheets.items():
            found.update(read_flags(book[title], formulas))
    return found


def test_mistakes_are_flagged_and_nothing_else(flagged):
    assert flagged == FLAGGED


def changed_flags(tmp_path, office, change) -> set[tuple[str, int, str, Flag]]:
    """What is flagged in a glossary that something was done to."""
    file = tmp_path / "atlan-glossary.xlsx"
    placed = filled("atlan-glossary", file)
    book = load_workbook(file)
    change(book)
    book.save(file)
    done = load_workbook(office([file], tmp_path / "done") / file.name, data_only=True)
    return {flag for title in placed for flag in read_flags(done[title], placed[title])}


def test_without_the_sheet_of_lists_no_value_is_flagged(tmp_path, office):
    def change(book):
        del book["Lists"]

    found = changed_flags(tmp_path, office, change)
    assert not [each for each in found if each[3] is Flag.VALUE]


def test_a_name_below_the_rows_that_are_watched_may_be_any(tmp_path, office):
    def change(book):
        book["Terms"]["B6001"] = "Turnover"

    found = changed_flags(tmp_path, office, change)
    assert ("Terms", 4, "Synonyms", Flag.NOWHERE) in FLAGGED - found
