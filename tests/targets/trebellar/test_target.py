"""The Trebellar target against the sandbox: what is sent lands, what is there is found again."""

import pytest

from importer.errors import StoppedEarly
from importer.model import Status
from importer.targets.protocol import Accepted
from importer.targets.trebellar.encode import operations
from tests.targets.build import delete, move, update
from tests.targets.scripted import Says
from tests.targets.trebellar.build import all_of, asset, building, land, made


def test_a_portfolio_is_found_again_by_the_path_of_its_labels(trebellar, name):
    structure = made(trebellar, building(name, externalId=name, seats=5))
    floor = made(trebellar, asset("FLOOR", name, "1", parent=structure))
    space = made(trebellar, asset("SPACE", name, "1", "A", parent=floor, bookable=True))
    desk = made(trebellar, asset("DESK", name, "1", "A", "D", parent=space))
    lives = all_of(trebellar, name)
    assert list(lives) == [(name,), (name, "1"), (name, "1", "A"), (name, "1", "A", "D")]
    assert [live.id for live in lives.values()] == [structure.id, floor.id, space.id, desk.id]
    assert lives[name,].identities == (name,)
    assert lives[name,].payload == {
        "type": "STRUCTURE",
        "label": name,
        "staticProperties": {"timezone": "Europe/Berlin", "externalId": name, "seats": 5},
    }
    assert lives[name,].relations == {}
    assert lives[name, "1", "A"].relations == {"parentId": (floor,)}


def test_an_update_keeps_all_that_it_does_not_name(trebellar, name):
    made(trebellar, building(name, coordinates={"lat": 1.0, "lon": 2.0}, seats=5, address="x"))
    before = all_of(trebellar, name)[name,]
    change = update(
        before,
        clears=["staticProperties.seats"],
        staticProperties={"coordinates": {"lat": 3.0}, "headcount": 1},
        dynamicProperties={"Cost center": 7},
    )
    assert land(trebellar, change) == ([Status.UPDATED], [before.id])
    assert all_of(trebellar, name)[name,].payload == {
        "type": "STRUCTURE",
        "label": name,
        "staticProperties": {
            "timezone": "Europe/Berlin",
            "coordinates": {"lat": 3.0, "lon": 2.0},
            "address": "x",
            "headcount": 1,
        },
        "dynamicProperties": {"Cost center": 7},
    }


def test_a_move_and_new_fields_travel_together(trebellar, name):
    structure = made(trebellar, building(name))
    one, two = (made(trebellar, asset("FLOOR", name, n, parent=structure)) for n in "12")
    made(trebellar, asset("SPACE", name, "1", "A", parent=one))
    before = all_of(trebellar, name)[name, "1", "A"]
    change = move(before, {"parentId": two}, staticProperties={"seats": 3})
    assert land(trebellar, change) == ([Status.MOVED], [before.id])
    after = all_of(trebellar, name)[name, "2", "A"]
    assert after.payload["staticProperties"] == {"seats": 3}
    back = move(after, {"parentId": one})
    assert [one["type"] for one in operations(back)] == ["move"]
    assert land(trebellar, back)[0] == [Status.MOVED]


def test_deleting_takes_an_asset_away(trebellar, name):
    made(trebellar, building(name))
    live = all_of(trebellar, name)[name,]
    assert land(trebellar, delete(live)) == ([Status.DELETED], [live.id])
    assert all_of(trebellar, name) == {}


def test_find_sees_what_of_a_batch_has_landed(trebellar, name):
    with_id = building(name, externalId=name)
    assert trebellar.find([with_id]) == {}
    structure = made(trebellar, with_id)
    floor = asset("FLOOR", name, "1", parent=structure)
    live = all_of(trebellar, name)[name,]
    doubtful = [with_id, floor, update(live, label="x")]
    assert set(trebellar.find(doubtful)) == {with_id.seq, doubtful[2].seq}
    made(trebellar, floor)
    found = trebellar.find(doubtful)
    assert {seq: one.key for seq, one in found.items()} == {
        change.seq: change.key for change in doubtful
    }


def test_a_large_batch_is_settled_by_one_list(trebellar, box, name):
    changes = [building(f"{name} {number}", externalId=f"{name} {number}") for number in range(30)]
    _, ids = land(trebellar, *changes)
    asked = len(box.requests)
    found = trebellar.find(changes)
    assert [found[change.seq].id for change in changes] == ids
    assert len(box.requests) == asked + 1


def test_where_the_list_is_too_long_each_is_looked_up(trebellar, box, name, monkeypatch):
    changes = [building(f"{name} {number}", externalId=f"{name} {number}") for number in range(30)]
    _, ids = land(trebellar, *changes)
    asked = len(box.requests)
    monkeypatch.setattr("importer.targets.trebellar.target.BYTES_FOR_ONE", 100)
    found = trebellar.find(changes)
    assert [found[change.seq].id for change in changes] == ids
    assert len(box.requests) == asked + 1 + 30


def test_what_cannot_be_looked_up_is_sought_in_the_list_however_long(
    trebellar, box, name, monkeypatch
):
    changes = [building(f"{name} {number}") for number in range(3)]
    _, ids = land(trebellar, *changes)
    asked = len(box.requests)
    monkeypatch.setattr("importer.targets.trebellar.target.BYTES_FOR_ONE", 100)
    found = trebellar.find(changes)
    assert [found[change.seq].id for change in changes] == ids
    assert len(box.requests) == asked + 1
    monkeypatch.setattr("importer.targets.trebellar.target.LONGEST_LIST", 2_000)
    with pytest.raises(StoppedEarly, match="is too large: it is longer than"):
        trebellar.find(changes)


@pytest.mark.parametrize("label", [{"label": None}, {}])
def test_an_asset_without_a_label_does_not_hide_what_was_created(against, scripted, label):
    new = {"id": "n", "type": "STRUCTURE", "label": "New", "staticProperties": {}}
    listed = [{"id": "x", "type": "STRUCTURE", **label}, new]
    scripted.will_say(Says(200, {"success": True}), Says(200, {"data": listed}))
    reply = against("trebellar").submit([building("New")])
    assert isinstance(reply, Accepted)
    assert [one.id for one in reply.landed] == ["n"]
