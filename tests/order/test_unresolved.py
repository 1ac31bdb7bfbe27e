"""A reference that means nothing, or several, is reported at the cell to blame."""

from __future__ import annotations

from itertools import permutations

import pytest

from importer.model import Severity
from tests.mapping.build import OPEN, only, template
from tests.order.build import LEAF, TREES, leaves, node_keys, nodes, resolved, roots, seats


@pytest.mark.parametrize("looked_up", [True, False])
def test_a_name_that_nobody_has_is_an_error_only_where_the_target_was_asked(made, looked_up):
    there = nodes(["R", "heart"], ["R", "x", "haert"])
    found = resolved(made, roots("R"), there, looked_up=looked_up)
    finding = only(found.findings)
    assert finding.code == "not_found"
    assert (finding.place.sheet, finding.place.cell, finding.place.heading) == (
        "Nodes",
        "C3",
        "Parent",
    )
    assert (finding.value, finding.suggestion) == ("haert", "heart")
    assert (finding.severity is Severity.ERROR) == looked_up
    assert found.record(3, "node").valid == (not looked_up)


def test_the_text_that_was_not_followed_is_blamed(made):
    """A node in a root that does not exist: the root's cell is wrong, not the node's."""
    finding = only(resolved(made, nodes(["Q", "x"])).findings)
    assert (finding.place.cell, finding.value) == ("A2", "Q")


AMBIGUOUS = [["R", "a"], ["R", "b"], ["R", "h", "a"], ["R", "h", "b"], ["R", "x", "h"]]


@pytest.mark.parametrize("order", list(permutations(range(5)))[::7])
def test_an_ambiguous_name_lists_its_candidates(made, order):
    """In any row order, also while the candidates' own parents are not known yet."""
    rows = [AMBIGUOUS[i] for i in order]
    found = resolved(made, roots("R"), nodes(*rows))
    finding = only(found.findings)
    assert finding.code == "ambiguous"
    assert finding.place.row == 2 + order.index(4)
    assert "`R > a > h`" in finding.message
    assert "`R > b > h`" in finding.message
    assert not found.record(finding.place.row, "node").valid


BELOW_GONE = [["R", "a", "gone"], ["R", "b", "a"], ["R", "c", "gone > a > b"], ["R", "d", "b"]]


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_what_stands_below_an_invalid_row_is_not_missing(made, order):
    """It will be blocked: its reference leads to the row that is in error."""
    found = resolved(made, roots("R"), nodes(*(BELOW_GONE[i] for i in order)))
    finding = only(found.findings)
    assert (finding.value, finding.place.row) == ("gone", 2 + order.index(0))
    keys = ["R/gone/a", "R/gone/a/b", "R/gone/a/b/c", "R/gone/a/b/d"]
    assert node_keys(found) == [keys[i] for i in order]
    row = 2 + order.index(1)
    assert found.meant(row, "up", "node") == [("R", "gone", "a")]


def test_every_item_of_a_list_that_means_nothing_is_reported(made):
    found = resolved(made, roots("R"), leaves(["R", "a", "n1; n2"], ["R", "b", "", "a; z"]))
    assert [(f.place.cell, f.value) for f in found.findings] == [
        ("C2", "n1"),
        ("C2", "n2"),
        ("D3", "z"),
    ]


def test_a_missing_scope_is_reported_once_at_its_own_cell(made):
    """What cannot be found for lack of a scope is not reported as missing too."""
    finding = only(resolved(made, leaves(["Q", "x", "a"])).findings)
    assert (finding.place.cell, finding.value) == ("A2", "Q")


