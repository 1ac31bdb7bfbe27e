"""Who fixes a cell is offered what it may hold: allowed values, names in files and target."""

from importer.uploads import CellPlace
from tests.uploads.lists import FINE, glossary

HEADINGS = ("Glossary", "Term", "Certificate", "Synonyms", "Description")


def test_a_cell_is_offered_what_it_may_hold(desk):
    desk.imported(*FINE)
    upload = desk.checked(
        glossary(["Cost", "VERIFID", "Prise", "x"], ["Price", "DRAFT", "", "y"], headings=HEADINGS)
    )

    def offered(column, start=""):
        place = CellPlace("glossary.xlsx", "Terms", 2, column)
        return desk.uploads.cell_choices(upload.name, place, start)

    assert offered(3) == ["VERIFIED", "DRAFT", "DEPRECATED"]
    assert offered(3, "de") == ["DEPRECATED"]
    assert offered(3, "ED") == ["VERIFIED", "DEPRECATED"]
    assert "Finance" in offered(1)
    assert {"Cost", "Price"} <= set(offered(4))
    assert offered(5) == []
    assert desk.uploads.cell_choices(upload.name, CellPlace("other.xlsx", "Terms", 2, 1)) == []
