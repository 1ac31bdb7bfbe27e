"""What each row is, with reasons, a runner-up and a confidence that can be trusted."""

from __future__ import annotations

import pytest

from importer.proposal.data import field_list
from importer.proposal.kinds import verdict
from importer.proposal.naming import Names
from tests.proposal.build import columns

KINDS = field_list()["kinds"]


def judged(headings, *rows, file="list.csv"):
    return verdict(Names(file, file), columns(headings, *rows), KINDS)


@pytest.mark.parametrize(
    ("headings", "row", "kind"),
    [
        (["Term", "Definition"], ["Net {}", "What is left after tax {}."], "term"),
        (["Begriff", "Bedeutung", "Synonyme"], ["Netto {}", "Nach Steuern.", ""], "term"),
        (["Building", "Address", "City"], ["House {}", "{} Low Street", "Bonn"], "building"),
        (["Building", "Floor", "Room", "Seats"], ["A", "1", "R{}", "4"], "space"),
        (["Étage", "Poste de travail"], ["1", "P{}"], "desk"),
        (["Title", "URL"], ["Page {}", "https://example.org/{}"], "link"),
        (["Vorname", "Nachname", "Telefon", "Zimmer"], ["A{}", "B{}", "12", "1"], ""),
        (["Order no", "Amount", "Customer"], ["O{}", "12.50", "C{}"], ""),
    ],
)
def test_headings_and_cells_say_what_the_rows_are(headings, row, kind):
    rows = [[cell.format(at) for cell in row] for at in range(8)]
    assert judged(headings, *rows).kind == kind


def test_a_name_and_a_description_alone_are_never_sure():
    assert judged(["Name", "Description"], ["a", "b"], ["c", "d"]).confidence < 0.5


def test_a_name_of_the_file_alone_is_never_sure():
    assert judged(["Zorba"], ["a"], file="rooms.csv").confidence <= 0.55


def test_a_sheet_without_columns_is_not_for_import():
    assert verdict(Names("rooms.xlsx", "Sheet2"), [], KINDS).kind == ""


def test_the_kind_that_comes_next_is_told():
    found = judged(["Floor", "Room"], ["1", "a"], ["1", "b"], ["2", "c"], ["2", "d"])
    assert (found.kind, found.runner_up) == ("space", "floor")


def test_only_kinds_that_the_templates_have_are_proposed():
    assert verdict(Names("rooms.csv", "rooms"), columns(["Room"], ["a"], ["b"]), []).kind == ""