def test_every_row_that_uses_a_missing_name_is_in_error(made):
    found = resolved(made, roots("R"), nodes(["R", "x", "gone"], ["R", "y", "gone"], ["R", "z"]))
    assert [f.place.cell for f in found.findings] == ["C2", "C3"]
    assert [found.record(row, "node").valid for row in (2, 3, 4)] == [False, False, True]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_name_that_will_be_looked_up_is_one_warning_for_all_its_rows(made, count):
    rows = nodes(*(["R", f"x{number}", "gone"] for number in range(count)))
    finding = only(resolved(made, roots("R"), rows, looked_up=False).findings)
    assert finding.message == "No node `gone` in R here; it will be looked up in the target."
    assert finding.more_rows == count - 1
    assert (finding.place.cell, finding.severity) == ("C2", Severity.WARNING)


def test_a_row_in_error_without_a_name_is_told_of_its_references_too(made):
    found = resolved(made, roots("R"), leaves(["R", "", "gone"], ["R", "x", "gone"]))
    assert [(f.place.cell, f.code) for f in found.findings] == [
        ("B2", "missing"),
        ("C3", "not_found"),
        ("C2", "not_found"),
    ]


def test_a_name_that_differs_in_blanks_only_says_so(made):
    rows = leaves(["R", "x", "a  b"]), nodes(["R", "a b"])
    found = resolved(made, roots("R"), *rows).findings
    assert only([f for f in found if f.code == "not_found"]).message.endswith(
        "They differ in blanks only."
    )


@pytest.mark.parametrize("name", ["---", "\u2026", "..", "'"])
@pytest.mark.parametrize("looked_up", [True, False])
def test_a_name_of_signs_alone_is_compared_with_no_name_at_all(made, name, looked_up):
    finding = only(resolved(made, nodes([name, "x"]), looked_up=looked_up).findings)
    assert "look alike" not in finding.message


@pytest.mark.parametrize("row", [["", "", "s", "n-7"], ["R", "n-7", "s", ""]])
def test_a_code_that_differs_in_case_only_is_suggested(made, row):
    found = resolved(made, roots("R"), nodes(["R", "a", "", "", "N-7"]), seats(row))
    finding = only([f for f in found.findings if f.code == "not_found"])
    assert finding.suggestion == "N-7"
    assert finding.message.endswith("Did you mean N-7? They differ in case only.")


@pytest.mark.parametrize("looked_up", [True, False])
def test_a_name_that_is_kept_as_a_text_is_no_error(tmp_path, looked_up):
    text = TREES.replace('by = ["Nodes"]', 'by = ["Nodes"]\nmissing = "facts.text"')
    kept = template(tmp_path / "t", text, root=OPEN, node=OPEN, leaf=LEAF, seat=OPEN)
    rows = leaves(["R", "a", "heart; old"], ["R", "b", "haert"], ["R", "c", "old"])
    found = resolved(kept, roots("R"), nodes(["R", "heart"]), rows, looked_up=looked_up)
    assert [(f.code, f.severity, f.place.cell, f.value, f.more_rows) for f in found.findings] == [
        ("kept_as_text", Severity.INFO, "C2", "old", 1),
        ("kept_as_text", Severity.WARNING, "C3", "haert", 0),
    ]
    assert all(entity.valid for entity in found.intake.registry.entities)


@pytest.mark.parametrize("looked_up", [True, False])
def test_a_name_that_is_left_out_is_no_error_and_is_said(tmp_path, looked_up):
    text = TREES.replace('by = ["Nodes"]', 'by = ["Nodes"]\nmissing = "left_out"')
    left = template(tmp_path / "t", text, root=OPEN, node=OPEN, leaf=LEAF, seat=OPEN)
    rows = leaves(["R", "a", "heart; old"], ["R", "b", "old"])
    found = resolved(left, roots("R"), nodes(["R", "heart"]), rows, looked_up=looked_up)
    finding = only(found.findings)
    assert (finding.code, finding.severity, finding.more_rows) == (
        "name_left_out",
        Severity.INFO,
        1,
    )
    assert finding.message.endswith("`old`: it is left out." if looked_up else "it is left out.")
    assert all(entity.valid for entity in found.intake.registry.entities)
