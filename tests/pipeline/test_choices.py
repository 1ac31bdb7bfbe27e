"""The drop-downs of a new workbook offer the names that exist in the target."""

import openpyxl
import pytest

from importer.export import export_rows
from importer.pipeline.choices import live_choices, live_columns
from importer.template import find
from importer.template.blank import write_blank
from tests.pipeline.bench import building, category, desk, floor, glossary, space, term

GLOSSARY = {
    "Glossaries": [glossary(), glossary("Sales")],
    "Categories": [category("Income"), category("Net", "Income")],
    "Terms": [term("Revenue"), term("Order", "Sales")],
}
PORTFOLIO = {
    "Buildings": [building(), building("Annex")],
    "Floors": [floor("1"), floor("2")],
    "Spaces": [space("Lobby", "1")],
    "Desks": [desk("d1", "1")],
}


@pytest.mark.parametrize(
    ("template", "sheets", "heading", "words"),
    [
        ("atlan-glossary", GLOSSARY, "Glossary", ["Finance", "Sales"]),
        ("atlan-glossary", GLOSSARY, "Categories", ["Income", "Income > Net"]),
        ("atlan-glossary", GLOSSARY, "Parent category", ["Income", "Income > Net"]),
        ("atlan-glossary", GLOSSARY, "Term", ["Order", "Revenue"]),
        ("atlan-glossary", GLOSSARY, "Terms", ["Finance > Revenue", "Sales > Order"]),
        ("atlan-glossary", GLOSSARY, "Tags", ["Confidential", "GDPR", "PII", "Public"]),
        ("trebellar-portfolio", PORTFOLIO, "Building", ["Annex", "HQ"]),
        ("trebellar-portfolio", PORTFOLIO, "Floor", ["1", "2"]),
        ("trebellar-portfolio", PORTFOLIO, "Space", ["Lobby"]),
    ],
)
def test_a_heading_offers_the_names_of_the_target(bench, template, sheets, heading, words):
    bench.run(sheets, template=template)
    made = find(template)
    assert live_choices(made, bench.connect(made.systems, made.options))[heading] == words


def test_each_name_offered_refers_to_its_object(bench):
    """Each choice is imported as the object it names."""
    bench.glossary(GLOSSARY)
    bench.atlan.add("Table", "orders")
    made = find("atlan-glossary")
    words = live_choices(made, bench.connect(made.systems, made.options))
    terms = [term(f"t{n}", Categories=word) for n, word in enumerate(words["Categories"])]
    assets = [
        {"Type": "Table", "Qualified name": "raw/orders", "Name": "orders", "Terms": word}
        for word in words["Terms"]
    ]
    assert bench.glossary({"Terms": terms}).counts == {"created": 2}
    for row in assets:
        assert bench.glossary({"Assets": [row]}).counts == {"updated": 1}


def test_each_name_offered_for_a_list_is_one_item_of_it(bench):
    bench.glossary({"Glossaries": [glossary()], "Terms": [term("a; b"), term("+p")]})
    made = find("atlan-glossary")
    words = live_choices(made, bench.connect(made.systems, made.options))["Terms"]
    assert words == ['"Finance > a; b"', "Finance > +p"]
    bench.atlan.add("Table", "orders")
    row = {"Type": "Table", "Qualified name": "raw/orders", "Name": "orders", "Terms": words[0]}
    assert bench.glossary({"Assets": [row]}).counts == {"updated": 1}


def test_a_tag_whose_name_holds_a_separator_is_offered_in_quotes(bench):
    made = find("atlan-glossary")
    target = bench.connect(made.systems, made.options)
    target.names = lambda: {"classifications.typeName": frozenset({"A; B", "PII"})}
    assert live_choices(made, target)["Tags"] == ['"A; B"', "PII"]


