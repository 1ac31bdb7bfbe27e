"""A list or a path in another writing is not found, and shown as it should be written."""

from __future__ import annotations

import pytest

from importer.order.near import NearNames
from tests.mapping.build import only
from tests.order.build import below, leaves, live, nodes, resolved

KNOWN = [
    live("root", "R"),
    below("node", "R", "Heart"),
    below("node", "R", "Heart", "Valve", parent="R/Heart"),
    below("node", "R", "Lung"),
]


@pytest.mark.parametrize("cell", ["Heart, Lung", "Heart | Lung", "Heart and Lung", "[Heart, Lung]"])
def test_a_list_with_another_separator_shows_the_right_one(made, cell):
    finding = only(resolved(made, leaves(["R", "x", cell]), live=KNOWN).findings)
    assert finding.message == (
        f"There is no node `{cell}`, but there are `Heart`, `Lung`: part them by ;, "
        "as in `Heart; Lung`."
    )
    assert finding.suggestion == "Heart; Lung"


def test_an_item_in_brackets_is_shown_without_them(made):
    finding = only(resolved(made, leaves(["R", "x", "['Heart']"]), live=KNOWN).findings)
    assert finding.message == "There is no node `['Heart']`, but there is `Heart`: write that."


@pytest.mark.parametrize(
    "cell", ["Heart/Valve", "Heart\\Valve", "Heart \u00bb Valve", "heart > valve", "Heart > Vlave"]
)
def test_a_path_in_another_writing_shows_the_right_one(made, cell):
    finding = only(resolved(made, nodes(["R", "x", cell]), live=KNOWN).findings)
    assert (
        finding.message == f"There is no node `{cell}`, but there is `Heart > Valve`: write that."
    )
    assert finding.suggestion == "Heart > Valve"


def test_several_names_where_one_is_expected_are_no_list(made):
    finding = only(resolved(made, nodes(["R", "x", "Heart; Lung"]), live=KNOWN).findings)
    assert finding.message == (
        "There is no node `Heart; Lung`, but there are `Heart`, `Lung`: name one of them."
    )
    assert finding.suggestion is None


def test_a_list_of_which_a_part_is_unknown_is_not_rewritten(made):
    finding = only(resolved(made, leaves(["R", "x", "Heart, Gone"]), live=KNOWN).findings)
    assert "there are" not in finding.message


def test_parts_that_nothing_is_called_cost_no_search_for_similar_names(made, monkeypatch):
    asked = []
    nearest = NearNames.nearest
    monkeypatch.setattr(
        NearNames,
        "nearest",
        lambda self, kinds, text, within: asked.append(text) or nearest(self, kinds, text, within),
    )
    resolved(made, leaves(["R", "x", "a/b, c|d, e and f"]), live=KNOWN)
    assert set(asked) == {"a/b, c|d, e and f"}
