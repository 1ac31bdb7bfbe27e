"""Columns of custom metadata read by the types that the target's definitions say."""

import pytest

from importer.field_type import FieldType
from importer.mapping.conversion.converters import converter
from importer.mapping.retype import as_single, own_columns
from importer.template import find


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (0.1, 0.1),
        (1 / 3, 0.33333334),
        (33.333333333, 33.333332),
        (16777217, 16777216),
        (7, 7),
        (-1.5, -1.5),
        (0, 0),
        (1e39, 1e39),  # more than it can hold: the target refuses it in its own words
        (True, True),
        ("text", "text"),
    ],
)
def test_a_number_is_rounded_to_what_single_precision_holds(value, held):
    assert (as_single(value), type(as_single(value))) == (held, type(value))


ODD = ("High", "a;b", "+p", "-m", ' "q"', "=x", "Yes, really")


def offered(many):
    sheet = next(one for one in find("atlan-glossary").sheets if one.name == "Terms")
    fields = {"businessAttributes.DQ.Level": FieldType("text", many, ODD)}
    [(_, _, column)] = own_columns(sheet, fields)
    return column


def test_each_option_of_a_list_is_offered_as_a_cell_must_have_it():
    column = offered(many=True)
    read = converter(column.rule, {"items": {"enum": ODD}, "uniqueItems": True}, "<clear>")
    assert [read(word) for word in column.choice.words] == [[option] for option in ODD]


def test_each_option_of_a_single_value_is_offered_as_it_is():
    assert offered(many=False).choice.words == ODD


def test_the_heading_of_a_set_whose_name_holds_a_wildcard_is_spelt_out():
    sheet = next(one for one in find("atlan-glossary").sheets if one.name == "Terms")
    [(_, _, column)] = own_columns(sheet, {"businessAttributes.Star*.p": FieldType()})
    assert column.rule.heading == "Star*::p"
