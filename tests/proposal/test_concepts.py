"""Headings in people's languages are a thing and what is said of it."""

from __future__ import annotations

import pytest

from importer.proposal.concepts import reading, things_in
from importer.proposal.languages import in_languages, languages_of


@pytest.mark.parametrize(
    ("heading", "thing", "attribute"),
    [
        ("Room", "space", ""),
        ("Raumnummer", "space", "code"),
        ("Zimmer-Nr.", "space", "code"),
        ("Gebaeudename", "building", "name"),
        ("BuildingId", "building", "code"),
        ("Nom du bâtiment", "building", "name"),
        ("Código del edificio", "building", "code"),
        ("部屋番号", "space", "code"),
        ("会议室名称", "space", "name"),
        ("Number of seats", "", "seats"),
        ("Parent building", "building", "parent"),
        ("Capacity (people)", "", "capacity"),
        ("Owner name", "", "owner"),
        ("Link name", "", "name"),
        ("Floor of the building", "floor", ""),
        ("Teléfono", "person", ""),
        ("Definicja", "", "definition"),
        ("Wirtschafts-\neinheit", "", "code"),
    ],
)
def test_a_heading_names_a_thing_and_what_it_says_of_it(heading, thing, attribute):
    found = reading(heading)
    assert (found.concept.key, found.confidence) == ((thing, attribute), 1.0)


def test_the_confidence_is_the_share_of_the_words_that_are_known():
    assert reading("Zorbic room").confidence == 0.5
    assert reading("Zorbic").confidence == 0.0


def test_a_language_at_the_end_is_no_part_of_the_name():
    assert (reading("Definition_EN").concept.attribute, reading("Definition_EN").language) == (
        "definition",
        "en",
    )


def test_a_heading_that_only_names_a_language_is_a_name_in_it():
    assert (reading("Deutsch").concept.key, reading("Deutsch").language) == (("", "name"), "de")


def test_a_percentage_measures_nothing_that_we_take():
    assert reading("Occupancy %").concepts == ()


def test_a_word_is_read_in_the_languages_of_the_sheet():
    german = in_languages(["Land", "Straße", "Gebäude"])
    english = in_languages(["Name of the building or land", "Street", "Size"])
    assert german[0].concept.attribute == "country"
    assert english[0].concept.attribute == "name"


def test_the_languages_of_a_sheet_are_those_of_words_that_few_share():
    assert languages_of(map(reading, ["Raum", "Gebäude", "Status"]))[0] == "de"


@pytest.mark.parametrize(
    ("headings", "meant"),
    [
        (["Gebouw", "Verd."], ("floor", "")),
        (["Budynek", "nr pom."], ("space", "code")),
        (["Raum", "Kap."], ("", "capacity")),
    ],
)
def test_a_word_may_be_cut_short_by_a_full_stop(headings, meant):
    assert in_languages(headings)[-1].concept.key == meant


def test_a_word_is_not_completed_without_a_full_stop():
    assert reading("Verdiepi").concepts == ()


@pytest.mark.parametrize("heading", ["Kişi kapasitesi", "Personenkapazität", "Capacity (persons)"])
def test_a_number_of_people_says_nothing_of_a_person(heading):
    assert reading(heading).concept.key == ("", "capacity")


@pytest.mark.parametrize(
    ("heading", "attribute"), [("Rm use code", "typecode"), ("Rm use description", "type")]
)
def test_what_is_said_of_a_type_is_not_said_of_the_row(heading, attribute):
    assert reading(heading).concept.key == ("space", attribute)


def test_two_codes_of_languages_are_names_in_them():
    assert [each.language for each in in_languages(["EN", "IT", "Note"])] == ["en", "it", ""]
    assert in_languages(["IT", "Note"])[0].language == ""


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("RM_NBR", ("space", "code")),
        ("BLDG_DESC", ("building", "description")),
        ("DEFN_TXT", ("", "definition")),
        ("STN_CNT", ("", "seats")),
        ("RSVBL_FLG", ("", "bookable")),
        ("TERM_NM", ("term", "name")),
    ],
)
def test_words_that_databases_cut_short_are_read_in_full(heading, meant):
    assert (reading(heading).concept.key, reading(heading).confidence) == (meant, 1.0)


def test_a_text_may_name_several_things():
    assert things_in("Project glossary") == {"record", "glossary"}


def test_the_type_of_a_parent_is_no_parent():
    assert reading("Parent type").concept.attribute == "type"


@pytest.mark.parametrize(
    ("heading", "thing", "attribute"),
    [
        ("Please enter the official room name as shown in the land register", "space", "name"),
        ("Kapazität\nbitte laut letzter Begehung eintragen", "", "capacity"),
        ("Hoe noemen we het in brieven en rapporten aan het bestuur?", "", "name"),
        ("What do we call it", "", "name"),
        ("Wer entscheidet über den Begriff, wenn es Streit gibt", "term", "owner"),
        ("Kan bestilles i Outlook av alle ansatte uten godkjenning", "", "bookable"),
        ("Date of the last review of the definition", "", "date"),
        ("Gebäude (Langname)", "building", "name"),
        ("ANT_RUM", "space", "count"),
        ("Raumname lt. Flächenplan", "", "name"),
    ],
)
def test_of_a_long_heading_its_main_part_counts(heading, thing, attribute):
    assert reading(heading).concept.key == (thing, attribute)


def test_a_sentence_that_ends_with_it_is_not_in_italian():
    assert reading("What do we mean by it?").language == ""