def test_the_names_stand_in_the_workbook_s_drop_downs_with_those_that_it_will_have(bench, tmp_path):
    bench.glossary(GLOSSARY)
    made = find("atlan-glossary")
    lists = live_choices(made, bench.connect(made.systems, made.options))
    book = openpyxl.load_workbook(write_blank(made, tmp_path / "blank.xlsx", lists=lists))
    offers = book["Terms"].data_validations.dataValidation
    letters = {cell.value.rstrip(" *"): cell.column_letter for cell in book["Terms"][1]}
    for heading, names, cells in [
        ("Glossary", ["Finance", "Sales"], "'Glossaries'!$A$2"),
        ("Categories", ["Income", "Income > Net"], "'Categories'!$B$2"),
    ]:
        [offer] = [one for one in offers if f"{letters[heading]}2" in one]
        column = offer.formula1.split("$")[1]
        listed = [cell.value for cell in book["Lists"][column]][2:5]
        assert listed == [*names, f'=IF({cells}="","",{cells})']
        assert offer.formula1 == (
            f"OFFSET('Lists'!${column}$3,0,0,2+MIN(500,COUNTA({cells}:{cells[-4:-1]}5000)),1)"
        )
        assert not offer.showErrorMessage


def test_an_empty_target_offers_nothing_of_its_own(bench):
    made = find("trebellar-portfolio")
    assert live_choices(made, bench.connect(made.systems, made.options)) == {}


OWN = {
    "a number": ("Data Quality::Score", None, "General"),
    "an enumeration": ("Data Quality::Level", '"Gold,Silver,Bronze"', "@"),
    "texts": ("Data Quality::Checks", None, "@"),
    "a date": ("Data Quality::Measured on", None, "yyyy-mm-dd"),
}


def drop_down(sheet, letter):
    """Return the formula and the strictness of the drop-down of a column, None without one."""
    found = {
        str(one.sqref).partition(":")[0].rstrip("0123456789"): one
        for one in sheet.data_validations.dataValidation
    }
    return (found[letter].formula1, found[letter].showErrorMessage) if letter in found else None


@pytest.mark.parametrize(("heading", "formula", "shown"), OWN.values(), ids=OWN)
def test_custom_metadata_has_columns_by_type(bench, tmp_path, heading, formula, shown):
    made = find("atlan-glossary")
    own = live_columns(made, bench.connect(made.systems, made.options))
    sheet = openpyxl.load_workbook(write_blank(made, tmp_path / "x.xlsx", own=own))["Terms"]
    [cell] = [one for one in sheet[1] if one.value == heading]
    letter = cell.column_letter
    assert sheet.column_dimensions[letter].number_format == shown
    assert drop_down(sheet, letter) == ((formula, True) if formula else None)
    assert cell.comment.text.startswith("Custom metadata: ")


def test_custom_metadata_of_an_export_has_drop_downs_where_rows_fill_it(bench, tmp_path):
    row = term("Revenue") | {"Data Quality::Level": "Gold"}
    bench.glossary({"Glossaries": [glossary()], "Terms": [row]})
    made = find("atlan-glossary")
    found = export_rows(made, bench.connect(made.systems, made.options))
    assert [one.rule.heading for one in found.own["Terms"]] == ["Data Quality::Level"]
    file = write_blank(made, tmp_path / "x.xlsx", rows=found.rows, own=found.own)
    sheet = openpyxl.load_workbook(file)["Terms"]
    [cell] = [one for one in sheet[1] if one.value == "Data Quality::Level"]
    assert sheet.cell(2, cell.column).value == "Gold"
    assert drop_down(sheet, cell.column_letter) == ('"Gold,Silver,Bronze"', True)


def test_a_column_of_names_is_not_offered_the_paths_of_the_target(tmp_path):
    """One of them would be a wrong name; where a reference takes them they are offered."""
    made = find("atlan-glossary")
    file = write_blank(made, tmp_path / "blank.xlsx", lists={"Category": ["Vitals > Heart"]})
    book = openpyxl.load_workbook(file)
    offered = {sheet: [one.formula1 for one in _drop_downs(book[sheet], "Category")] for sheet in
               ("Categories", "Links")}  # fmt: skip
    assert offered["Categories"] == []
    assert offered["Links"] != []
    heading = next(cell for cell in book["Categories"][1] if cell.value == "Category *")
    assert "Vitals > Heart" not in heading.comment.text


def _drop_downs(sheet, heading):
    """The drop-downs of the column under a heading."""
    place = next(c.column_letter for c in sheet[1] if str(c.value).removesuffix(" *") == heading)
    for one in sheet.data_validations.dataValidation:
        if str(one.sqref).startswith(f"{place}2"):
            yield one
