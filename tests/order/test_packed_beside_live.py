"""Whatever is live: what is packed is matched with it as if it had been kept whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.finding_codes import FindingCode
from importer.order import entities
from importer.targets.protocol import LiveEntity
from tests.mapping.build import OPEN, Line, template
from tests.order.build import LEAF, TREES, below, in_pieces, live, nodes, resolved, roots, seats
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


@settings(max_examples=400, deadline=None)
@given(lines=st.lists(LINES, max_size=12), there=live_seats(), renamed=st.booleans())
def test_rows_are_matched_alike_whether_they_are_packed_or_whole(
    made, lines: list[Line], there: list[LiveEntity], renamed: bool
):
    sheets = [roots("R", "Q"), seats(*lines)]
    if renamed:
        sheets.insert(1, nodes(["R", "o", "", "", "N-1"]))
    everything = [*ROOTS, *NODES, *there]
    same(
        resolved(made, *sheets, live=everything),
        in_pieces(made, *sheets, live=everything, looked_up=True),
    )


def test_a_row_whose_live_one_another_row_renames_by_its_id_is_new(made):
    there = [*ROOTS, *NODES, seat(0, "R/n", "a", "", archived=False)]
    sheets = seats(["R", "n", "a"], ["R", "n", "b", "", "", "G-0"])
    found = in_pieces(made, roots("R"), sheets, live=there, looked_up=True)
    same(resolved(made, roots("R"), sheets, live=there), found)
    assert [one.live for one in found.records if one.kind == "seat"] == [None, "G-0"]


def test_a_row_that_clears_where_it_stands_is_not_taken_for_new_beside_a_live_one(tmp_path):
    """The cleared node and the root that is left are two fields here."""
    apart = TREES.replace('path = "up"\nto = ["root"]', 'path = "root"\nto = ["root"]')
    apart = apart.replace("or_below = true", "")
    apart = apart.replace('"Node"]\nparent = true\nrequired = true', '"Node"]\nparent = true')
    made = template(tmp_path, apart, root=OPEN, node=OPEN, leaf=LEAF, seat=OPEN)
    there = [*ROOTS, *NODES, seat(0, "R/n", "a", "", archived=False)]
    sheets = seats(["R", "<clear>", "a"], ["R", "m", "c"])
    found = in_pieces(made, roots("R"), sheets, live=there, looked_up=True)
    same(resolved(made, roots("R"), sheets, live=there), found)
    assert [one.code for one in found.findings] == [FindingCode.AMBIGUOUS]


def test_rows_stay_packed_that_are_live_as_they_are_and_those_of_which_nothing_is(made):
    lines = [["R", "n", f"s{number}", "", f"C-{number}"] for number in range(9)]
    there = [seat(n, "R/n", f"s{n}", f"C-{n}", archived=False) for n in range(6)]
    found = in_pieces(made, seats(*lines), live=[*ROOTS, *NODES, *there], looked_up=True)
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
    found = in_pieces(made, seats(*lines), live=[*ROOTS, *NODES, *there], looked_up=True)
    assert whole(found) == [3, 4]
    assert [one.live for one in found.records] == ["G-0", "G-1", "G-2", None, None, None]
