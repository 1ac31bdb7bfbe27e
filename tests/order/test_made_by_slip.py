"""What rows make on the way is warned about where its name is almost that of another."""

from __future__ import annotations

import random

import pytest

from importer.model import Severity
from importer.order import made_by_slip
from importer.order.made_by_slip import AlikeNames
from importer.pipeline.steps.resolve import resolve_references
from importer.targets.protocol import LiveEntity
from tests.mapping.build import OPEN, Rows, only, taken, template
from tests.order.build import live_index, resolved

LIST = """
type_path = "type"
[kinds.site]
type = "Site"
key = ["name"]
[kinds.room]
type = "Room"
key = ["name"]
[[sheets]]
name = "Rooms"
[[sheets.entities]]
kind = "site"
creates = true
columns = [{ heading = "Site", path = "name", required = true }]
[[sheets.entities]]
kind = "room"
columns = [{ heading = "Room", path = "name", required = true }]
references = [{ path = "in", to = ["site"], by = ["Site"], parent = true, required = true }]
[[sheets]]
name = "Sites"
[[sheets.entities]]
kind = "site"
columns = [{ heading = "Site", path = "name", required = true }]
"""
NORTH = LiveEntity("Site", ("North House",), "n", {"type": "Site", "name": "North House"})


@pytest.fixture
def listed(tmp_path):
    return template(tmp_path, LIST, site=OPEN, room=OPEN)


def rooms(*sites):
    return Rows("Rooms", [["Room", "Site"], *([f"r{at}", site] for at, site in enumerate(sites))])


@pytest.mark.parametrize(
    ("name", "other", "ends"),
    [
        ("Nroth House", "North House", "did you mean `North House`?"),
        ("North Hous", "North House", "did you mean `North House`?"),
        ("Norht  House", "North House", "did you mean `North House`?"),
        ("Nord House", "North House", None),
        ("NORTH HOUSE", "North House", "They differ in case only."),
        ("North  House", "North House", "They differ in blanks only."),
        ("NorthHouse", "North House", "They look alike and are not the same."),
        ("North\u200b House", "North House", "They look alike and are not the same."),
        ("Mu\u0308nchen", "M\u00fcnchen", "They look alike and are not the same."),
        ("\u04101", "A1", "They look alike and are not the same."),
        ("\u0391lpha", "Alpha", "They look alike and are not the same."),
        ("Tower 1", "Tower 2", None),
        ("Block A", "Block B", None),
        ("Level -1", "Level 1", None),
        ("1 1", "11", None),
        ("West Wing", "East Wing", None),
        ("Mall", "Mill", None),
        ("Mill 2a", "Mill 2b", None),
        ("Mlil", "Mill", "did you mean `Mill`?"),
        ("North House 2", "North House", None),
    ],
)
def test_a_new_name_almost_like_that_of_another_is_a_warning(listed, name, other, ends):
    known = LiveEntity("Site", (other,), "n", {"type": "Site", "name": other})
    found = resolved(listed, rooms(name), live=[known]).findings
    if ends is None:
        assert found == []
        return
    finding = only(found)
    assert (finding.code, finding.severity) == ("like_another", Severity.WARNING)
    assert (finding.place.cell, finding.value, finding.suggestion) == ("B2", name, other)
    assert finding.message.startswith(f"`{name}` will be created; ")
    assert finding.message.endswith(ends)


def test_a_misspelling_that_many_rows_share_is_said_once(listed):
    found = resolved(listed, rooms("Nroth House", "Nroth House", "Nroth House"), live=[NORTH])
    assert only(found.findings).message == (
        "`Nroth House` will be created; did you mean `North House`?"
    )
    assert only(found.findings).more_rows == 2


def test_under_strict_every_row_that_names_it_is_kept_back(listed):
    intake = taken(listed, rooms("Nroth House", "South House", "Nroth House"))
    index = live_index(listed, [NORTH])
    found = resolve_references(intake, index, strict=True, looked_up=True)
    assert found.invalid == {(0, 2), (0, 4)}
    valid = {entity.labels for entity in intake.registry.entities if entity.valid}
    assert ("Nroth House",) not in valid


def test_the_name_on_fewer_rows_is_the_one_in_question(listed):
    found = resolved(listed, rooms("Nroth House", "North House", "North House"))
    assert only(found.findings).value == "Nroth House"


def test_of_two_names_on_one_row_each_the_later_is_in_question(listed):
    assert only(resolved(listed, rooms("Site Grund", "Site Ground")).findings).place.row == 3


def test_a_name_with_a_row_of_its_own_is_not_in_question(listed):
    sites = Rows("Sites", [["Site"], ["North House"]])
    found = resolved(listed, rooms("Nroth House", "Nroth House", "North House"), sites)
    assert [f.value for f in found.findings if f.code == "like_another"] == ["Nroth House"]


def test_what_the_target_has_already_is_no_slip(listed):
    odd = LiveEntity("Site", ("Nroth House",), "o", {"type": "Site", "name": "Nroth House"})
    assert resolved(listed, rooms("Nroth House", "North House"), live=[NORTH, odd]).findings == []


def test_without_the_target_a_new_name_may_be_there(listed):
    found = resolved(listed, rooms("North House", "North house"), looked_up=False)
    assert "will be created unless the target has it;" in only(found.findings).message


@pytest.mark.parametrize("count", [500, 2_000])
def test_the_work_grows_with_the_names_and_not_with_their_pairs(count, monkeypatch):
    """Also where all of them are misspellings of one name."""
    asked = 0

    def counted(one, other):
        nonlocal asked
        asked += 1
        return False

    monkeypatch.setattr(made_by_slip, "_is_slip", counted)
    letters = random.Random(17)
    names = ["".join(letters.choices("abcd", k=7)) for _ in range(count)]
    alike = AlikeNames(dict.fromkeys(names))
    for name in names:
        list(alike.like(name))
    assert asked <= count * 7 * 8 + count


TREE = """
[kinds.group]
key = ["name"]
[kinds.topic]
key = ["name"]
[[sheets]]
name = "Topics"
levels = ["Group", "Topic"]
[[sheets.entities]]
kind = "group"
columns = [{ heading = "Group", path = "name" }]
[[sheets.entities]]
kind = "topic"
columns = [{ heading = "Topic", path = "name" }]
references = [{ path = "in", to = ["group"], by = ["Group"], parent = true }]
"""


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        ([["Customer", "a"], ["Customer", "b"], ["CUSTOMER", "c"]], ["CUSTOMER"]),
        ([["Address", "a"], ["Address", "b"], ["Adress", "c"]], ["Adress"]),
        ([["Address", ""], ["Adress", ""]], []),
        ([["Address", ""], ["Adress", "a"], ["", "b"]], ["Adress"]),
    ],
)
def test_an_outer_level_that_only_rows_further_in_name_may_be_a_slip(tmp_path, rows, values):
    made = template(tmp_path, TREE, group=OPEN, topic=OPEN)
    found = resolved(made, Rows("Topics", [["Group", "Topic"], *rows])).findings
    assert [f.value for f in found if f.code == "like_another"] == values
