"""Rows about existing assets enrich them; no asset is ever created."""

import pytest

from importer.options import Options
from importer.pipeline.check import check
from tests.pipeline.bench import glossary, link, term
from tests.pipeline.raw_api import GLOSSARY, TERM, related

READMES = "Readme"


@pytest.fixture
def table(bench):
    """Create a table, as a crawler does, and a term; the guid of the table."""
    anchor = bench.atlan.add(GLOSSARY, "Finance")
    bench.atlan.add(TERM, "Revenue", anchor)
    return bench.atlan.add("Table", "orders", description="crawled")


def asset(name="orders", type_name="Table", **more):
    row = {"Type": type_name, "Qualified name": f"raw/{name}", "Name": name}
    return row | {heading.replace("_", " "): value for heading, value in more.items()}


def live_table(bench):
    return bench.atlan.named("Table")["orders"]


def test_an_asset_is_enriched_with_facts_and_terms(bench, table):
    """Description, owners, certificate, tags, terms, readme; what the crawler wrote stays."""
    row = asset(
        Description="Every order",
        Owners="ann",
        Certificate="verified",
        Tags="PII",
        Terms="Revenue@Finance",
        Readme="<b>Orders</b>",
    )
    assert bench.glossary({"Assets": [row]}).counts == {"updated": 1}
    found = live_table(bench)
    wanted = {"userDescription": "Every order", "description": "crawled", "ownerUsers": ["ann"]}
    assert {name: found["attributes"][name] for name in wanted} == wanted
    assert found["attributes"]["certificateStatus"] == "VERIFIED"
    assert [bench.atlan.tags()[tag["typeName"]] for tag in found["classifications"]] == ["PII"]
    assert related(found, "meanings") == ["Revenue"]
    assert len(bench.atlan.all(READMES)) == 1
    assert found["guid"] == table
    assert bench.silent(lambda: bench.glossary({"Assets": [row]})).counts == {"unchanged": 1}


def test_an_unknown_asset_is_a_finding(bench, table):
    """Nothing is made of it; the row above it is imported."""
    result = bench.glossary({"Assets": [asset(Description="d"), asset("ordres", Description="d")]})
    assert bench.statuses(result)["Assets"] == ["updated", "invalid"]
    [found] = result.findings
    assert (found.code, found.place.cell, found.value) == ("not_in_target", "B3", "raw/ordres")
    assert set(bench.atlan.named("Table")) == {"orders"}


def test_an_asset_is_known_by_type_and_name_together(bench, table):
    """The same qualified name of another type is another asset."""
    result = bench.glossary({"Assets": [asset(type_name="View", Description="d")]})
    assert result.counts == {"invalid": 1}


def test_terms_of_the_same_file_can_be_assigned(bench, table):
    """The asset waits for the term."""
    sheets = {
        "Assets": [asset(Terms="Revenue@Finance; Margin@Finance")],
        "Terms": [term("Margin")],
    }
    assert bench.glossary(sheets).counts == {"created": 1, "updated": 1}
    assert related(live_table(bench), "meanings") == ["Margin", "Revenue"]
    assert bench.glossary({"Assets": [asset(Terms="Margin@Finance")]}).counts == {"updated": 1}
    assert related(live_table(bench), "meanings") == ["Margin"]


def test_a_link_can_stand_on_an_asset(bench, table):
    row = link("", "Runbook", "https://example.com/r", glossary="")
    row |= {"Asset type": "Table", "Asset qualified name": "raw/orders"}
    assert bench.glossary({"Links": [row]}).counts == {"created": 1}
    assert related(live_table(bench), "links") == ["Runbook"]
    assert bench.silent(lambda: bench.glossary({"Links": [row]})).counts == {"unchanged": 1}


def test_an_unknown_tag_is_a_finding_on_its_cell(bench):
    """It suggests the nearest tag; the row is not sent, the others are."""
    rows = [term("A", Tags="PII; Confidentail"), term("B", Tags="PII")]
    sheets = {"Glossaries": [glossary()], "Terms": rows}
    result = bench.glossary(sheets)
    [found] = result.findings
    assert (found.place.cell, found.suggestion) == ("C2", "Confidential")
    assert "Confidentail" in found.message
    assert bench.statuses(result)["Terms"] == ["invalid", "created"]
    options = Options(template="atlan-glossary")
    assert check([bench.book(sheets)], options, bench.connect).findings


