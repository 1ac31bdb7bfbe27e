"""A name that looks like another one is a warning, with the sign that tells them apart."""

from __future__ import annotations

import pytest

from importer.model import Severity
from importer.order import look_alikes
from tests.mapping.build import OPEN, Rows, template
from tests.order.build import below, leaves, live, nodes, resolved, roots, trees


@pytest.fixture
def made(tmp_path):
    return trees(tmp_path)


def warnings(found):
    """The warnings on look-alikes in the order of the cells: cell, value, suggestion, message."""
    return sorted(
        (f.place.cell, f.value, f.suggestion, f.message)
        for f in found.findings
        if f.code == "look_alike" and f.severity is Severity.WARNING
    )


def test_a_row_whose_name_looks_like_that_of_another_row(made):
    [(cell, value, suggestion, message)] = warnings(resolved(made, roots("A\u00a0B", "C", "A B")))
    assert (cell, value, suggestion) == ("A2", "A\u00a0B", "A B")
    assert message == (
        "`A\u00a0B` looks like `A B` in row 4, but has a NO-BREAK SPACE after `A`: "
        "spell both alike if they are one."
    )


def test_every_spelling_is_compared_with_the_plainest(made):
    found = warnings(resolved(made, roots("A  B", "a b", "A B", "A\u200b B")))
    assert [(cell, suggestion) for cell, _, suggestion, _ in found] == [
        ("A2", "a b"),
        ("A4", "a b"),
        ("A5", "a b"),
    ]


def test_a_new_name_that_looks_like_one_in_the_target(made):
    [(cell, *_, message)] = warnings(resolved(made, roots("HQ"), live=[live("root", "hq")]))
    assert cell == "A2"
    assert "looks like `hq` in the target, but differs in upper and lower case" in message


@pytest.mark.parametrize("names", [["HQ"], ["HQ", "hq"]])
def test_names_that_the_target_has_both_are_no_slip(made, names):
    found = resolved(made, roots(*names), live=[live("root", "hq"), live("root", "HQ")])
    assert not warnings(found)


def test_names_in_different_parents_are_not_compared(made):
    found = resolved(made, roots("r", "s"), nodes(["r", "A"], ["s", "a"]))
    assert not warnings(found)


def test_what_is_renamed_by_its_code_looks_like_nothing(made):
    there = live("root", "hq", identities=("C-1",))
    found = resolved(made, Rows("Roots", [["Root", "Code"], ["HQ", "C-1"]]), live=[there])
    assert not warnings(found)


def test_a_code_that_looks_like_another_one(made):
    rows = [["Root", "Code"], ["one", "C-1"], ["two", "c-1"], ["three", "D-1"]]
    found = resolved(made, Rows("Roots", rows), live=[live("root", "x", identities=("d-1",))])
    assert [found[:3] for found in warnings(found)] == [
        ("B3", "c-1", "C-1"),
        ("B4", "D-1", "d-1"),
    ]


def test_a_reference_whose_own_error_suggests_the_name_has_no_warning_besides(made):
    there = [live("root", "North House")]
    found = resolved(made, nodes(["NORTH\u00a0House", "n"]), live=there)
    [finding] = found.findings
    assert (finding.code, finding.suggestion) == ("not_found", "North House")
    assert "The first has a NO-BREAK SPACE after `NORTH`." in finding.message


def test_where_the_error_suggests_nothing_the_warning_does(made, monkeypatch):
    """As among very many names, where none is sought."""
    monkeypatch.setattr("importer.order.near._SEARCHES", 0)
    there = [live("root", "North House")]
    found = resolved(made, nodes(["NORTH House", "n"], ["NORTH House", "m"]), live=there)
    [(cell, value, suggestion, message)] = warnings(found)
    assert (cell, value, suggestion) == ("A2", "NORTH House", "North House")
    assert message.endswith("if they are one.")


@pytest.mark.parametrize("looked_up", [True, False])
def test_references_to_what_is_nowhere_are_compared_with_each_other(made, looked_up):
    found = resolved(
        made, nodes(["A\u00ad B", "n"], ["A B", "m"], ["a b", "o"]), looked_up=looked_up
    )
    assert [found[:3] for found in warnings(found)] == [
        ("A2", "A\u00ad B", "A B"),
        ("A4", "a b", "A B"),
    ]


def test_an_item_of_a_list_is_compared_with_what_is_anywhere_in_its_scope(made, monkeypatch):
    monkeypatch.setattr("importer.order.near._SEARCHES", 0)
    there = [live("root", "r"), below("node", "r", "n"), below("node", "r", "n", "deep")]
    found = resolved(made, leaves(["r", "l", "Deep", "", "", ""]), live=there)
    assert [found[1:3] for found in warnings(found)] == [("Deep", "deep")]


def test_each_distinct_name_is_folded_at_most_twice(made, monkeypatch):
    """However many look alike: names are never compared in pairs."""
    calls = []
    fold = look_alikes.look
    monkeypatch.setattr(look_alikes, "look", lambda name: calls.append(name) or fold(name))
    monkeypatch.setattr("importer.look_alike.look", look_alikes.look)
    count = 512
    spelt = ["".join("aA"[number >> bit & 1] for bit in range(9)) for number in range(count)]
    found = resolved(made, roots(*spelt))
    assert len(warnings(found)) == count - 1
    assert len(calls) <= 3 * count


LISTED = """
[kinds.site]
type = "Site"
key = ["name"]
[kinds.room]
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
references = [{ path = "site", to = ["site"], by = ["Site"], parent = true, required = true }]
"""


def test_what_a_list_makes_on_the_way_has_one_warning_that_names_the_sign(tmp_path):
    listed = template(tmp_path, LISTED, site=OPEN, room=OPEN)
    there = [live("site", "North House")]
    found = resolved(
        listed, Rows("Rooms", [["Room", "Site"], ["r", "North\u00a0House"]]), live=there
    )
    [finding] = found.findings
    assert (finding.code, finding.place.cell) == ("like_another", "B2")
    assert "The first has a NO-BREAK SPACE after `North`." in finding.message
