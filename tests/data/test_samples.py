"""Correct samples pass without a finding; each mistake has one finding, at its cell."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from data.make_samples import make_samples
from importer.read import open_input
from importer.template.shipped import shipped

from .checking import check

DATA = shipped("data")
FILES = sorted(
    str(path.relative_to(DATA))
    for path in DATA.rglob("*")
    if path.suffix in (".xlsx", ".csv") and path.parent.name != "readme"
)

RIGHT = [
    (
        ["glossary.xlsx"],
        "atlan-glossary",
        {"glossary": 2, "category": 21, "term": 66, "link": 12, "readme": 3},
    ),
    (
        ["glossary.xlsx", "terms.csv"],
        "atlan-glossary",
        {"glossary": 2, "category": 21, "term": 78, "link": 12, "readme": 3},
    ),
    (
        ["portfolio.xlsx"],
        "trebellar-portfolio",
        {"building": 3, "floor": 9, "space": 41, "desk": 202, "sensor_group": 3, "sensor": 6},
    ),
    (
        ["portfolio.xlsx", "desks.csv"],
        "trebellar-portfolio",
        {"building": 3, "floor": 9, "space": 41, "desk": 214, "sensor_group": 3, "sensor": 6},
    ),
    (["rooms.xlsx"], "room-list", {"building": 2, "floor": 5, "space": 30, "desk": 39}),
    (
        ["peers/atlan-glossary.csv"],
        "atlan-csv",
        {"glossary": 1, "category": 3, "term": 10, "link": 4, "readme": 2},
    ),
    (["peers/apache-atlas.csv"], "apache-atlas", {"glossary": 2, "term": 11}),
    (["peers/openmetadata.csv"], "openmetadata", {"glossary": 1, "term": 5, "link": 2}),
]


@pytest.mark.parametrize(("files", "template", "made"), RIGHT, ids=lambda value: str(value)[:40])
def test_a_sample_is_recognised_and_makes_all_its_entities_without_a_finding(files, template, made):
    checked = check(*(DATA / name for name in files))
    assert checked.intake.template.name == template
    assert {finding.code for finding in checked.findings} <= {"guessed_encoding"}
    assert checked.made == made


MISTAKES = {
    ("Categories", "C6", "circle", None),
    ("Categories", "C7", "circle", None),
    ("Terms", "H1", "unknown_heading", "Synonyms"),
    ("Terms", "E3", "not_allowed", "VERIFIED"),
    ("Terms", "A4", "not_found", "Finance"),
    ("Terms", "B5", "missing", None),
    ("Terms", "B6", "duplicate_key", None),
    ("Terms", "B7", "duplicate_key", None),
    ("Terms", "B8", "schema", None),
    ("Terms", "C9", "error_cell", None),
    ("Terms", "G10", "formula_without_value", None),
    ("Terms", "L11", "long_number", None),
    ("Terms", "D13", "not_found", "Income"),
    ("Terms", "D14", "ambiguous", None),
    ("Terms", "I15", "not_found", "Net revenue"),
    ("Terms", "K16", "not_yes_or_no", None),
    ("Terms", "J17", "not_allowed", "warning"),
    ("Terms", "M18", "not_allowed", None),
    ("Links", "D3", "bad_url", None),
    ("Links", "D4", "bad_url", "https://www.example.com/picking"),
    ("Links", "C5", "missing", None),
}


def test_each_mistake_is_one_finding_on_its_cell_with_a_suggestion():
    findings = check(DATA / "mistakes.xlsx").findings
    found = [(f.place.sheet, f.place.cell, f.code, f.suggestion) for f in findings]
    assert Counter(found) == Counter(MISTAKES)


def test_mistakes_has_valid_rows_too():
    checked = check(DATA / "mistakes.xlsx")
    wrong = {(f.place.sheet, f.place.row) for f in checked.findings if f.severity == "error"}
    assert (checked.rows, len(wrong)) == (30, 20)


def test_relations_of_the_glossary_form_a_legal_cycle():
    sheet = load_workbook(DATA / "glossary.xlsx")["Terms"]
    headings = [cell.value for cell in sheet[1]]
    term, also = headings.index("Term"), headings.index("See also")
    see = {row[term]: row[also] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert (see["Return"], see["Refund"], see["Discount"].split("; ")[0]) == (
        "Refund",
        "Discount",
        "Return",
    )


TEXTS = [
    ("terms.csv", "utf-8", ",", "\n"),
    ("desks.csv", "cp1252", ";", "\r\n"),
    ("peers/atlan-glossary.csv", "utf-8", ",", "\n"),
]


@pytest.mark.parametrize(("name", "encoding", "delimiter", "line_ending"), TEXTS)
def test_text_samples_are_written_as_different_programs_write_them(
    name, encoding, delimiter, line_ending
):
    dialect = open_input(DATA / name).dialect
    assert (dialect.encoding, dialect.delimiter, dialect.line_ending) == (
        encoding,
        delimiter,
        line_ending,
    )


def test_the_portfolio_has_a_merged_title_above_its_headings():
    sheet = load_workbook(DATA / "portfolio.xlsx")["Buildings"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:R1"]
    assert sheet["B2"].value == "Building"


def cells(path: Path) -> object:
    if path.suffix == ".csv":
        return path.read_bytes()
    return {
        sheet.title: [
            [(c.value, c.number_format, c.fill.fgColor.rgb) for c in row] for row in sheet
        ]
        for sheet in load_workbook(path)
    }


@pytest.fixture(scope="module")
def made_again(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    make_samples(folder)
    return folder


@pytest.mark.parametrize("name", FILES)
def test_the_sample_that_ships_is_the_one_the_script_makes(made_again, name):
    """Otherwise run `python -m data.make_samples`."""
    assert cells(DATA / name) == cells(made_again / name)
