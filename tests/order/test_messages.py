"""Messages about references name the kind, the cell to blame and the row that is meant."""

from __future__ import annotations

import pytest

from importer.mapping.binding import BoundReference, BoundSheet, Header
from importer.mapping.entity import RefText
from importer.order.messages import MADE_TOO, cell_of, row_of
from importer.template import Reference, SheetRule
from tests.mapping.build import only
from tests.order.build import below, leaves, live, nodes, resolved, roots, seats

R = live("root", "R")


def sheet(name="Things", file="things.xlsx"):
    rule = SheetRule(name=name, entities=())
    return BoundSheet(0, file, name, rule, Header(1, ("A", "B", "C", "")))


def text(steps, by, within=(), readings=()):
    rule = Reference(path="up", to=("node",), by=("B",))
    bound = BoundReference(0, rule, by, within, ("",) * len(by), "<clear>", parent=True)
    return RefText(bound, ("w",) * len(within), steps, readings)


@pytest.mark.parametrize(
    ("meant", "step", "cell"),
    [
        (text(("x", "y"), (0, 1)), 0, (1, "A")),
        (text(("x", "y"), (0, 1)), 1, (2, "B")),
        (text(("x", "y"), (0, 1)), -1, (2, "B")),
        (text(("x", "y"), (0, 1)), 5, (2, "B")),
        (text(("x",), (1,), within=(0,)), 0, (1, "A")),
        (text(("x", "y"), (-1, 1)), 0, (2, "B")),
        (text(("x",), (3,)), 0, (4, None)),
        (text((), (0, 1), readings=((None, "x"),)), 0, (2, "B")),
        (text((), ()), 0, (0, None)),
    ],
)
def test_the_cell_of_the_text_at_a_step_is_blamed(meant, step, cell):
    """Of a list item it is always the cell of the list."""
    assert cell_of(meant, step, sheet()) == cell


def test_a_row_is_named_with_its_sheet_and_file_where_they_differ():
    here = sheet()
    assert row_of(here, 5, here) == "row 5"
    assert row_of(sheet("Terms"), 5, here) == "row 5 of Terms"
    assert row_of(sheet("Terms", "other.xlsx"), 5, here) == "row 5 of Terms in other.xlsx"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            ["Q", "a", "s"],
            "There is no root `Q`, neither here nor in the target. "
            f"Correct it, or add a row to Roots with `Q` under Root.{MADE_TOO}",
        ),
        (
            ["R", "gone", "s"],
            "There is no node `gone` in R, neither here nor in the target. "
            f"Correct it, or add a row to Nodes with `gone` under Node.{MADE_TOO}",
        ),
        (
            ["", "", "s", "B-1"],
            "There is no root or node `B-1`, neither here nor in the target. "
            f"Correct it, or add a row to Roots with `B-1` under Code.{MADE_TOO}",
        ),
    ],
)
def test_a_missing_entity_is_called_by_its_kind_and_place_and_can_be_added(made, row, message):
    assert only(resolved(made, seats(row), live=[R]).findings).message == message


@pytest.mark.parametrize(
    ("cell", "name"),
    [("a@Q", "a"), ("gone", "gone"), ("Zebra>2", "Zebra>2"), ("<gone>", "<gone>")],
)
def test_the_row_to_add_has_the_name_alone(made, cell, name):
    found = resolved(made, leaves(["R", "x", "", cell]), live=[R])
    assert only(found.findings).message.endswith(f"add a row to Leaves with `{name}` under Leaf.")


def test_a_path_without_blanks_is_cut_where_such_things_stand_in_each_other(made):
    found = resolved(made, leaves(["R", "x", "gone>b"]), live=[R])
    assert only(found.findings).message.endswith(
        "add a row to Nodes with `b` under Node and `gone` under Parent."
    )


@pytest.mark.parametrize(
    ("sheet", "end"),
    [
        (leaves(["R", "x", "", "a > b"]), "add a row to Leaves with `b` under Leaf, in `a`."),
        (leaves(["R", "x", "a > b"]), "with `b` under Node and `a` under Parent."),
        (leaves(["a > b", "x"]), "neither here nor in the target. Correct the name."),
    ],
)
def test_the_row_to_add_for_a_path_names_what_it_stands_in(made, sheet, end):
    """A root stands in nothing, so that none is called like the end of a path."""
    assert only(resolved(made, sheet, live=[R]).findings).message.endswith(end)


def test_the_clear_token_among_names_is_no_name_to_add(made):
    found = resolved(made, leaves(["R", "x", "", "<clear>; x"]), live=[R])
    assert only(found.findings).message.endswith(
        " `<clear>` empties a field only where it stands alone in the cell."
    )


def test_a_list_item_that_means_nothing_in_any_reading_is_quoted_as_a_whole(made):
    found = resolved(made, leaves(["R", "x", "a@Q"]), live=[R, below("node", "R", "a")])
    assert only(found.findings).message == (
        "There is no node `a@Q` in R, neither here nor in the target. "
        "Correct it, or add a row to Nodes with `a` under Node."
    )


def test_no_more_than_five_candidates_are_listed(made):
    rows = [["R", name] for name in "abcdef"] + [["R", "h", name] for name in "abcdef"]
    finding = only(resolved(made, roots("R"), nodes(*rows, ["R", "x", "h"])).findings)
    assert finding.message == (
        "`h` names more than one node: `R > a > h`, `R > b > h`, `R > c > h`, `R > d > h`, "
        "`R > e > h`. Write the path of one."
    )


def test_a_contradiction_names_both_cells_and_what_they_mean(made):
    there = [R, below("node", "R", "a", identities=("A-1",)), below("node", "R", "b")]
    found = resolved(made, seats(["R", "b", "s", "A-1"]), live=there)
    finding = only(found.findings)
    assert finding.message == (
        "Node code names the node `R > a`, but Node names the node `R > b`: keep one of them."
    )
    assert (finding.place.cell, finding.value) == ("D2", "A-1")
    assert not found.record(2, "seat").valid
