"""Which live entity each row means, and what is reported where it may be two."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.mapping.build import OPEN, only, reported, template
from tests.order.build import Rows, below, live, lives, node_keys, nodes, resolved, roots, seats

R = live("root", "R")
A, B = below("node", "R", "a"), below("node", "R", "b")


def seat_keys(found):
    return ["/".join(record.key) for record in found.records if record.kind == "seat"]


@pytest.mark.parametrize(
    ("node", "key"), [("", "R/a/s"), ("a", "R/a/s"), ("b", "R/b/s"), ("<clear>", "R/s")]
)
def test_a_row_that_says_less_means_what_is_live_anywhere_below(made, node, key):
    """The cleared cell asks for the place that is left, just there."""
    found = resolved(made, seats(["R", node, "s"]), live=[R, A, B, below("seat", "R", "a", "s")])
    assert found.findings == []
    assert seat_keys(found) == [key]
    assert lives(found, "seat") == ["R/a/s" if key == "R/a/s" else None]


def test_an_absent_column_says_less_too(made):
    rows = Rows("Seats", [["Root", "Seat"], ["R", "s"]])
    found = resolved(made, rows, live=[R, A, below("seat", "R", "a", "s")])
    assert lives(found, "seat") == ["R/a/s"]


def test_what_stands_just_where_the_row_says_comes_before_what_stands_below(made):
    there = [R, A, below("seat", "R", "a", "s"), below("seat", "R", "s")]
    assert lives(resolved(made, seats(["R", "", "s"]), live=there), "seat") == ["R/s"]


def test_what_the_file_names_in_full_is_not_meant_by_a_row_that_says_less(made):
    """In either order: two rows, two seats, as they were made by the first import."""
    there = [R, A, below("seat", "R", "a", "s")]
    for rows in (["R", "", "s"], ["R", "a", "s"]), (["R", "a", "s"], ["R", "", "s"]):
        found = resolved(made, seats(*rows), live=there)
        assert found.findings == []
        assert sorted(seat_keys(found)) == ["R/a/s", "R/s"]


def test_a_row_that_says_less_and_may_mean_two_is_shown_both(made):
    there = [R, A, B, below("seat", "R", "a", "s"), below("seat", "R", "b", "s")]
    finding = only(resolved(made, seats(["R", "", "s"]), live=there).findings)
    assert (finding.code, finding.place.cell) == ("ambiguous", "C2")
    assert "2 seats `s` below R: `R > a > s`, `R > b > s`" in finding.message


@pytest.mark.parametrize("row", [["R", "", "t", "", "S-1"], ["R", "", "t", "", "", "R/a/s"]])
def test_what_is_known_by_its_code_or_id_stays_where_it_is(made, row):
    """Also while it gets another name."""
    seat = below("seat", "R", "a", "s", identities=("S-1",))
    found = resolved(made, seats(row), live=[R, A, seat])
    assert (seat_keys(found), lives(found, "seat")) == (["R/a/t"], ["R/a/s"])


def test_a_name_is_no_code(made):
    """A new root called `X-1` is not the one with that code."""
    there = [live("root", "S", identities=("X-1",))]
    assert lives(resolved(made, roots("X-1"), live=there), "root") == [None]


NAMESAKES = [
    live("root", "R", identities=("R-1",)),
    below("node", "R", "a"),
    replace(live("root", "R", identities=("R-2",)), id="other"),
    below("node", "R", "a", parent="other", id="other/a"),
    below("node", "R", "b", parent="other", id="other/b"),
]


def test_a_row_that_may_mean_one_of_two_namesakes_is_shown_their_codes(made):
    finding = only(resolved(made, roots("R"), live=NAMESAKES).findings)
    assert (finding.code, finding.place.cell) == ("ambiguous", "A2")
    assert "2 roots `R`: `R-1`, `R-2`. Say which under Code or GUID." in finding.message


def test_a_reference_to_one_of_two_namesakes_is_shown_both(made):
    finding = only(resolved(made, nodes(["R", "x"]), live=NAMESAKES).findings)
    assert (finding.code, finding.place.cell) == ("ambiguous", "A2")
    assert "`R (R-1)`, `R (R-2)`" in finding.message


@pytest.mark.parametrize(
    ("root", "node", "found"),
    [
        ("R-1", "a", "R/a"),
        ("R-2", "a", "other/a"),
        ("R-2", "b", "other/b"),
        ("R-1", "b", None),
        ("R (R-2)", "b", "other/b"),
    ],
)
def test_namesakes_are_distinguished_by_their_codes_with_all_that_is_in_them(
    made, root, node, found
):
    rows = resolved(made, nodes([root, node]), live=NAMESAKES)
    assert rows.findings == []
    assert lives(rows, "node") == [found]


def test_the_namesake_that_the_file_states_is_the_one_its_rows_mean(made):
    rows = Rows("Roots", [["Root", "Code"], ["R", "R-2"]])
    found = resolved(made, rows, nodes(["R", "a"]), live=NAMESAKES)
    assert found.findings == []
    assert lives(found, "node") == ["other/a"]


def test_one_namesake_may_get_a_name_of_its_own_and_the_other_keeps_it(made):
    rows = Rows("Roots", [["Root", "Code"], ["S", "R-2"]])
    found = resolved(made, rows, nodes(["S", "b"], ["R", "a"]), live=NAMESAKES)
    assert lives(found, "node") == ["other/b", "R/a"]
    assert found.findings == []


def test_a_text_that_is_the_name_of_one_and_the_code_of_another_is_ambiguous(made):
    there = [live("root", "R"), live("root", "S", identities=("R",))]
    finding = only(resolved(made, nodes(["R", "x"]), live=there).findings)
    assert finding.code == "ambiguous"


RENAMED = Rows("Roots", [["Root", "Code"], ["S", "R-1"]])
LIVING = [live("root", "R", identities=("R-1",)), A, below("node", "R", "a", "c")]


@pytest.mark.parametrize("root", ["S", "R", "R-1"])
def test_what_stands_below_something_renamed_is_found_under_its_new_name_and_its_old(made, root):
    found = resolved(made, RENAMED, nodes([root, "a"], [root, "c", "a"]), live=LIVING)
    assert found.findings == []
    assert lives(found, "node") == ["R/a", "R/a/c"]
    assert node_keys(found) == ["S/a", "S/a/c"]


def test_a_short_name_means_one_thing_after_a_move(made):
    """What moved is not found in both places."""
    rows = [["Root", "Node", "Parent", "GUID"], ["R", "c", "b", "R/a/c"], ["R", "x", "c", ""]]
    there = [R, A, B, below("node", "R", "a", "c")]
    found = resolved(made, Rows("Nodes", rows), live=there)
    assert found.findings == []
    assert node_keys(found) == ["R/b/c", "R/b/c/x"]


def test_an_old_name_that_another_row_bears_means_that_row(made):
    rows = Rows("Roots", [["Root", "Code"], ["S", "R-1"], ["R", "R-9"]])
    found = resolved(made, rows, nodes(["R", "a"]), live=LIVING)
    assert found.findings == []
    assert lives(found, "root") == ["R", None]
    assert lives(found, "node") == [None]


@pytest.mark.parametrize("order", [1, -1])
def test_two_that_swap_their_names_keep_what_stands_in_them(made, order):
    there = [
        live("root", "R", identities=("R-1",)),
        A,
        live("root", "S", identities=("R-2",)),
        below("node", "S", "b"),
    ]
    rows = [["S", "R-1"], ["R", "R-2"]][::order]
    found = resolved(
        made, Rows("Roots", [["Root", "Code"], *rows]), nodes(["S", "a"], ["R", "b"]), live=there
    )
    assert found.findings == []
    assert lives(found, "node") == ["R/a", "S/b"]


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (["R", "a", "s", "A-1"], None),
        (["R", "", "s", "A-1"], None),
        (["", "", "s", "A-1"], None),
        (["R", "b", "s", "A-1"], "`R > b`"),
        (["S", "", "s", "A-1"], "`S`"),
        (["R", "a", "s", "R-1"], "`R > a`"),
    ],
)
def test_two_ways_of_saying_where_a_row_stands_must_agree(made, row, wrong):
    there = [
        live("root", "R", identities=("R-1",)),
        live("root", "S"),
        below("node", "R", "a", identities=("A-1",)),
        B,
    ]
    found = resolved(made, seats(row), live=there)
    assert reported(found.findings) == ([("contradiction", "D2")] if wrong else [])
    if wrong:
        assert wrong in found.findings[0].message
        assert not found.record(2, "seat").valid


CREATED = """
[kinds.site]
type = "Site"
key = ["name"]
[[sheets]]
name = "Sites"
[[sheets.entities]]
kind = "site"
columns = [{ heading = "Site", path = "name", required = true }]
[[sheets]]
name = "Rooms"
[[sheets.entities]]
kind = "site"
creates = true
columns = [
  { heading = "Site of the room", path = "name", required = true },
  { heading = "Room" },
]
"""


def test_what_is_created_twice_does_not_keep_others_from_their_live_entities(tmp_path):
    made = template(tmp_path, CREATED, site=OPEN)
    rows = [["Site of the room", "Room"], ["s", "a"], ["t", "b"]]
    there = [live("site", name) for name in "st"]
    found = resolved(made, Rows("Sites", [["Site"], ["s"]]), Rows("Rooms", rows), live=there)
    assert found.findings == []
    assert found.resolver.duplicates == {1: 0}
    assert lives(found, "site") == ["s", None, "t"]
