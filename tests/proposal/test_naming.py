"""What a sheet and its file are named after."""

from __future__ import annotations

import pytest

from importer.proposal.naming import Names, stem


def things(*names, **more):
    return [named.thing for named in Names(*names, **more).things]


@pytest.mark.parametrize(
    ("file", "sheet", "found"),
    [
        ("rooms_2024.csv", "rooms_2024", ["space"]),
        ("Raumliste.xlsx", "Tabelle1", ["space"]),
        ("Telefonverzeichnis.xlsx", "Tabelle1", ["person"]),
        ("export.xlsx", "Begriffe", ["term"]),
        ("rooms.xlsx", "Desks", ["desk"]),
        ("x.csv", "x", []),
    ],
)
def test_a_sheet_is_named_after_a_thing(file, sheet, found):
    assert things(file, sheet) == found


def test_the_file_says_nothing_of_a_sheet_among_others_that_has_a_name():
    assert things("rooms.xlsx", "Regler", alone=False) == []


def test_a_title_above_the_headings_speaks_where_no_name_does():
    assert things("x.xlsx", "Data", above="Our meeting rooms") == ["space"]


def test_a_legend_is_no_data_among_other_sheets():
    assert Names("a.xlsx", "Legend", alone=False).no_data == "Legend"
    assert Names("Legend.csv", "Legend").no_data == ""


def test_the_title_is_the_name_that_somebody_has_given():
    assert Names("Finance.xlsx", "Sheet1").title == "Finance"
    assert Names("a.xlsx", "Finance terms").title == "Finance terms"
    assert stem("My list.v2.csv") == "My list.v2"


@pytest.mark.parametrize(
    ("name", "thing"), [("websites", "url"), ("timetable", "schedule"), ("BLDG_LIST", "building")]
)
def test_a_name_of_several_words_or_a_cut_one_is_read_as_a_whole(name, thing):
    assert [named.thing for named in Names(f"{name}.csv", name).things] == [thing]
