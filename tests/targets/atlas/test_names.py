"""The qualifiedNames of glossary objects."""

import pytest

from importer.targets.atlas.names import is_renamed, label, place_of, qualified_name
from importer.targets.protocol import Ref
from tests.targets.build import (
    ANCHOR,
    CATEGORY,
    GLOSSARY,
    PARENT,
    TERM,
    category,
    create,
    glossary,
    held,
    move,
    term,
    update,
)

HOME = Ref(GLOSSARY, "g")
OUTER = Ref(CATEGORY, "c")
LIVE = held(TERM, "t", "G", "T", relations={ANCHOR: HOME}, attributes={"name": "T"})


@pytest.mark.parametrize(
    ("name", "encoded"),
    [("Net revenue", "Net revenue"), ("e.g.", "e%2Eg%2E"), ("a@b", "a%40b"), ("5 %", "5 %25")],
)
def test_signs_with_a_meaning_of_their_own_are_encoded(name, encoded):
    assert label(name) == encoded


@pytest.mark.parametrize(
    ("change", "above", "name"),
    [
        (glossary("Finance"), "", "Finance"),
        (term(HOME, "G", "T"), "G", "T@G"),
        (category(HOME, "G", "A"), "G", "A@G"),
        (category(HOME, "G", "A", "B", parent=OUTER), "A@G", "B.A@G"),
        (category(HOME, "a@b", "A"), "a@b", "A@a@b"),  # a name that others gave a glossary
        (update(LIVE, attributes={"name": "U"}), "G", "U@G"),
    ],
)
def test_a_name_continues_that_of_its_place(change, above, name):
    assert qualified_name(change, above) == name


def test_the_place_is_the_parent_then_the_glossary():
    inner = category(HOME, "G", "A", "B", parent=OUTER)
    assert place_of(inner) == OUTER
    live = held(CATEGORY, "b", "G", "A", "B", relations={ANCHOR: HOME, PARENT: OUTER})
    assert place_of(update(live)) == OUTER
    assert place_of(update(live, clears=[PARENT])) == HOME
    assert place_of(glossary("G")) is None


def test_only_what_is_new_renamed_or_moved_gets_another_name():
    assert is_renamed(term(HOME, "G", "T"))
    assert is_renamed(update(LIVE, attributes={"name": "U"}))
    assert is_renamed(move(LIVE, {ANCHOR: Ref(GLOSSARY, "h")}))
    assert is_renamed(update(held(CATEGORY, "b", "G", "A"), clears=[PARENT]))
    assert not is_renamed(update(LIVE, attributes={"usage": "u"}))
    assert not is_renamed(create("Table", "Table", "t", attributes={"name": "t"}))
