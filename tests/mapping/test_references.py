"""The cells of a row name other entities by the first rule whose cells are filled."""

from __future__ import annotations

from importer.model import CellFault
from tests.mapping.build import mapped, reported
from tests.mapping.things import TOP


def test_the_first_filled_way_to_name_a_reference_counts(things):
    entity = mapped(things, [[*TOP, "Group code"], ["a", "g", 1, "G-1"]]).entities[0]
    assert [texts[0].steps for _, texts in entity.references] == [("G-1",)]


def test_an_error_cell_under_a_reference_is_a_finding_on_that_cell(things):
    """It is not taken for a blank one."""
    fault = CellFault("error_cell", "#N/A")
    found = mapped(things, [[*TOP, "Group code"], ["a", fault, 1, "G"], ["b", "g", 1, fault]])
    assert reported(found.findings) == [("error_cell", "B2"), ("error_cell", "D3")]
    assert {(f.value, f.place.heading) for f in found.findings} == {
        ("#N/A", "Group"),
        ("#N/A", "Group code"),
    }
