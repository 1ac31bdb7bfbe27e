"""Each column gets a score and a reason for each field that it may fill."""

from __future__ import annotations

import pytest

from importer.proposal import propose
from importer.proposal.around import Around, second_languages
from importer.proposal.fields import options
from tests.proposal.build import column, columns, rules, sheet, templates


def best(kind, found, around=None):
    judged = options(found, rules(kind), around or Around())
    return max(judged, key=lambda name: judged[name].score, default=None)


@pytest.mark.parametrize(
    ("kind", "heading", "cells", "field"),
    [
        ("space", "Raum", ["1.01", "1.02", "1.03"], "Space"),
        ("space", "Raum-Nr.", ["R1", "R2", "R3"], "External ID"),
        ("space", "Gebäude", ["A", "A", "B"], "Building"),
        ("space", "Plätze", ["4", "6", "8"], "Capacity"),
        ("term", "Bedeutung", ["Was es heißt.", "Was es sagt."], "Description"),
        ("term", "Certificate", ["VERIFIED", "DRAFT"], "Certificate"),
        ("building", "Rue", ["5 rue Haute", "7 rue Basse"], "Address"),
        ("building", "Rentable area sqft", ["500", "700"], "Rentable sqft"),
        ("building", "Fläche m²", ["500", "700"], None),
        ("space", "E-Mail", ["a@b.org", "c@d.org"], None),
        ("link", "Zorbic", ["https://a.org", "https://b.org"], "URL"),
        ("space", "Zorbic", ["2nd floor", "Basement"] * 3, "Floor"),
        ("desk", "Zorbic", ["Building A", "Building B"] * 3, "Building"),
        ("building", "Zorbic", ["open", "closed"] * 3, "Status"),
        ("term", "Zorbic", ["freigegeben", "Entwurf"] * 3, "Certificate"),
        ("term", "Certifcate", ["VERIFIED", "DRAFT"], "Certificate"),
        ("term", "Zorbic", ["VERIFIED", "DRAFT"], "Certificate"),
        ("term", "Descripton", ["KPI", "ARR"], "Description"),
        ("term", "Trem", ["KPI", "ARR"], "Term"),
        ("space", "Capcity", ["VERIFIED", "DRAFT"], "Capacity"),
        ("term", "Zorbic", ["Ann Lee <a@b.org>", "Bo Ray <c@d.org>"], "Owners"),
    ],
)
def test_a_column_fits_a_field_by_its_heading_or_its_cells(kind, heading, cells, field):
    assert best(kind, column(heading, *cells)) == field


def test_cells_that_do_not_fit_take_away_from_the_score():
    good = options(column("Capacity", "4", "8"), rules("space"), Around())
    bad = options(column("Capacity", "large", "small"), rules("space"), Around())
    assert bad["Capacity"].score < 0.3 < good["Capacity"].score


def test_every_option_says_why():
    (option,) = options(column("Capacity", "4", "8"), rules("desk"), Around()).values()
    assert option.reason == "`Capacity` is our own heading; 2 of 2 cells differ"


def test_a_number_that_counts_the_rows_is_no_code():
    found = options(column("Nr.", "1", "2", "3", "4"), rules("space"), Around())
    assert found["External ID"].score < 0.3


def test_a_column_whose_cells_name_rows_elsewhere_refers_to_them():
    around = Around(points_to={0: ("Building", "Sites")})
    assert best("space", column("Zorbic", "S1", "S2"), around) == "Building"


def test_of_two_languages_the_second_counts_less():
    found = columns(["Term EN", "Term DE", "Note"], ["a", "b", "c"])
    assert second_languages(found) == {1}


def test_the_first_language_is_that_of_a_heading_that_names_none():
    found = columns(["Termo em inglês", "Termo"], ["a", "b"])
    assert second_languages(found) == {0}


ROOMS = [[house, number] for house in ("North", "South") for number in map(str, range(101, 109))]


def test_a_number_that_repeats_in_each_building_is_the_name_and_no_code():
    (found,) = propose([sheet(("Building", "Room no."), *ROOMS)], templates()).sheets
    assert [column.field for column in found.columns] == ["Building", "Space"]


