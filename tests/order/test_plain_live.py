"""Whatever is live: plain rows are matched with it at once, as if each had been tried alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from importer.finding_codes import FindingCode
from importer.order import entities
from importer.order.plain_live import PlainLive
from importer.targets.protocol import LiveEntity
from importer.template import Template
from tests.mapping.build import OPEN, Line, Rows, template
from tests.order.build import (
    LEAF,
    LEAVES,
    TREES,
    Resolved,
    below,
    in_pieces,
    live,
    nodes,
    resolved,
    roots,
    seats,
)
from tests.order.test_packed import same, whole

ROOTS = (live("root", "R"), live("root", "Q"))
NODES = (
    below("node", "R", "n"),
    below("node", "R", "m", identities=("N-1",)),
    below("node", "Q", "n"),
)
PLACES = st.sampled_from(["R", "R/n", "R/m", "Q", "Q/n"])
NAMES, CODES = st.sampled_from("abcdn"), st.sampled_from(["", "", "C-1", "C-2", "C-3", "a"])


@pytest.fixture(scope="module", autouse=True)
def small_pieces():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entities, "MOST", 3)
        patch.setattr(entities, "LEAST", 1)
        yield


def seat(number: int, place: str, name: str, code: str, *, archived: bool) -> LiveEntity:
    """A live seat with an id of its own: several may have the same key."""
    found = below("seat", *place.split("/"), name, id=f"G-{number}", parent=place)
    return replace(found, identities=(code,) if code else (), archived=archived)


@st.composite
def live_seats(draw: st.DrawFn) -> list[LiveEntity]:
    drawn = draw(st.lists(st.tuples(PLACES, NAMES, CODES, st.booleans()), max_size=8))
    return [
        seat(number, place, name, code, archived=gone and not number % 3)
        for number, (place, name, code, gone) in enumerate(drawn)
    ]


LINES = st.tuples(
    st.sampled_from(["R", "Q", "X"]),
    st.sampled_from(["", "", "n", "m", "o", "<clear>"]),
    NAMES,
    st.sampled_from(["", "", "", "N-1", "N-2"]),
    CODES,
    st.sampled_from(["", "", "", "", "G-0", "G-1", "G-2"]),
).map(list)


def alike(made: Template, *sheets: Rows, live: Sequence[LiveEntity]) -> Resolved:
    """The sheets resolved row by row, plain ones at once, and packed: alike; the last of these."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PlainLive, "settle", lambda _self, rows: list(rows))
        alone = resolved(made, *sheets, live=live)
    packed = in_pieces(made, *sheets, live=live, looked_up=True)
    same(alone, resolved(made, *sheets, live=live))
    same(alone, packed)
    return packed


@settings(max_examples=400)
@given(lines=st.lists(LINES, max_size=12), there=live_seats(), renamed=st.booleans())
def test_rows_are_matched_alike_one_by_one_at_once_and_packed(
    made, lines: list[Line], there: list[LiveEntity], renamed: bool
):
    sheets = [roots("R", "Q"), seats(*lines)]
    if renamed:
        sheets.insert(1, nodes(["R", "o", "", "", "N-1"]))
    alike(made, *sheets, live=[*ROOTS, *NODES, *there])


def test_a_row_whose_live_one_another_row_renames_by_its_id_is_new(made):
    there = [*ROOTS, *NODES, seat(0, "R/n", "a", "", archived=False)]
    sheets = seats(["R", "n", "a"], ["R", "n", "b", "", "", "G-0"])
    found = alike(made, roots("R"), sheets, live=there)
    assert [one.live for one in found.records if one.kind == "seat"] == [None, "G-0"]


def test_a_code_that_two_rows_state_means_the_first_of_them_as_ever(made):
    """The first is known by an id, and so not plain."""
    there = [live("root", "R"), below("leaf", "R", "y", id="G-0")]
    lines = [["R", "y", "", "", "", "", "C-1", "G-0"], ["R", "x", "", "", "", "", "C-1"]]
    sheets = Rows("Leaves", [(*LEAVES, "GUID"), *lines, ["R", "z", "", "C-1"]])
    found = alike(made, roots("R"), sheets, live=there)
    assert found.meant(4, "same", "leaf") == [("R", "y")]


def test_a_row_that_clears_where_it_stands_is_not_taken_for_new_beside_a_live_one(tmp_path):
    """The cleared node and the root that is left are two fields here."""
    apart = TREES.replace('path = "up"\nto = ["root"]', 'path = "root"\nto = ["root"]')
    apart = apart.replace("or_below = true", "")
    apart = apart.replace('"Node"]\nparent = true\nrequired = true', '"Node"]\nparent = true')
    made = template(tmp_path, apart, root=OPEN, node=OPEN, leaf=LEAF, seat=OPEN)
    there = [*ROOTS, *NODES, seat(0, "R/n", "a", "", archived=False)]
    sheets = seats(["R", "<clear>", "a"], ["R", "m", "c"])
    found = alike(made, roots("R"), sheets, live=there)
    assert [one.code for one in found.findings] == [FindingCode.AMBIGUOUS]


def test_rows_stay_packed_that_are_live_as_they_are_and_those_of_which_nothing_is(made):
    lines = [["R", "n", f"s{number}", "", f"C-{number}"] for number in range(9)]
    there = [seat(n, "R/n", f"s{n}", f"C-{n}", archived=False) for n in range(6)]
    found = alike(made, seats(*lines), live=[*ROOTS, *NODES, *there])
    assert (whole(found), found.findings) == ([], [])
    ids = [one.live for one in found.records]
    assert ids == [f"G-{n}" if n < 6 else None for n in range(9)]


def test_only_those_are_kept_whole_that_may_be_renamed_moved_or_restored(made):
    lines = [["R", "n", f"s{number}", "", f"C-{number}"] for number in range(6)]
    there = [
        seat(0, "R/n", "s0", "C-0", archived=False),
        seat(1, "R/n", "other", "C-1", archived=False),
        seat(2, "R/n", "s2", "C-2", archived=True),
    ]
    found = alike(made, seats(*lines), live=[*ROOTS, *NODES, *there])
    assert whole(found) == [3, 4]
    assert [one.live for one in found.records] == ["G-0", "G-1", "G-2", None, None, None]
