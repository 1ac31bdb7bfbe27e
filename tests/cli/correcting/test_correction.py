"""What a person has said stays; columns that hold errors can be left out together."""

from importer.finding_codes import FindingCode
from importer.model import Finding, Place, Severity
from tests.cli.correcting.build import correction


def wrong(column, severity=Severity.ERROR):
    place = Place("räume", 3, column, file="räume.csv")
    return Finding(FindingCode.NOT_ALLOWED, "Not allowed.", place, severity)


def fields(found):
    return [column.field for column in found.sheet(0).columns]


def test_columns_with_errors_are_left_out_but_for_required_ones(tmp_path):
    found = correction(tmp_path)
    assert fields(found)[:4] == ["Building", "Floor", "Space", "Capacity"]
    assert fields(found.without([wrong(1), wrong(4)]))[:4] == ["Building", "Floor", "Space", None]


def test_a_warning_leaves_nothing_out(tmp_path):
    found = correction(tmp_path)
    assert found.without([wrong(4, Severity.WARNING)]) == found


def test_a_chosen_field_stays_when_another_column_is_chosen(tmp_path):
    found = correction(tmp_path).column(0, "E", "Space type").column(0, "D", None)
    assert fields(found)[3:] == [None, "Space type"]


def test_another_kind_forgets_the_fields_that_were_chosen(tmp_path):
    found = correction(tmp_path).column(0, "E", "Space type").kind(0, "building")
    assert found.choice(0).fields == {}
