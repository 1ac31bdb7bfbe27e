"""Blank workbooks: what a person finds in them, and that they are read again without findings."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from importer.errors import TemplateError, UsageError
from importer.mapping import Binder
from importer.mapping.recognition.recognise import choose, match_sheet, own
from importer.options import Options
from importer.pipeline.check import check
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
    headings = (cell for cell in book[sheet][1] if not cell.value.startswith("↑"))
    return {cell.value.removesuffix(" *"): cell for cell in headings}


@pytest.mark.parametrize(("template", "sheet"), SHEETS)
def test_headings_have_a_star_where_they_must_be_filled_those_come_first_that_most_need(
    books, template, sheet
):
    rule = rule_of(template, sheet)
    offered = [h for h, column in rule.columns.items() if "*" not in h and column.offered]
    ordered = [*rule.first, *(heading for heading in offered if heading not in rule.first)]
    wanted = [f"{h} *" if rule.columns[h].required else h for h in ordered]
    cells = load_workbook(books[template])[sheet][1]
    assert [cell.value for cell in cells][: len(wanted)] == wanted
    assert [c.value for c in cells][len(wanted) :] == (
        [f"↑ + {len(wanted) - len(rule.first)}"] if rule.first else []
    )
    bold = [cell.font.bold for cell in cells][: len(wanted)]
    assert bold == [name.endswith(" *") for name in wanted]


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
def test_the_instructions_stand_first_and_say_what_the_template_says(books, template):
    book = load_workbook(books[template])
    front = book.worksheets[0]
    assert (front.title, book.active.title) == ("Instructions", "Instructions")
    texts = [cell.value for row in front.iter_rows() for cell in row]
    assert {TEMPLATES[template].title, *TEMPLATES[template].instructions} <= set(texts)


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_columns_sheet_explains_every_heading_and_alias(books, template):
    rows = list(load_workbook(books[template])["Columns"].iter_rows(values_only=True))
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


@pytest.mark.parametrize(("template", "sheet"), SHEETS)
def test_ten_columns_at_most_are_open_where_the_others_are_folded_away(books, template, sheet):
    rule = rule_of(template, sheet)
    book = load_workbook(books[template])
    cells = heading_cells(book, sheet)
    dimensions = book[sheet].column_dimensions
    hidden = {name for name, cell in cells.items() if dimensions[cell.column_letter].hidden}
    assert len(rule.first) <= 10
    assert hidden == (set(cells) - set(rule.first) if rule.first else set())
    assert not any(rule.columns[name].required for name in hidden)
    assert {dimensions[cells[name].column_letter].outlineLevel for name in hidden} <= {1}


def test_folded_columns_are_no_news_until_something_stands_in_one(books, tmp_path):
    book = load_workbook(books["atlan-glossary"])
    places = {name: cell.column for name, cell in heading_cells(book, "Terms").items()}
    book["Terms"].cell(2, places["Glossary"], "Finance")
    book["Terms"].cell(2, places["Term"], "Net revenue")
    book.save(tmp_path / "t.xlsx")
    found = check([tmp_path / "t.xlsx"], Options()).findings
    assert [finding.code for finding in found] == ["not_found"]
    book["Terms"].cell(2, places["Usage"], "In reports")
    book.save(tmp_path / "t.xlsx")
    found = check([tmp_path / "t.xlsx"], Options()).findings
    assert [f.message for f in found if f.code == "hidden_columns"] == [
        "The hidden column `Usage` is imported like the others."
    ]


def test_cells_below_the_sign_of_folded_columns_are_not_lost_in_silence(books, tmp_path):
    book = load_workbook(books["atlan-glossary"])
    sheet = book["Glossaries"]
    sheet["A2"] = "Finance"
    sheet.cell(2, sheet.max_column, "What is this?")
    book.save(tmp_path / "g.xlsx")
    [found] = check([tmp_path / "g.xlsx"], Options()).findings
    assert found.code == "no_heading"


def test_columns_that_an_export_fills_are_not_folded_away(tmp_path):
    rows = {"Glossaries": [{"Glossary": "Finance", "Usage": "x", "GUID": "g", "Custom: old": "1"}]}
    file = write_blank(find("atlan-glossary"), tmp_path / "e.xlsx", rows=rows)
    sheet = load_workbook(file)["Glossaries"]
    values = {cell.value: sheet.cell(2, cell.column) for cell in sheet[1]}
    for heading, value in {"Usage": "x", "GUID": "g", "Custom: old": "1"}.items():
        assert values[heading].value == value
        assert not sheet.column_dimensions[values[heading].column_letter].hidden
    assert sheet.column_dimensions[values["Icon"].column_letter].hidden


@pytest.mark.parametrize("template", TEMPLATES)
def test_sheets_print_as_wide_as_a_page_and_the_instructions_on_one(books, template):
    front, *sheets = load_workbook(books[template]).worksheets
    assert (front.page_setup.fitToHeight, front.page_setup.orientation) == (1, "portrait")
    for sheet in (s for s in sheets if s.sheet_state == "visible"):
        assert (sheet.page_setup.fitToHeight, sheet.page_setup.orientation) == (0, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows
        assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("&A", "Page &P of &N")


WORDY = """
title = "Things"
system = "atlan"
blanks = ["n/a"]
[asks.place]
question = "Where are they?"
default = "here"
[kinds.thing]
type = "Thing"
key = ["name"]
[[sheets]]
name = "Things"
first = ["Name"]
skip = [{ only = ["Name"] }, { when = { State = ["gone", ""] }, unless = { Name = [] } }]
others = "skip"
levels = ["Name"]
[[sheets.entities]]
kind = "thing"
when = { Name = [] }
columns = [
  { heading = "State", path = "good", blank = "clear", blanks = ["-"] },
  { heading = "Name", path = "name" },
]
"""


def test_the_instructions_say_what_the_words_of_the_mapping_do(tmp_path):
    folder = tmp_path / "things"
    folder.mkdir()
    (folder / "mapping.toml").write_text(WORDY)
    (folder / "thing.schema.json").write_text(SCHEMA)
    front = load_workbook(write_blank(load(folder), tmp_path / "b.xlsx"))["Instructions"]
    pairs = [(row[1], row[2]) for row in front.iter_rows(values_only=True)]
    for pair in [
        ("blank", "Nothing is changed: what the field has, it keeps."),
        ("blank under State", "The field is emptied."),
        ("<clear>", "The field is emptied."),
        ("n/a", "Counts as blank."),
        ("- under State", "Counts as blank."),
        ("Rows of Things", "Left out where only Name is filled."),
        (
            "Rows of Things",
            "Columns Name are a tree: a row is about the last of them that is filled. Those before "
            "it may be blank where the row above has the same.",
        ),
        ("Rows of Things", "Left out where State is gone or blank and Name is not filled."),
        ("Rows of Things", "Left out where nothing is made of them."),
        ("You are asked", "Where are they? (--set place=..., else here)"),
    ]:
        assert pair in pairs
    assert any("importer check FILE --template things" in str(one) for one, _ in pairs)


def test_a_first_heading_that_the_sheet_lacks_is_a_mistake(tmp_path):
    folder = tmp_path / "things"
    folder.mkdir()
    (folder / "mapping.toml").write_text(WORDY.replace('first = ["Name"]', 'first = ["Nmae"]'))
    (folder / "thing.schema.json").write_text(SCHEMA)
    with pytest.raises(TemplateError, match=r"first: there is no column with the heading Nmae"):
        load(folder)


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
            {k: (c.width, c.number_format, c.hidden) for k, c in sheet.column_dimensions.items()},
            [(f.sqref, [r.formula for r in f.rules]) for f in sheet.conditional_formatting],
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


def test_values_of_the_target_are_offered_and_long_lists_stand_on_a_hidden_sheet(tmp_path):
    tags = ["PII", *(f"Tag, number {number}" for number in range(60))]
    lists = {"tags": tags, "Owners": ["jsmith", "mgarcia"], "Certificate": ["GOLD"]}
    book = load_workbook(write_blank(find("atlan-glossary"), tmp_path / "b.xlsx", lists=lists))
    offers = {v.formula1 for v in book["Terms"].data_validations.dataValidation}
    assert '"jsmith,mgarcia"' in offers
    assert '"VERIFIED,DRAFT,DEPRECATED"' in offers
    lists = book["Lists"]
    column = next(cell.column_letter for cell in lists[2] if cell.value == "Tags")
    assert f"'Lists'!${column}$3:${column}$63" in offers
    assert [cell.value for cell in lists[column]][2:63] == tags
    assert lists.sheet_state == "hidden"


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
    rows = list(lettered["Columns"].iter_rows(values_only=True))
    assert any(row[1] == "Name (column B)" for row in rows)


def test_a_sheet_name_is_cut_to_what_a_spreadsheet_takes(lettered):
    assert lettered.sheetnames[1] == "Things  all of them, and a name"


def test_a_text_that_looks_like_a_formula_stays_a_text(lettered):
    sheets = (lettered["Instructions"], lettered["Columns"])
    cells = (cell for sheet in sheets for row in sheet.iter_rows() for cell in row)
    types = {cell.value: cell.data_type for cell in cells if cell.value}
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
    rows = list(made["Columns"].iter_rows(values_only=True))
    assert any(row[1] == "Good (or in a row above, alone)" for row in rows)
