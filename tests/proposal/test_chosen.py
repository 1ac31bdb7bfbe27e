"""What a person has said stays, and the rest is proposed around it."""

from __future__ import annotations

from importer.proposal import propose
from importer.proposal.chosen import Choice
from tests.proposal.build import sheet, templates

TERMS = sheet(
    ("Word", "Definition", "Long text", "Phase"),
    *((f"Net {at}", "What is left.", "All of it is said here.", "new") for at in range(5)),
)


def proposed(**fields):
    chosen = {("list.xlsx", "Sheet1"): Choice(kind="term", fields=fields)}
    (found,) = propose([TERMS], templates(), chosen).sheets
    return found.columns


def test_a_chosen_field_goes_to_its_column_and_to_no_other():
    columns = proposed(C="Description")
    assert [column.field for column in columns] == ["Term", None, "Description", None]
    assert (columns[2].score, columns[2].reason) == (1.0, "it was chosen")


def test_a_column_stays_left_out():
    columns = proposed(B=None)
    assert (columns[1].field, columns[1].reason) == (None, "it was chosen")


def test_a_property_of_peoples_own_may_be_chosen():
    assert proposed(D="Custom: Phase")[3].field == "Custom: Phase"


def test_without_a_choice_all_is_proposed():
    assert [column.field for column in proposed()][:2] == ["Term", "Description"]
