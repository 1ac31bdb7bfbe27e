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
