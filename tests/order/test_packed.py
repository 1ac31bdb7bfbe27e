"""What is packed is found, said and made again as if it had been kept whole."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from importer.order import entities
from tests.order.build import (
    Resolved,
    Rows,
    below,
    in_pieces,
    live,
    nodes,
    resolved,
    roots,
    seats,
)

PLAIN = [["R", "", f"s{n}", "", f"C-{n}"] for n in range(9)]


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(entities, "MOST", 3)
    monkeypatch.setattr(entities, "LEAST", 1)
    monkeypatch.setattr(entities, "LATELY", 2)


def stated(found: Resolved) -> list[object]:
    return [
        (*(one.kind, one.where, one.key, one.valid, one.live), one.identities, one.references)
        for one in found.records
    ]


def same(one: Resolved, other: Resolved) -> None:
    assert other.findings == one.findings
    assert list(map(repr, stated(other))) == list(map(repr, stated(one)))
    assert other.registry.valid() == one.registry.valid()


def whole(found: Resolved) -> list[int]:
    """The rows that are kept whole."""
    return [one.row for one in found.registry.entities.whole("seat")]


LIVE = {
    "nothing": [],
    "what they stand in": [live("root", "R"), below("node", "R", "n")],
    "one of them": [live("root", "R"), below("seat", "R", "s3", parent="R")],
    "one with a code": [
        live("root", "R"),
        below("seat", "R", "x", parent="R", identities=("C-2",)),
    ],
    "one below another": [
        live("root", "R"),
        below("node", "R", "n"),
        below("seat", "R", "n", "s5"),
        below("seat", "R", "n", "s6"),
    ],
    "an archived one": [live("root", "R"), replace(below("seat", "R", "s1"), archived=True)],
}

SHEETS = {
    "plain": [roots("R"), seats(*PLAIN)],
    "twice": [roots("R"), seats(*PLAIN, PLAIN[4])],
    "a code twice": [roots("R"), seats(*PLAIN, ["R", "", "t", "", "C-3"])],
    "a parent that is nowhere": [seats(*PLAIN, *(["Q", "n", *line[2:]] for line in PLAIN))],
    "a code that others miss as a name": [seats(*PLAIN, ["C-3", "", "t"])],
    "an id": [roots("R"), seats(*PLAIN, ["R", "", "s4", "", "", "G-1"])],
    "a code of one with an id": [roots("R"), seats(*PLAIN, ["R", "", "t", "", "C-5", "G-1"])],
    "names that look alike": [roots("R"), seats(*PLAIN, ["R", "", "S3"], ["R", "", "S5 "])],
    "codes that look alike": [roots("R"), seats(*PLAIN, ["R", "", "t", "", "c-4"])],
    "a name that is missing": [roots("R", "r"), seats(*PLAIN, ["R", "s3", "t"])],
    "nodes in nodes": [
        roots("R"),
        nodes(*(["R", f"n{n}", f"n{n - 1}" if n else ""] for n in range(6))),
        seats(*(["R", f"n{n}", "s"] for n in range(6))),
    ],
    "parents that are nowhere, by two texts": [
        seats(*PLAIN, ["X", "", "c"], ["X", "<clear>", "b"], ["X", "", "b"])
    ],
    "no name": [roots("R"), seats(*PLAIN, ["R", "", ""])],
}


@pytest.mark.parametrize("sheets", SHEETS.values(), ids=SHEETS.keys())
def test_packed_rows_are_resolved_as_whole_ones_are(made, sheets: list[Rows]):
    same(resolved(made, *sheets, looked_up=False), in_pieces(made, *sheets))


@pytest.mark.parametrize("there", LIVE.values(), ids=LIVE.keys())
@pytest.mark.parametrize("sheets", SHEETS.values(), ids=SHEETS.keys())
def test_packed_rows_are_matched_with_what_is_live_as_whole_ones_are(made, sheets, there):
    whole_ones = resolved(made, *sheets, live=there)
    same(whole_ones, in_pieces(made, *sheets, live=there, looked_up=True))


def test_rows_stay_packed_where_only_others_than_their_kind_are_live(made):
    found = in_pieces(made, seats(*PLAIN), live=LIVE["what they stand in"], looked_up=True)
    assert (whole(found), found.findings) == ([], [])


def test_only_what_shares_a_name_with_others_is_kept_whole(made):
    found = in_pieces(made, roots("R"), seats(*PLAIN, PLAIN[4], ["R", "", "t", "", "C-7"]))
    assert whole(found) == [6, 9, 11, 12]


def test_what_is_found_wrong_with_a_packed_entity_is_known_when_it_is_made_again(made):
    found = in_pieces(made, roots("R"), seats(*PLAIN))
    found.record(4, "seat").valid = False
    assert [one.valid for one in found.records if one.kind == "seat"] == [
        row != 4 for row in range(2, 11)
    ]
    assert found.registry.valid() == {"root": 1, "seat": 8}


def test_entities_are_found_by_their_numbers_wherever_they_stand(made):
    entities_ = in_pieces(made, roots("R"), seats(*PLAIN, PLAIN[0])).records
    assert [one.seq for one in entities_] == list(range(11))
    assert [entities_[number].seq for number in range(11)] == list(range(11))
    assert [one.seq for one in entities_.some([9, 1, 0, 10])] == [9, 1, 0, 10]
    assert (entities_[-1].seq, [one.seq for one in entities_[2:4]]) == (10, [2, 3])
    with pytest.raises(IndexError):
        entities_[11]


def test_a_warning_on_many_rows_names_the_first_and_counts_the_others(made):
    found = in_pieces(made, seats(*PLAIN))
    assert [(one.place.row, one.more_rows) for one in found.findings] == [(2, 8)]