def test_custom_metadata_is_filled_and_cleared(bench):
    """By display names; an unknown set or attribute is a finding."""
    sheets = {"Glossaries": [glossary()], "Terms": [term("A") | {"Data Quality::Level": "Gold"}]}
    assert bench.glossary(sheets).counts == {"created": 2}
    [values] = bench.atlan.terms()["A"]["businessAttributes"].values()
    assert list(values.values()) == ["Gold"]
    assert bench.silent(lambda: bench.glossary(sheets)).counts == {"unchanged": 2}
    cleared = {"Terms": [term("A") | {"Data Quality::Level": "<clear>"}]}
    assert bench.glossary(cleared).counts == {"updated": 1}
    assert bench.silent(lambda: bench.glossary(cleared)).counts == {"unchanged": 1}
    result = bench.glossary({"Terms": [term("A") | {"Data Quality::Levle": "Gold"}]})
    assert result.counts == {"invalid": 1}


def test_a_readme_is_written_and_changed(bench):
    """One entity of its own for each; the row is about the term."""
    sheets = {"Glossaries": [glossary()], "Terms": [term("A", Readme="<p>One & only</p>")]}
    assert bench.glossary(sheets).counts == {"created": 2}
    [readme] = bench.atlan.all(READMES)
    assert related(bench.atlan.terms()["A"], "readme") == [readme["attributes"]["name"]]
    changed = {"Terms": [term("A", Readme="<p>Two</p>")]}
    assert bench.glossary(changed).counts == {"updated": 1}
    [after] = bench.atlan.all(READMES)
    assert after["guid"] == readme["guid"]
    assert after["attributes"]["description"] != readme["attributes"]["description"]


def test_labels_and_additional_attributes_are_sent_once(bench):
    row = term("A", Labels="x; y", Additional_attributes="a:1; b:2")
    sheets = {"Glossaries": [glossary()], "Terms": [row]}
    assert bench.glossary(sheets).counts == {"created": 2}
    found = bench.atlan.terms()["A"]
    assert sorted(found["labels"]) == ["x", "y"]
    assert found["attributes"]["additionalAttributes"] == {"a": "1", "b": "2"}
    assert bench.silent(lambda: bench.glossary(sheets)).counts == {"unchanged": 2}


def test_a_free_attribute_is_written_and_changed(bench):
    """Text stays text."""
    for value in ("0047", "0048"):
        rows = [term("A") | {"Custom: sap": value}]
        bench.glossary({"Glossaries": [glossary()], "Terms": rows})
        assert bench.atlan.terms()["A"]["customAttributes"] == {"sap": value}


@pytest.mark.parametrize("cell", [{"Custom: sap": "0047"}, {"Starred": "yes"}])
def test_a_free_attribute_or_a_star_is_sent_once(bench, cell):
    sheets = {"Glossaries": [glossary()], "Terms": [term("A") | cell]}
    bench.glossary(sheets)
    assert bench.silent(lambda: bench.glossary(sheets)).counts == {"unchanged": 2}


def test_a_free_attribute_whose_column_is_absent_stays(bench):
    rows = [term("A") | {"Custom: sap": "0047", "Custom: erp": "x"}]
    bench.glossary({"Glossaries": [glossary()], "Terms": rows})
    bench.glossary({"Terms": [term("A") | {"Custom: sap": "0048"}]})
    assert bench.atlan.terms()["A"]["customAttributes"] == {"sap": "0048", "erp": "x"}


def test_clearing_a_free_attribute_keeps_the_others(bench):
    """`<clear>` under one free attribute leaves the others."""
    both = term("A") | {"Custom: sap": "0047", "Custom: erp": "x"}
    bench.glossary({"Glossaries": [glossary()], "Terms": [both]})
    cleared = {"Terms": [term("A") | {"Custom: sap": "<clear>"}]}
    assert bench.glossary(cleared).counts == {"updated": 1}
    assert bench.atlan.terms()["A"]["customAttributes"] == {"erp": "x"}
    assert bench.silent(lambda: bench.glossary(cleared)).counts == {"unchanged": 1}


def domain_findings(bench, *guids):
    """Return the cell and the message of each error in the rows of a plan."""
    rows = [asset(**{"Domain GUID": guid}) for guid in guids]
    planned = bench.plan_files(
        [bench.book({"Assets": rows})], Options(template="atlan-glossary", only=("Assets",))
    )
    return [one for one in planned.findings if one.code == "unknown_name"]


def test_a_domain_that_does_not_exist_is_an_error_on_its_cell(bench, table):
    """It is unknown, it is a table, or it is archived; one search finds all domains."""
    sales, old = (bench.atlan.add("DataDomain", name) for name in ("Sales", "Old"))
    bench.atlan.archive(old)
    before = len(bench.box.requests)
    wrong = ("00000000-251b-4adc-81fb-2420501c30e6", table, old)
    found = domain_findings(bench, sales, *wrong)
    assert [one.value for one in found] == list(wrong)
    assert {one.place.heading for one in found} == {"Domain GUID"}
    asked = [
        one.body
        for one in bench.box.requests[before:]
        if one.path.endswith("indexsearch") and "DataDomain" in str(one.body)
    ]
    assert len(asked) == 1
    assert domain_findings(bench, sales) == []
