"""The drop-downs of a new workbook offer the names that exist in the target."""

import openpyxl
import pytest

from importer.pipeline.choices import live_choices
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


def test_the_names_stand_in_the_workbook_s_drop_downs(bench, tmp_path):
    bench.glossary(GLOSSARY)
    made = find("atlan-glossary")
    lists = live_choices(made, bench.connect(made.systems, made.options))
    book = openpyxl.load_workbook(write_blank(made, tmp_path / "blank.xlsx", lists=lists))
    formulas = [rule.formula1 for rule in book["Terms"].data_validations.dataValidation]
    assert '"Finance,Sales"' in formulas
    assert '"Income,Income > Net"' in formulas


def test_an_empty_target_offers_nothing_of_its_own(bench):
    made = find("trebellar-portfolio")
    assert live_choices(made, bench.connect(made.systems, made.options)) == {}
