"""What Atlan refuses on some types is an error on its cell, and is offered nowhere."""

import pytest

from importer.template import find
from importer.template.blank.fields import fields_of
from tests.pipeline.bench import bench, category, glossary, term

__all__ = ["bench"]

GUID = "b4113341-251b-4adc-81fb-2420501c30e6"
ROWS = {
    "tags on a glossary": ("Glossaries", glossary("G", Tags="PII"), "Tags holds tags"),
    "tags on a category": ("Categories", category("C", Tags="PII"), "Tags holds tags"),
    "a domain on a glossary": ("Glossaries", glossary("G", Domain=GUID), "Domain is for assets"),
    "a domain on a category": ("Categories", category("C", Domain=GUID), "Domain is for assets"),
    "a domain on a term": ("Terms", term("T", Domain=GUID), "Domain is for assets"),
    "a label of two words": ("Terms", term("T", Labels="two words"), "`two words` is no label"),
    "a long label": ("Terms", term("T", Labels="x" * 51), "one has 1 to 50 letters"),
}


@pytest.fixture
def journal_place(tmp_path):
    return str(tmp_path / "journal.db")


@pytest.mark.parametrize(("sheet", "row", "words"), ROWS.values(), ids=ROWS)
def test_a_cell_that_atlan_would_refuse_is_an_error(bench, sheet, row, words):
    sheets = {"Glossaries": [glossary()]}
    sheets[sheet] = [*sheets.get(sheet, []), row]
    result = bench.glossary(sheets)
    assert bench.statuses(result)[sheet][-1] == "invalid"
    assert any(words in finding.message for finding in result.findings)


@pytest.mark.parametrize("sheet", ["Glossaries", "Categories"])
def test_no_sheet_offers_what_atlan_refuses_there(sheet):
    template = find("atlan-glossary")
    rule = next(one for one in template.sheets if one.name == sheet)
    offered = {field.rule.heading for field in fields_of(template, rule, {})}
    assert {"Tags", "Domain GUID"} & rule.columns.keys() == {"Tags", "Domain GUID"}
    assert not {"Tags", "Domain GUID"} & offered
