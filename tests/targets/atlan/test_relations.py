"""References in requests."""

from msgspec import structs

from importer.model import Status
from tests.targets.atlan.build import at, land, made
from tests.targets.build import (
    GLOSSARY,
    TERM,
    term,
    update,
)


def test_single_ends_are_added_and_taken_away(atlan, anchor, name):
    ends = [made(atlan, term(anchor, name, letter)) for letter in "ABC"]
    path = "relationshipAttributes.seeAlso"
    made(atlan, term(anchor, name, "T", relations={path: tuple(ends[:2])}))
    before = at(atlan, TERM, name, "T")
    change = update(before, append={path: ends[2]}, remove={path: ends[0]})
    assert land(atlan, change)[0] == [Status.UPDATED]
    assert set(at(atlan, TERM, name, "T").relations[path]) == set(ends[1:])


def test_a_new_entity_with_ends_to_add_simply_has_them(atlan, anchor, name):
    path = "relationshipAttributes.seeAlso"
    one, other = (made(atlan, term(anchor, name, letter)) for letter in "AB")
    change = structs.replace(
        term(anchor, name, "T", relations={path: one}), append={path: (other,)}
    )
    made(atlan, change)
    assert set(at(atlan, TERM, name, "T").relations[path]) == {one, other}


def test_a_reference_is_type_and_guid(atlan, box, anchor, name):
    made(atlan, term(anchor, name, "T"))
    sent = box.requests[-1].body["entities"][0]["relationshipAttributes"]
    assert sent == {"anchor": {"typeName": GLOSSARY, "guid": anchor.id}}
