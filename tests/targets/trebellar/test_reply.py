"""What an answer of Trebellar says of each change, and the ids of new assets."""

import pytest

from importer.targets.protocol import InDoubt, Ref, Refused
from tests.targets.scripted import HTML, Says
from tests.targets.trebellar.build import all_of, asset, building, land


def test_a_refused_batch_has_no_message_and_blames_no_change(trebellar, name):
    changes = [building(name), building(f"{name} 2", seats="many")]
    reply = trebellar.submit(changes)
    assert reply == Refused("Trebellar refused the batch and gave no reason (HTTP 400)", 400)
    assert all_of(trebellar, name) == {}


def test_the_echo_holds_the_id(against, scripted):
    echo = {"type": "add", "asset": {"type": "STRUCTURE", "label": "B", "id": "new"}}
    scripted.will_say(Says(200, {"success": True, "operations": [echo]}))
    assert land(against("trebellar"), building("B"))[1] == ["new"]


STRANGE_ECHOES = {
    "none": [],
    "of something else": [{"type": "add", "asset": {"type": "FLOOR", "label": "B", "id": "no"}}],
    "without an id": [{"type": "add", "asset": {"type": "STRUCTURE", "label": "B"}}],
    "of no object": ["ok"],
    "of no asset": [{"type": "add", "asset": "x"}],
}


@pytest.mark.parametrize("echo", STRANGE_ECHOES.values(), ids=STRANGE_ECHOES)
def test_an_echo_without_the_id_makes_us_ask_by_external_id(echo, against, scripted):
    scripted.will_say(
        Says(200, {"success": True, "operations": echo}),
        Says(200, {"id": "new", "type": "STRUCTURE", "label": "B"}),
    )
    assert land(against("trebellar"), building("B", externalId="e/1"))[1] == ["new"]
    assert scripted.requests[1][1] == "/api/v2/assets/eid:e%2F1"


def test_without_an_external_id_the_list_is_searched_by_label_and_parent(against, scripted):
    listed = [
        {
            "id": "b1",
            "type": "STRUCTURE",
            "label": "B1",
            "children": [{"id": "no", "type": "FLOOR", "label": "1"}],
        },
        {
            "id": "b2",
            "type": "STRUCTURE",
            "label": "B2",
            "children": [{"id": "new", "type": "FLOOR", "label": "1", "children": []}],
        },
    ]
    listed[0]["children"][0]["children"] = []
    scripted.will_say(Says(200, {"success": True, "operations": []}), Says(200, {"data": listed}))
    change = asset("FLOOR", "B2", "1", parent=Ref("STRUCTURE", "b2"))
    assert land(against("trebellar"), change)[1] == ["new"]


@pytest.mark.parametrize("then", [Says(200, {"data": []}), Says(502, HTML)])
def test_an_id_that_cannot_be_found_leaves_the_batch_in_doubt(then, against, scripted):
    scripted.will_say(Says(200, {"success": True, "operations": []}), then)
    assert isinstance(against("trebellar").submit([building("B")]), InDoubt)


def test_success_false_is_a_refusal_although_the_status_is_200(against, scripted):
    said = {"success": False, "operations": [], "message": "not today"}
    scripted.will_say(Says(200, said))
    reply = against("trebellar").submit([building("B")])
    assert reply == Refused("not today (HTTP 200)", 200)


def test_the_vendor_s_error_schema_gives_the_words(against, scripted):
    scripted.will_say(Says(409, {"code": 409, "message": "conflict", "error": "parent is gone"}))
    reply = against("trebellar").submit([building("B")])
    assert reply == Refused("conflict: parent is gone (HTTP 409)", 409)
