"""Cells with + and - add and remove these items of a list and keep all others."""

import pytest

from tests.pipeline.bench import category, glossary, term
from tests.pipeline.raw_api import related

FIRST = {"Tags": "PII; Confidential", "Owners": "ann; bob", "Categories": "A; B", "Synonyms": "t1"}


@pytest.fixture
def filled(bench):
    rows = [term("t0", **FIRST), *(term(f"t{n}") for n in range(1, 4))]
    sheets = {
        "Glossaries": [glossary()],
        "Categories": [category(name) for name in "ABC"],
        "Terms": rows,
    }
    assert bench.glossary(sheets).counts == {"created": 8}
    return bench


def lists(bench):
    """Tags, owners, categories and synonyms of the first term."""
    live, names = bench.atlan.terms()["t0"], bench.atlan.tags()
    return (
        sorted(names[tag["typeName"]] for tag in live.get("classifications") or ()),
        sorted(live["attributes"].get("ownerUsers") or ()),
        related(live, "categories"),
        related(live, "synonyms"),
    )


def changed(bench, **cells):
    return bench.glossary({"Terms": [term("t0", **cells)]})


def test_signs_add_and_remove_items_and_keep_the_rest(filled):
    result = changed(
        filled, Tags="+GDPR; -PII", Owners="+cid", Categories="-A; +C", Synonyms="+t2; +t3; -t1"
    )
    assert result.counts == {"updated": 1}
    owners = ["ann", "bob", "cid"]
    assert lists(filled) == (["Confidential", "GDPR"], owners, ["B", "C"], ["t2", "t3"])


def test_the_same_edit_again_changes_nothing(filled):
    cells = {"Tags": "+GDPR; -PII", "Owners": "-ann", "Categories": "-A", "Synonyms": "+t2"}
    changed(filled, **cells)
    sent = len(filled.bodies())
    assert changed(filled, **cells).counts == {"unchanged": 1}
    assert len(filled.bodies()) == sent


def test_a_list_that_loses_all_items_is_empty(filled):
    cells = {"Tags": "-PII; -Confidential", "Owners": "-ann; -bob", "Categories": "-A; -B"}
    assert changed(filled, **cells, Synonyms="-t1").counts == {"updated": 1}
    assert lists(filled) == ([], [], [], [])


def test_without_signs_a_cell_replaces(filled):
    changed(filled, Tags="GDPR", Owners="cid", Categories="C", Synonyms="t3")
    assert lists(filled) == (["GDPR"], ["cid"], ["C"], ["t3"])


def test_a_new_object_has_the_added_items(filled):
    rows = [term("t9", Tags="+PII; -GDPR", Owners="-ann", Categories="+A", Synonyms="-t1; +t2")]
    assert filled.glossary({"Terms": rows}).counts == {"created": 1}
    live = filled.atlan.terms()["t9"]
    assert (related(live, "categories"), related(live, "synonyms")) == (["A"], ["t2"])
    assert not live["attributes"].get("ownerUsers")


def test_signs_on_some_items_only_are_an_error_on_the_cell(filled):
    result = changed(filled, Tags="+GDPR; PII")
    assert result.counts == {"invalid": 1}
    [found] = result.findings
    assert (found.code, found.place.heading) == ("unclear_signs", "Tags")


def test_an_unknown_item_to_remove_is_an_error(filled):
    """Otherwise a misspelt name would silently stay in the list."""
    result = changed(filled, Synonyms="-tt1")
    assert result.counts == {"invalid": 1}
    assert "no term `tt1`" in result.findings[0].message


def test_an_edit_keeps_terms_of_other_glossaries_on_an_asset(bench):
    """Also terms of a glossary that the file does not name and that was not fetched."""
    names = {"Glossaries": [glossary(), glossary("Sales")]}
    bench.glossary(names | {"Terms": [term("Revenue"), term("Order", "Sales"), term("Old")]})
    bench.atlan.add("Table", "orders")
    row = {"Type": "Table", "Qualified name": "raw/orders", "Name": "orders"}
    bench.glossary({"Assets": [row | {"Terms": "Order@Sales; Old@Finance"}]})
    edited = {"Assets": [row | {"Terms": "+Revenue@Finance; -Old@Finance"}]}
    assert bench.glossary(edited).counts == {"updated": 1}
    table = bench.atlan.named("Table")["orders"]
    assert related(table, "meanings") == ["Order", "Revenue"]
    assert bench.glossary(edited).counts == {"unchanged": 1}
