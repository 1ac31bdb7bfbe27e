"""A list of levels, mapped as it is proposed, becomes a tree in the target."""

import pytest

from importer.pipeline.propose import propose_files
from importer.pipeline.write_mapping import write_mappings
from importer.spreadsheet import TextForm

EXPORT = """Level 1,Level 2,Level 3,Description
Finance,,,All about money
,Accounting,,Books
,,Payables,What we owe
,,Receivables,What we get
People,,,All about people
,Hiring,,Getting in
People,Hiring,Interviews,Talks
"""
TREE = {
    "Finance": (None, "All about money"),
    "Accounting": ("Finance", "Books"),
    "Payables": ("Accounting", "What we owe"),
    "Receivables": ("Accounting", "What we get"),
    "People": (None, "All about people"),
    "Hiring": ("People", "Getting in"),
    "Interviews": ("Hiring", "Talks"),
}


@pytest.fixture
def export(bench, tmp_path):
    """Return a function that imports such a list as it is proposed."""
    path = tmp_path / "Export.csv"
    path.write_text(EXPORT)
    [folder] = write_mappings("tree", propose_files([path], TextForm()), tmp_path / "tree")

    def imported():
        return bench.run(path, template=str(folder), answers=(("glossary", "G"),))

    return imported


def test_each_category_is_in_its_parent_with_its_own_description(bench, export):
    result = export()
    assert (result.findings, result.counts) == ([], {"created": 7})
    found = bench.atlan.named("AtlasGlossaryCategory")
    names = {one["guid"]: name for name, one in found.items()}
    assert {
        name: (
            names.get((one["relationshipAttributes"].get("parentCategory") or {}).get("guid")),
            one["attributes"]["userDescription"],
        )
        for name, one in found.items()
    } == TREE


def test_a_second_run_changes_nothing(bench, export):
    export()
    assert bench.silent(export).counts == {"unchanged": 7}


def test_each_place_of_a_tree_has_what_its_own_row_says(bench, tmp_path):
    path = tmp_path / "Rooms.csv"
    path.write_text("Building,Floor,Room,Capacity\nN,,,400\n,1,,200\n,,101,8\n,,102,12\n")
    [folder] = write_mappings("rooms", propose_files([path], TextForm()), tmp_path / "rooms")
    result = bench.run(path, template=str(folder), answers=(("time_zone", "Europe/Berlin"),))
    assert result.findings == []
    found = bench.trebellar.places()
    capacities = {at[-1]: one["staticProperties"].get("capacity") for at, one in found.items()}
    assert capacities == {"N": 400, "1": 200, "101": 8, "102": 12}
