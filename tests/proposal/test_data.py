"""The data of the proposal fit together and with the shipped templates."""

from __future__ import annotations

from importer.proposal.data import (
    by_word,
    depth_of,
    field_list,
    fits_of,
    listed,
    point_list,
    word_list,
)
from tests.proposal.build import rules

KINDS = field_list()["kinds"]
CONCEPTS = {*word_list()["things"], *word_list()["attributes"]}


def parts(key):
    return {part for part in key.split(".") if part not in ("", "*")}


def test_every_field_is_a_heading_of_the_template_or_of_a_level_above():
    above = set(field_list()["above"])
    for kind, own in KINDS.items():
        groups = [field_list()["groups"][name] for name in own.get("groups", ())]
        for group in (*groups, own["fields"]):
            for fields in group.values():
                named = {fields} if isinstance(fields, str) else set(fields)
                missing = named - set(rules(kind).columns) - above
                assert not missing or group in groups, (kind, missing)


def test_the_name_and_the_code_of_every_kind_are_headings_of_the_template():
    for kind, own in KINDS.items():
        assert own["name"] in rules(kind).columns
        assert own.get("id", own["name"]) in rules(kind).columns


def test_every_concept_in_the_rules_has_words():
    keys = [key for own in KINDS.values() for key in own["fields"]]
    keys += [key for group in field_list()["groups"].values() for key in group]
    keys += [*point_list()["said"], *point_list()["names"], *point_list()["levels"]]
    unknown = {part for key in keys for part in parts(key)} - CONCEPTS
    assert unknown <= {"link", "level", "typecode"}


def test_points_are_for_kinds_that_the_templates_have():
    sections = [point_list()[name] for name in ("names", "levels", "inside", "said", "words")]
    kinds = {kind for section in sections for points in section.values() for kind in points}
    assert kinds <= {*KINDS, ""}


def test_no_word_stands_twice_in_a_list():
    for section in ("things", "attributes"):
        for name, languages in word_list()[section].items():
            for language, words in languages.items():
                assert len(words) == len(set(words)), (name, language)


def test_words_for_blank_are_compared_without_case_and_accents():
    assert {"n/a", "k. a.", "sin datos"} <= listed("blank_words")


def test_a_unit_names_what_it_measures():
    assert by_word("units")["m2"] == "area"


def test_things_stand_in_each_other():
    assert depth_of("building") < depth_of("floor") < depth_of("space")
    assert depth_of("definition") == -1


def test_every_way_of_judging_cells_is_for_some_field():
    assert {"text", "answer", "zone"} <= set(fits_of().values())
