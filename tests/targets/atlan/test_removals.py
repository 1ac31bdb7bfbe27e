"""What an entity removes lands, whatever else it asks for and whichever end made the relation."""

import pytest

from importer.model import Status
from importer.targets.atlan.removals import taken_back
from importer.targets.protocol import InDoubt, Ref, Refused
from tests.targets.atlan.build import at, land, made
from tests.targets.build import ATLAN_ERROR, TERM, held, term, update
from tests.targets.scripted import DROPPED, Says

SYNONYMS = "relationshipAttributes.synonyms"
IS_A = "relationshipAttributes.isA"


def ids(live, path=SYNONYMS):
    return {ref.id for ref in live.relations.get(path, ())}


@pytest.fixture
def terms(atlan, anchor, name):
    return [made(atlan, term(anchor, name, label)) for label in "ABC"]


def test_what_is_removed_goes_in_a_later_request_than_what_is_appended(atlan, box, name, terms):
    _, b, c = terms
    land(atlan, update(at(atlan, TERM, name, "A"), append={SYNONYMS: b}))
    before = at(atlan, TERM, name, "A")
    sent = len(box.requests)
    change = update(before, append={IS_A: c}, remove={SYNONYMS: b})
    assert land(atlan, change) == ([Status.UPDATED], [before.id])
    bodies = [one.body["entities"] for one in box.requests[sent:] if one.method == "POST"]
    parts = [
        [
            set(entity) & {"appendRelationshipAttributes", "removeRelationshipAttributes"}
            for entity in body
        ]
        for body in bodies
        if "guid" in body[0]
    ]
    assert parts == [[{"appendRelationshipAttributes"}], [{"removeRelationshipAttributes"}]]
    after = at(atlan, TERM, name, "A")
    assert (ids(after), ids(after, IS_A)) == (set(), {c.id})


def test_a_symmetric_relation_is_removed_from_the_end_that_did_not_make_it(atlan, name, terms):
    a, b, c = terms
    for label in "AC":
        land(atlan, update(at(atlan, TERM, name, label), append={SYNONYMS: b}))
    land(atlan, update(at(atlan, TERM, name, "B"), remove={SYNONYMS: (a, c)}))
    assert [ids(at(atlan, TERM, name, label)) for label in "ABC"] == [set()] * 3


def test_two_terms_part_from_the_same_other_end(atlan, name, terms):
    """One entity stands for it: of two with one guid the first would count."""
    a, b, c = terms
    land(atlan, update(at(atlan, TERM, name, "B"), append={SYNONYMS: (a, c)}))
    parting = [update(at(atlan, TERM, name, label), remove={SYNONYMS: b}) for label in "AC"]
    land(atlan, *parting)
    assert ids(at(atlan, TERM, name, "B")) == set()


def _mixed():
    live = held(TERM, "g", "G", "T", attributes={"name": "T", "qualifiedName": "q"})
    return update(live, append={IS_A: Ref(TERM, "x")}, remove={IS_A: Ref(TERM, "y")})


GRANTED = Says(200, {"mutatedEntities": {"UPDATE": [{"guid": "g"}]}})


def test_no_answer_to_the_removal_leaves_the_batch_in_doubt(against, scripted):
    scripted.will_say(GRANTED, DROPPED)
    assert isinstance(against("atlan").submit([_mixed()]), InDoubt)


def test_a_refused_removal_is_a_refusal(against, scripted):
    scripted.will_say(GRANTED, Says(404, ATLAN_ERROR), GRANTED)
    assert isinstance(against("atlan").submit([_mixed()]), Refused)


def test_where_the_removal_is_refused_what_was_added_before_is_taken_back(atlan, name, terms):
    """A batch lands whole or not at all, so that an undo has nothing to know of."""
    _, b, c = terms
    land(atlan, update(at(atlan, TERM, name, "A"), append={SYNONYMS: b}))
    before = at(atlan, TERM, name, "A")
    fine = update(before, append={IS_A: c}, remove={SYNONYMS: b})
    missing = Ref(TERM, "00000000-0000-0000-0000-000000000000")
    wrong = update(at(atlan, TERM, name, "B"), append={IS_A: c}, remove={IS_A: missing})
    assert isinstance(atlan.submit([fine, wrong]), Refused)
    after = at(atlan, TERM, name, "A")
    assert (ids(after), ids(after, IS_A)) == ({b.id}, set())
    assert ids(at(atlan, TERM, name, "B"), IS_A) == set()


def test_what_cannot_be_taken_back_leaves_the_batch_in_doubt(against, scripted):
    scripted.will_say(GRANTED, Says(404, ATLAN_ERROR), Says(404, ATLAN_ERROR))
    reply = against("atlan").submit([_mixed()])
    assert isinstance(reply, InDoubt)
    assert reply.reason.endswith("What it had carried out could not be taken back.")


def test_taking_back_leaves_what_was_so_before():
    """It appended what was there, and removed what was not: nothing of it is taken back."""
    x, y = Ref(TERM, "x"), Ref(TERM, "y")
    live = held(TERM, "g", "G", "T", relations={IS_A: x})
    assert taken_back([update(live, append={IS_A: (x, y)})])[0].remove == {IS_A: (y,)}
    assert taken_back([update(live, remove={IS_A: y})]) == []


def test_a_removal_that_is_not_named_has_to_be_read_back(against, scripted):
    scripted.will_say(GRANTED, Says(200, {"guidAssignments": {}}))
    [landed] = against("atlan").submit([_mixed()]).landed
    assert not landed.named
