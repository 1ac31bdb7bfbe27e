"""The headings of a template under which a value or a reference stands."""

import pytest

from importer.plan.headings import Headings, concrete
from tests.order.build import trees


@pytest.fixture(scope="module")
def headings(tmp_path_factory):
    return Headings(trees(tmp_path_factory.mktemp("trees")))


def test_each_filled_value_has_its_heading(headings):
    payload = {"type": "Leaf", "name": "a", "facts": {"text": "x", "size": None}, "tags": []}
    found = dict(headings.filled("leaf", payload))
    assert found["Text"] == ("facts", "text")
    assert found["Tags"] == ("tags",)
    assert "Size" not in found


def test_a_kind_has_its_own_headings_only(headings):
    assert "Text" not in dict(headings.filled("node", {"facts": {"text": "x"}}))


def test_what_identifies_an_entity_is_no_value_of_it(headings):
    assert "Code" not in dict(headings.filled("leaf", {"code": "x"}))


def test_a_wildcard_stands_for_every_name_in_the_payload(headings):
    payload = {"free": {"a": 1, "b": None, "v1.2": 2}}
    found = list(concrete("Free: *", ("free", "*"), payload))
    assert found == [
        ("Free: a", ("free", "a")),
        ("Free: b", ("free", "b")),
        ("Free: v1.2", ("free", "v1.2")),
    ]
    nested = list(concrete("*::*", ("sets", "*", "*"), {"sets": {"S": {"x": 1}, "T": {}}}))
    assert nested == [("S::x", ("sets", "S", "x"))]
    assert list(concrete("Free: *", ("free", "*"), {})) == []
    assert list(concrete("Text", ("text",), {})) == [("Text", ("text",))]


def test_a_path_has_the_heading_of_its_value_or_reference(headings):
    assert headings.of("leaf", "facts.text") == "Text"
    assert headings.of("leaf", "same") == "Same"
    assert headings.of("node", "up") == "Parent code"
    assert headings.of("leaf", "nowhere.at_all") == "at_all"
