"""What is accepted by its columns would be accepted row by row."""

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.column_screen import ColumnScreen
from importer.mapping.conversion.values import BLANK
from importer.mapping.payload import PayloadBuilder
from importer.template.paths import leaves, node_at
from importer.validate import KindChecker
from tests.validate.test_agreement import KINDS, values

ROWS = 2
NAME = {"type": "string", "minLength": 2}
PERSON = {"type": "object", "properties": {"name": NAME}, "required": ["name"]}


def bound_to(kind, paths):
    """A rule of which only the paths of its columns count."""
    columns = [SimpleNamespace(rule=SimpleNamespace(path=path)) for path in paths]
    return SimpleNamespace(kind=kind, columns=columns)


def of(schema, constants=(), paths=("person.name", "person.age")):
    """The screen of a schema that no template has."""
    whole = {"type": "object", "properties": schema}
    kind = SimpleNamespace(schema=whole, constants=dict(constants))
    return ColumnScreen(bound_to(kind, paths))


def test_rows_fit_where_each_value_does_and_none_is_missing():
    screen = of({"person": PERSON})
    assert screen.fits([["Ann", "Bob"], [1, BLANK]])
    assert not screen.fits([["Ann", "B"], [1, 2]])
    assert not screen.fits([["Ann", BLANK], [1, 2]])


@pytest.mark.parametrize(
    "more",
    [
        {"minProperties": 2},
        {"dependentRequired": {"age": ["name"]}},
        {"anyOf": [{"required": ["age"]}, {}]},
        {"required": ["name", "born"]},
        {"additionalProperties": False},
        {"type": ["object", "null"]},
    ],
)
def test_what_one_value_says_of_another_is_left_to_the_rows(more):
    assert not of({"person": {**PERSON, **more}}).fits([["Ann"], [1]])


def test_what_stands_beside_a_reference_counts_too():
    schema = {"person": {"$ref": "#/properties/other", "required": ["age"]}, "other": PERSON}
    assert not of(schema).fits([["Ann"], [BLANK]])
    assert of({**schema, "person": {"$ref": "#/properties/other"}}).fits([["Ann"], [BLANK]])


def test_an_object_that_each_row_has_need_not_have_anything_in_it():
    kind = SimpleNamespace(
        schema={"type": "object", "required": ["more"], "properties": {"more": {"type": "object"}}},
        constants={"more": {}},
    )
    assert ColumnScreen(bound_to(kind, ["more.note"])).fits([[BLANK]])


def test_a_value_within_a_value_is_left_to_the_rows():
    assert not of({}, paths=("person", "person.name")).fits([[BLANK], ["Ann"]])


@pytest.mark.parametrize("name", KINDS)
def test_columns_are_accepted_only_where_every_row_would_be(name):
    kind = KINDS[name]
    paths = [path for path in leaves(kind.schema) if path not in kind.constants]
    paths = [path for path in paths if "properties" not in node_at(kind.schema, path)]
    checker, seen = KindChecker(kind), {True: 0, False: 0}

    @settings(max_examples=120, derandomize=True)
    @given(st.data())
    def law(data):
        needed = [path for path in paths if path in kind.key or must(kind.schema, path)]
        some = data.draw(st.lists(st.sampled_from(paths), max_size=2, unique=True))
        noise = data.draw(st.booleans())
        bound = bound_to(kind, dict.fromkeys([*needed, *some]))
        columns = [data.draw(column(kind, one.rule.path, noise)) for one in bound.columns]
        accepted = ColumnScreen(bound).fits(columns)
        seen[accepted] += 1
        payloads = PayloadBuilder(bound).build(columns, ROWS)
        assert not accepted or all(map(checker.screen.is_valid, payloads))

    law()
    assert seen[True], "nothing was accepted"
    assert seen[False], "nothing was left to the rows"


def must(schema, path):
    """Whether every payload must have a value at a path."""
    above, _, name = path.rpartition(".")
    node = node_at(schema, above) if above else schema
    return name in node.get("required", ()) and (not above or must(schema, above))


def column(kind, path, noise):
    """Values of a column, blank now and then."""
    value = values(kind.schema, node_at(kind.schema, path), noise)
    cell = st.one_of(value, value, value, st.just(BLANK)) if noise else value
    return st.lists(cell, min_size=ROWS, max_size=ROWS)