def test_a_room_beside_a_name_of_the_room_is_its_code():
    rows = [(f"B{at}", f"Name {at}") for at in range(12)]
    (found,) = propose([sheet(("Room", "Room name"), *rows)], templates()).sheets
    assert [column.field for column in found.columns] == ["External ID", "Space"]


def fields(*rows):
    (found,) = propose([sheet(*rows)], templates()).sheets
    return [column.field for column in found.columns]


def test_the_first_of_two_languages_is_the_one_that_headings_are_in():
    found = columns(["English", "suomi", "määritelmä", "lähde"], ["a", "b", "c", "d"])
    assert second_languages(found) == {0}


USES = ["Office", "Store", "Corridor", "Office", "Store", "Office", "Lab", "Lab", "Store", "Office"]


def test_rooms_whose_names_repeat_are_named_by_their_numbers():
    rows = [(f"R{at}", use, 4) for at, use in enumerate(USES)]
    assert fields(("Room no.", "Room name", "Capacity"), *rows)[0] == "Space"


def test_buildings_whose_names_repeat_are_named_by_them_all_the_same():
    rows = [(f"B{at}", use, f"{at} Low Street") for at, use in enumerate(USES)]
    found = fields(("Building no.", "Building name", "Address"), *rows)
    assert found == ["External ID", "Building", "Address"]


def test_a_code_that_repeats_in_a_short_list_is_none():
    found = options(column("Code", "101", "102", "101", "103"), rules("space"), Around())
    assert found["External ID"].score < 0.3


def test_a_code_that_a_system_made_is_the_id_rather_than_a_number():
    rows = [(7 * at + 3, f"3yL3mA22xxB1k_yCAAA2{at:02}", f"Lab {at}", 4) for at in range(12)]
    found = fields(("#", "GlobalId", "Room name", "Capacity"), *rows)
    assert found == [None, "External ID", "Space", "Capacity"]


def test_yes_and_no_are_no_tags():
    assert options(column("PII", "Y", "N"), rules("term"), Around())["Tags"].score < 0.3


def test_a_parent_whose_cells_name_no_term_is_a_category():
    rows = [(f"Word {at}", f"It means {at} things.", f"Area {at % 2}") for at in range(6)]
    assert fields(("Term", "Definition", "Parent name"), *rows)[2] == "Categories"


def test_an_owner_comes_before_a_steward():
    rows = [(f"Word {at}", f"It means {at} things.", "Ann", "Bo") for at in range(6)]
    assert fields(("Term", "Definition", "Steward", "Data owner"), *rows)[2:] == [None, "Owners"]


def test_a_question_is_a_heading_of_what_it_asks_for():
    heads = ("Which term do you miss in our list?", "What does it mean (please be short)?")
    rows = [(f"Word {at}", f"It means {at} things to most of us.") for at in range(6)]
    (found,) = propose([sheet(heads, *rows)], templates()).sheets
    assert (found.kind, [column.field for column in found.columns]) == (
        "term",
        ["Term", "Description"],
    )


def test_the_first_column_counts_where_each_is_in_its_own_language():
    found = columns(["Term (EN)", "Begriff (DE)"], ["a", "b"])
    assert second_languages(found) == {1}


def test_words_that_differ_are_names_beside_a_code_though_their_heading_is_not_known():
    towns = ["Ash Hall", "Birch Hall", "Cedar House", "Dove House", "Elm Court", "Fir Court"]
    rows = [(f"B{at}", town, f"{at} Low Street") for at, town in enumerate(towns)]
    found = fields(("Building no.", "Zorbic", "Address"), *rows)
    assert found == ["External ID", "Building", "Address"]


@pytest.mark.parametrize(
    ("beside", "field"), [(("Notes", "old"), None), (("Street", "5 Low Street"), "Address")]
)
def test_a_city_is_part_of_the_address_of_a_room_only_beside_a_street(beside, field):
    heading, cell = beside
    rows = [("North", f"R{at}", 4 + at, cell, "Zell") for at in range(6)]
    assert fields(("Building", "Room", "Capacity", heading, "City"), *rows)[-1] == field
