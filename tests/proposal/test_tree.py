"""Columns of levels are a tree: each row is about the innermost one that it fills."""

from __future__ import annotations

import pytest

from importer.options import Options
from importer.pipeline.check import check
from importer.pipeline.propose import propose_files
from importer.pipeline.write_mapping import write_mappings
from importer.proposal import propose
from importer.proposal.chosen import Choice
from importer.spreadsheet import TextForm
from tests.proposal.build import sheet, templates

SPARSE = """{},Description
Finance,,,All about money
,Accounting,,Books
,,Payables,What we owe
,,Receivables,What we get
People,,,All about people
,Hiring,,Getting in
"""
DENSE = """{},Description
Finance,Accounting,Payables,What we owe
Finance,Accounting,Receivables,What we get
Finance,Tax,Duty,What we pay
People,Hiring,Interviews,Getting in
"""
MIXED = """{},Description
Finance,,,All about money
Finance,Accounting,,Books
Finance,Accounting,Payables,What we owe
,,Receivables,What we get
People,,,All about people
People,Hiring,,Getting in
"""
PLACES = """Building,Floor,Room,Address
North,,,1 High Street
,1,,
,,101,
,,102,
South,,,2 High Street
,1,,
,,101,
"""
DESKS = """Building,Floor,Room,Desk
North,,,
,1,,
,,101,
,,,D1
,,,D2
,,102,
,,,D1
South,,,
,1,,
,,101,
,,,D1
"""
TERMS = """Domain,Subdomain,Term,Definition
Finance,,,All about money
,Accounting,,Books
,,Payable,What we owe
,,Receivable,What we get
People,,,All about people
,Hiring,,Getting in
,,Applicant,One who asks
"""
STEADY = "Domain,Subdomain,Term,Definition\n" + DENSE.split("\n", 1)[1]
LEVELS = ("Level 1,Level 2,Level 3", "L1,L2,L3", "Ebene 1,Ebene 2,Ebene 3", "Tier 1,Tier 2,Tier 3")


@pytest.fixture
def counts(tmp_path):
    """Return what a list makes when its proposal is taken as it is."""

    def made(text):
        (tmp_path / "Export.csv").write_text(text)
        found = propose_files([tmp_path / "Export.csv"], TextForm())
        [folder] = write_mappings("made", found, tmp_path / "made")
        answers = (("glossary", "G"), ("time_zone", "Europe/Berlin"))
        asked = tuple(pair for pair in answers if pair[0] in {a.name for a in found.sheets[0].asks})
        result = check([tmp_path / "Export.csv"], Options(template=str(folder), answers=asked))
        assert (result.counts.invalid, result.findings) == (0, [])
        return {kind: count for (kind, _), count in result.objects.items() if kind != "glossary"}

    return made


@pytest.mark.parametrize("levels", LEVELS)
def test_a_row_of_each_level_makes_a_category(counts, levels):
    assert counts(SPARSE.format(levels)) == {"category": 6}


@pytest.mark.parametrize("levels", [*LEVELS, "Hauptgruppe,Gruppe,Untergruppe"])
def test_levels_that_each_row_spells_out_are_made_once(counts, levels):
    assert counts(DENSE.format(levels)) == {"category": 9}


def test_both_forms_may_be_mixed(counts):
    assert counts(MIXED.format(LEVELS[0])) == {"category": 6}


@pytest.mark.parametrize(("text", "categories", "terms"), [(TERMS, 4, 3), (STEADY, 5, 4)])
def test_categories_above_terms_are_made(counts, text, categories, terms):
    assert counts(text) == {"category": categories, "term": terms}


def test_a_row_of_a_building_alone_is_about_the_building(counts):
    assert counts(PLACES) == {"building": 2, "floor": 2, "space": 3}


def test_a_tree_makes_every_level_that_it_has(counts):
    assert counts(DESKS) == {"building": 2, "floor": 2, "space": 3, "desk": 4}


def proposed(text, choice=None):
    rows = [line.split(",") for line in text.splitlines()]
    made = sheet(*rows)
    choices = {(made.file, made.name): choice} if choice else None
    return propose([made], templates(), choices).sheets[0]


def test_the_proposal_says_what_the_tree_is():
    found = proposed(SPARSE.format(LEVELS[0]))
    assert found.tree == ("A", "B", "C")
    assert found.reasons[0].startswith("Level 1 > Level 2 > Level 3: a tree of categories;")
    fields = [column.field for column in found.columns]
    assert fields == ["Parent category", "Parent category", "Category", "Description"]


def test_a_column_of_the_tree_that_a_person_takes_for_something_else_ends_it():
    found = proposed(SPARSE.format(LEVELS[0]), Choice(kind="category", fields={"A": None}))
    assert (found.tree, found.columns[0].field) == ((), None)


def test_terms_whose_areas_stand_in_several_domains_are_no_tree():
    assert proposed(STEADY.replace("People,Hiring", "People,Tax")).tree == ()


def test_a_flat_list_of_rooms_is_no_tree():
    text = "Building,Floor,Room\n" + "\n".join(f"A,{at // 3},{at}" for at in range(9))
    assert proposed(text).tree == ()
