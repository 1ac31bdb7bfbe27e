"""Blank workbooks: what a person finds in them, and that they are read again without findings."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from importer.errors import UsageError
from importer.mapping import Binder
from importer.mapping.recognition.recognise import choose, match_sheet, own
from importer.read import open_input
from importer.template import Column, find, find_all, load
from importer.template.blank import OwnColumn, write_blank
from importer.template.blank.fields import fields_of

TEMPLATES = {template.name: template for template in find_all()}
SHEETS = [(name, rule.name) for name, template in TEMPLATES.items() for rule in template.sheets]


@pytest.fixture(scope="module")
def books(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("blank")
    return {
        name: write_blank(template, folder / f"{name}.xlsx") for name, template in TEMPLATES.items()
    }


def rule_of(template: str, sheet: str):
    return next(rule for rule in TEMPLATES[template].sheets if rule.name == sheet)


def heading_cells(book: Workbook, sheet: str) -> dict:
    return {cell.value.removesuffix(" *"): cell for cell in book[sheet][1]}


@pytest.mark.parametrize(("template", "sheet"), SHEETS)
def test_headings_stand_in_the_templates_order_with_a_star_where_they_must_be_filled(
    books, template, sheet
):
    wanted = [
        f"{heading} *" if column.required else heading
        for heading, column in rule_of(template, sheet).columns.items()
        if "*" not in heading and column.offered
    ]
    book = load_workbook(books[template])
    assert [cell.value for cell in book[sheet][1]] == wanted
    assert [cell.font.bold for cell in book[sheet][1]] == [name.endswith(" *") for name in wanted]


@pytest.mark.parametrize(("template", "sheet"), SHEETS)
def test_every_heading_has_a_comment_that_explains_it(books, template, sheet):
    cells = heading_cells(load_workbook(books[template]), sheet)
    columns = rule_of(template, sheet).columns
    for heading, cell in cells.items():
        assert columns[heading].note in cell.comment.text
        assert ("Must be filled." in cell.comment.text) == columns[heading].required
        shown = ("One of: ", "For example: ", f"Example: {columns[heading].example}")
        assert any(words in cell.comment.text for words in shown), heading


STATUSES = "active,mothball,reserve,pending_exit,pending_new,new,closed"
DROP_DOWNS = [
    ("atlan-glossary", "Terms", "Certificate", "VERIFIED,DRAFT,DEPRECATED", True),
    ("atlan-glossary", "Terms", "Announcement type", "information,warning,issue", True),
    ("atlan-glossary", "Assets", "Starred", "yes,no", True),
    ("atlan-glossary", "Links", "Icon type", "image,emoji", True),
    ("atlan-glossary", "Categories", "Action", "delete", True),
    ("atlan-csv", "assets", "certificateStatus", "VERIFIED,DRAFT,DEPRECATED", True),
    ("trebellar-portfolio", "Buildings", "Status", STATUSES, True),
    ("trebellar-portfolio", "Desks", "Bookable", "yes,no", False),
    ("trebellar-portfolio", "Sensors", "Action", "delete", True),
    ("room-list", "Rooms", "Room type", "meeting room,open area,phone booth", False),
    ("room-list", "Rooms", "Building status", STATUSES, True),
]


@pytest.mark.parametrize(("template", "sheet", "heading", "words", "strict"), DROP_DOWNS)
def test_a_drop_down_offers_what_the_target_takes_and_warns_of_anything_else(
    books, template, sheet, heading, words, strict
):
    """A warning can be overruled: `<clear>` and a word in other letters are right as well."""
    book = load_workbook(books[template])
    letter = heading_cells(book, sheet)[heading].column_letter
    found = [one for one in book[sheet].data_validations.dataValidation if f"{letter}2" in one]
    assert [one.formula1 for one in found] == [f'"{words}"']
    assert found[0].showErrorMessage == strict
    assert found[0].errorStyle == "warning"


FORMATS = [
    ("trebellar-portfolio", "Buildings", "External ID", "@"),
    ("trebellar-portfolio", "Buildings", "Seats", "General"),
    ("trebellar-portfolio", "Buildings", "Effective from", "yyyy-mm-dd"),
    ("trebellar-portfolio", "Buildings", "Photos", "@"),
    ("atlan-glossary", "Terms", "Term", "@"),
    ("atlan-glossary", "Terms", "GUID", "@"),
]


@pytest.mark.parametrize(("template", "sheet", "heading", "number_format"), FORMATS)
def test_a_column_of_texts_keeps_what_is_typed(books, template, sheet, heading, number_format):
    book = load_workbook(books[template])
    letter = heading_cells(book, sheet)[heading].column_letter
    assert book[sheet].column_dimensions[letter].number_format == number_format


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_instructions_stand_first_and_explain_every_heading_and_alias(books, template):
    book = load_workbook(books[template])
    front = book.worksheets[0]
    assert (front.title, book.active.title) == ("Instructions", "Instructions")
    rows = list(front.iter_rows(values_only=True))
    assert rows[0][0] == TEMPLATES[template].title
    for line in TEMPLATES[template].instructions:
        assert any(line in str(row[0]) for row in rows)
    for rule in TEMPLATES[template].sheets:
        for heading, column in rule.columns.items():
            if not column.offered:
                assert (rule.name, heading) not in {row[:2] for row in rows}
                continue
            row = next(row for row in rows if row[:2] == (rule.name, heading))
            assert row[2:5] == ("yes" if column.required else None, column.note, column.example)
            assert (row[6] or "") == ", ".join(column.aliases)


@pytest.mark.parametrize("template", TEMPLATES)
def test_its_own_template_is_recognised_and_knows_every_heading(books, template):
    sheets = open_input(books[template]).sheets
    assert choose(list(TEMPLATES.values()), sheets).name == template
    binder = Binder(TEMPLATES[template])
    filled = [sheet for sheet in sheets if not own(sheet, TEMPLATES[template])]
    assert len(filled) == len(TEMPLATES[template].sheets)
    for sheet in filled:
        match = match_sheet(TEMPLATES[template], sheet.name, sheet.head())
        assert (match.rule.name, match.header.row) == (sheet.name, 1)
        assert binder.bind("blank.xlsx", sheet.name, match.rule, match.header).findings == []


def content(path: Path) -> dict:
    """Everything of a workbook that a person sees."""
    book = load_workbook(path)
    return {
        sheet.title: (
            [
                (
                    cell.coordinate,
                    cell.value,
                    cell.number_format,
                    cell.comment and cell.comment.text,
                )
                for row in sheet.iter_rows()
                for cell in row
            ],
            [(v.sqref, v.formula1, v.error) for v in sheet.data_validations.dataValidation],
            {k: (c.width, c.number_format) for k, c in sheet.column_dimensions.items()},
        )
        for sheet in book
    }


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_workbook_that_ships_is_the_one_its_template_makes(books, template):
    """Otherwise run `python -m importer.template.blank`."""
    shipped = TEMPLATES[template].folder / f"{template}.xlsx"
    assert content(shipped) == content(books[template])


def test_the_file_is_the_same_whenever_it_is_made(books, tmp_path):
    again = write_blank(find("room-list"), tmp_path / "again.xlsx")
    assert again.read_bytes() == books["room-list"].read_bytes()


def test_values_of_the_target_are_offered_and_long_lists_stand_beside_the_instructions(tmp_path):
    tags = ["PII", *(f"Tag, number {number}" for number in range(60))]
    lists = {"tags": tags, "Owners": ["jsmith", "mgarcia"], "Certificate": ["GOLD"]}
    book = load_workbook(write_blank(find("atlan-glossary"), tmp_path / "b.xlsx", lists=lists))
    offers = {v.formula1 for v in book["Terms"].data_validations.dataValidation}
    assert '"jsmith,mgarcia"' in offers
    assert '"VERIFIED,DRAFT,DEPRECATED"' in offers
    assert "='Instructions'!$I$2:$I$62" in offers
    stored = [cell.value for cell in book["Instructions"]["I"][:62]]
    assert stored == ["Values for Tags", *tags]


def test_the_text_that_empties_a_field_is_not_offered():
    """No cell can mean a value that is called like it."""
    template = TEMPLATES["atlan-glossary"]
    own = [OwnColumn(Column(heading="DQ::Level"), ("High", "<clear>"))]
    lists = {"Tags": ["<clear>", "PII"]}
    fields = fields_of(template, rule_of(template.name, "Terms"), lists, own)
    words = {field.rule.heading: field.choice.words for field in fields}
    assert (words["Tags"], words["DQ::Level"]) == (("PII",), ("High",))


def test_a_workbook_that_cannot_be_written_is_reported_by_its_path(tmp_path):
    with pytest.raises(UsageError, match=r"missing.b\.xlsx cannot be written \(No such file"):
        write_blank(find("room-list"), tmp_path / "missing" / "b.xlsx")


LETTERED = """
title = "=A list without headings"
system = "atlan"
[kinds.thing]
type = "Thing"
key = ["name"]
[[sheets]]
name = "Things: all/of them, and a name that is far too long"
header_row = 0
[[sheets.entities]]
kind = "thing"
columns = [
  { heading = "Name", letter = "B", path = "name", note = "=Its name.", example = "007" },
  { heading = "Good", letter = "D", path = "good", type = "boolean" },
]
"""
SCHEMA = '{"type": "object", "properties": {"name": {"type": "string"}, "good": {}}}'


@pytest.fixture
def lettered(tmp_path) -> Workbook:
    folder = tmp_path / "things"
    folder.mkdir()
    (folder / "mapping.toml").write_text(LETTERED)
    (folder / "thing.schema.json").write_text(SCHEMA)
    return load_workbook(write_blank(load(folder), tmp_path / "things.xlsx"))


def test_a_sheet_without_header_has_no_heading_row_and_its_columns_are_named_by_letter(lettered):
    sheet = lettered.worksheets[1]
    assert list(sheet.values) == []
    assert [(str(v.sqref), v.formula1) for v in sheet.data_validations.dataValidation] == [
        ("D1:D1048576", '"yes,no"')
    ]
    rows = list(lettered["Instructions"].iter_rows(values_only=True))
    assert any(row[1] == "Name (column B)" for row in rows)


def test_a_sheet_name_is_cut_to_what_a_spreadsheet_takes(lettered):
    assert lettered.sheetnames[1] == "Things  all of them, and a name"


def test_a_text_that_looks_like_a_formula_stays_a_text(lettered):
    front = lettered["Instructions"]
    types = {cell.value: cell.data_type for row in front.iter_rows() for cell in row if cell.value}
    assert types["=A list without headings"] == types["=Its name."] == "s"


def test_a_column_of_sections_is_a_column_and_the_instructions_say_where_else_it_may_stand(
    tmp_path,
):
    folder = tmp_path / "things"
    folder.mkdir()
    text = LETTERED.replace("header_row = 0\n", "").replace(', letter = "B"', "")
    text = text.replace(', letter = "D"', ', letter = "A", carry = "section"')
    (folder / "mapping.toml").write_text(text)
    (folder / "thing.schema.json").write_text(SCHEMA)
    made = load_workbook(write_blank(load(folder), tmp_path / "things.xlsx"))
    assert [cell.value for cell in made.worksheets[1][1]] == ["Name", "Good"]
    rows = list(made["Instructions"].iter_rows(values_only=True))
    assert any(row[1] == "Good (or in a row above, alone)" for row in rows)
