"""What an answer of Atlan says of each change, and which change a refusal blames."""

import pytest

from importer.model import Status
from importer.targets.protocol import InDoubt, Refused
from tests.targets.atlan.build import URL, found, made
from tests.targets.build import (
    TERM,
    create,
    delete,
    glossary,
    held,
    link,
    term,
    update,
)
from tests.targets.scripted import Says


def test_the_culprit_is_the_entity_the_server_names(atlan, anchor, name):
    wrong = term(anchor, name, "B", attributes={"certificateStatus": "MAYBE"})
    reply = atlan.submit([term(anchor, name, "A"), wrong, term(anchor, name, "C")])
    assert isinstance(reply, Refused)
    assert reply.culprit == wrong.seq
    assert "MAYBE" in reply.words
    assert "(ATLAS-404-00-007)" in reply.words
    assert [live.key for live in found(atlan, **{TERM: {(name, "A")}})] == [(name,)]


def test_the_culprit_is_the_only_entity_with_the_name_the_message_quotes(atlan, anchor, name):
    made(atlan, term(anchor, name, "T"))
    again = term(anchor, name, "T")
    reply = atlan.submit([term(anchor, name, "A"), again])
    assert reply.words == "Glossary term with name T already exists (ATLAS-409-00-009)"
    assert (reply.culprit, reply.http_status) == (again.seq, 409)


def test_a_name_two_entities_carry_blames_neither(atlan, anchor, name):
    made(atlan, term(anchor, name, "T"))
    other = made(atlan, glossary(f"{name} 3"))
    reply = atlan.submit([term(anchor, name, "T"), term(other, f"{name} 3", "T")])
    assert isinstance(reply, Refused)
    assert reply.culprit is None


def test_a_message_without_guid_or_name_blames_no_change(atlan, anchor, name):
    one = made(atlan, term(anchor, name, "T"))
    changes = [link(one, name, "T", "javascript:x"), link(one, name, "T", URL)]
    reply = atlan.submit(changes)
    assert isinstance(reply, Refused)
    assert (reply.http_status, reply.culprit) == (500, None)


def test_an_unknown_type_blames_its_entity(atlan):
    qualified = {"name": "N", "qualifiedName": "q"}
    wrong = create("Tabel", "Tabel", "q", attributes=qualified)
    reply = atlan.submit([create("Table", "Table", "q", attributes=qualified), wrong])
    assert (reply.culprit, reply.http_status) == (wrong.seq, 400)


def test_an_answer_that_leaves_an_entity_out_is_in_doubt(against, scripted):
    scripted.will_say(Says(200, {"guidAssignments": {}}))
    assert isinstance(against("atlan").submit([glossary("G")]), InDoubt)


HEADER = [{"guid": "g"}]
FORMS = {
    "UPDATE": {"mutatedEntities": {"UPDATE": HEADER}},
    "PARTIAL_UPDATE": {"mutatedEntities": {"PARTIAL_UPDATE": HEADER}},
    "beside": {"partialUpdatedEntities": HEADER},
}


@pytest.mark.parametrize("body", FORMS.values(), ids=FORMS)
def test_an_update_is_named_in_any_of_three_places(against, scripted, body):
    scripted.will_say(Says(200, body))
    live = held("Table", "g", "Table", "q", attributes={"name": "T", "qualifiedName": "q"})
    [landed] = against("atlan").submit([update(live, attributes={"usage": "u"})]).landed
    assert (landed.status, landed.named) == (Status.UPDATED, True)


def test_what_an_answer_does_not_name_has_to_be_read_back(against, scripted):
    scripted.will_say(Says(200, {"guidAssignments": {}}))
    live = held("Table", "g", "Table", "q", attributes={"name": "T", "qualifiedName": "q"})
    for change in (update(live, labels=["a"]), delete(live)):
        [landed] = against("atlan").submit([change]).landed
        assert (landed.id, landed.named) == ("g", False)
