"""Which fields a concept may belong to in each kind."""

from __future__ import annotations

import pytest

from importer.proposal.concepts import Concept
from importer.proposal.rules import rules_of
from importer.template import find, find_all
from tests.proposal.build import rules, templates


@pytest.mark.parametrize(
    ("kind", "concept", "field"),
    [
        ("space", ("space", ""), "Space"),
        ("space", ("", "name"), "Space"),
        ("space", ("space", "code"), "External ID"),
        ("space", ("building", "name"), "Building"),
        ("space", ("building", "address"), "Address"),
        ("term", ("", "definition"), "Description"),
        ("term", ("category", ""), "Categories"),
        ("category", ("", "parent"), "Parent category"),
        ("desk", ("space", ""), "Space"),
        ("link", ("", "url"), "URL"),
    ],
)
def test_a_concept_belongs_to_a_field(kind, concept, field):
    weights = rules(kind).fields(Concept(*concept))
    assert max(weights, key=weights.get) == field


def test_what_is_said_of_something_else_belongs_to_no_field():
    assert rules("term").fields(Concept("person", "code")) == {}


def test_a_heading_or_alias_of_the_template_is_its_field():
    assert rules("space").exact("room NAME") == "Space"
    assert rules("space").exact("Zorbic") == ""


def test_a_code_of_peoples_own_is_not_the_targets_id():
    assert rules("space").exact("ID") == ""


def test_the_kinds_are_those_of_the_templates():
    assert "desk" in rules_of(templates())
    assert "desk" not in rules_of([find("atlan-glossary")])


def test_of_all_templates_those_count_that_have_most_of_our_fields():
    chosen = {kind: rules.template for kind, rules in rules_of(find_all()).items()}
    assert set(chosen.values()) == {"atlan-glossary", "trebellar-portfolio"}
    assert chosen == {kind: rules.template for kind, rules in rules_of(templates()).items()}
