"""A mapping that was kept for one list reads the next one as it must, or leaves it alone."""

import json

import pytest

from importer.allowed import own_folder
from tests.cli.terminal import Terminal

TERMS = (
    "Begriff;Definition;Kürzel\nUmsatz;Was eingeht.;UM\n"
    "Ertrag;Was bleibt.;ER\nKosten;Was geht.;KO\n"
)
ROOMS = "Building,Floor,Room name,Seats\nHQ,1,Mars,8\nHQ,2,Io,4\n"
TWICE = (
    "Name,Bedeutung,Name,Abteilung\nKunde,Wer kauft.,Anna Alt,Vertrieb\nLager,Ort.,Bert Bo,Log\n"
)
SITES = (
    "Site name,Street,City,Country\nAlpha,1 Main St,New York,USA\nBeta,Linden 1,Berlin,Germany\n"
)


def _kept(importer, write, name, text):
    write(name, text)
    importer("template", "init", name, "--keep", "mine")
    return importer("template", "list", "--format", "json")


def test_a_column_under_the_heading_of_an_answer_is_read_and_the_mapping_left_alone(
    importer, write, home
):
    _kept(importer, write, "rooms.csv", ROOMS)
    write("rooms.csv", "Building,Floor,Room name,Seats,Timezone\nHQ,1,Mars,8,Europe/Paris\n")
    result = importer("check", "rooms.csv")
    assert (result.status, "Template room-list" in result.out) == (0, True)
    named = importer("check", "rooms.csv", "--template", "mine", "--set=time_zone=Europe/Berlin")
    assert "`Timezone` is for every row: `Europe/Berlin`. Its column is not read." in named.out


def test_sections_and_totals_of_the_next_list_become_no_entities_and_are_listed(
    importer, write, home
):
    head, *rows = TERMS.splitlines(keepends=True)
    _kept(importer, write, "t.csv", "".join([head, "Vertrieb;;\n", *rows, "Gesamt: 3;;\n"]))
    write("t.csv", "".join([head, "Logistik;;\n", *rows[:2], "Summe;;\n", "Gesamt 2;;\n"]))
    result = importer("check", "t.csv", "--set=glossary=G")
    assert "2 valid, 0 invalid, 3 skipped" in result.out
    assert "only Begriff is filled: rows 2, 5 and 6" in result.out


def test_a_line_of_totals_is_known_by_its_word_and_a_row_with_other_words_is_kept(
    importer, write, home
):
    head = "Código;Edificio;Dirección;Plazas\n"
    rows = [f"ED-{n};Torre {n};Calle Mayor {n};{n}0\n" for n in range(1, 5)]
    _kept(importer, write, "e.csv", "".join([head, *rows, "TOTAL;;;100\n"]))
    write("e.csv", "".join([head, *rows[:2], "Total;Torre Total;Calle Sol 1;5\n", "Total;;;35\n"]))
    result = importer("check", "e.csv", "--set=time_zone=Europe/Madrid")
    assert "4 rows: 3 valid, 0 invalid, 1 skipped" in result.out


def test_signs_that_mean_blank_are_blank_in_the_next_list_too(importer, write, home):
    _kept(importer, write, "t.csv", TERMS)
    write("t.csv", TERMS.replace("UM", "n/a").replace("ER", "-"))
    result = importer("check", "t.csv", "--set=glossary=G")
    assert "Counted as blank: `n/a` (1), `-` (1)." in result.out


def test_several_columns_of_one_field_are_joined(importer, write, home):
    _kept(importer, write, "s.csv", SITES)
    kept = own_folder() / "templates" / "mine" / "mapping.toml"
    assert (
        'headings = ["Street", "City", "Country"], path = "staticProperties.a' in kept.read_text()
    )
    assert importer("check", "s.csv", "--set=time_zone=Europe/Berlin").status == 0


def test_a_list_with_one_heading_twice_is_found_again_by_its_headings(importer, write, home):
    _kept(importer, write, "n.csv", TWICE)
    result = importer("check", "n.csv", "--set=glossary=G")
    assert (result.status, "2 valid, 0 invalid" in result.out) == (0, True)


def test_a_letter_that_stands_for_another_heading_now_takes_no_column(importer, write, home):
    head = "Fachbegriff;Beschreibung;Beschreibung;Synonyme\n"
    _kept(
        importer, write, "t.csv", head + "Kunde;Wer kauft.;Who buys.;\nLager;Ein Ort.;A place.;\n"
    )
    write("t.csv", "Beschreibung;Fachbegriff;Beschreibung;Synonyme\nA place.;Lager;Ein Ort.;\n")
    assert importer("check", "t.csv", "--set=glossary=G").status == 2
    named = importer("check", "t.csv", "--set=glossary=G", "--template", "mine")
    assert "`Beschreibung` in A1 and `Beschreibung` in C1 mean the same column" in named.out


def test_a_heading_too_long_to_be_one_is_found_by_its_letter(importer, write, home):
    _kept(importer, write, "t.csv", TERMS.replace("Definition", "Definition " + "x" * 300))
    result = importer("check", "t.csv", "--set=glossary=G")
    assert "3 valid, 0 invalid" in result.out


def test_what_is_too_unsure_is_not_kept_and_no_command_is_named_that_would(importer, write, home):
    write("p.csv", "Haus,Etage,Art\nHaus A,EG,Empfang\nHaus A,OG,Büro\nHaus B,EG,Küche\n")
    kept = importer("template", "init", "p.csv", "--keep", "mine")
    assert (kept.status, "too unsure" in kept.err) == (2, True)
    result = importer("check", "p.csv", "--format", "json")
    assert (json.loads(result.out)["command"], "--keep" in result.err) == (None, False)


def test_a_mapping_without_what_its_kind_requires_is_not_kept_and_says_so(importer, write, home):
    rows = ("Finance,,,All of it", "Finance,Revenue,,Money in", "Finance,Revenue,Net,Rest")
    write("x.csv", "\n".join(("Level 1,Level 2,Level 3,Definition", *rows, "HR,,,People", "")))
    result = importer("template", "init", "x.csv", "--keep", "mine")
    assert (result.status, "no column fills `Term`" in result.err) == (2, True)


def test_an_answer_that_cannot_be_taken_is_asked_again(importer, write, home):
    _kept(importer, write, "rooms.csv", ROOMS)
    terminal = Terminal("check", "rooms.csv", "--template", "mine")
    terminal.until("In which time zone is each building?")
    terminal.type("garbage\n")
    terminal.until("`garbage` is no time zone")
    terminal.type("Europe/Berlin\n")
    assert (terminal.end(), "2 valid, 0 invalid" in terminal.text) == (0, True)


@pytest.mark.parametrize("dots", ["...", "…"])
def test_dots_are_no_answer(importer, write, home, dots):
    _kept(importer, write, "t.csv", TERMS)
    result = importer("check", "t.csv", f"--set=glossary={dots}")
    assert (result.status, "mine asks what its files do not say" in result.err) == (2, True)


def test_of_many_columns_the_first_are_named_and_long_headings_cut(importer, write, home):
    more = ";".join(f"Spalte {n}" for n in range(40))
    head = f"Begriff;Definition;{'y' * 300};{more}\n"
    write("w.csv", head + "Umsatz;Was eingeht.\nErtrag;Was bleibt.\n")
    result = importer("check", "w.csv")
    assert ("and 21 more" in result.err, "y" * 61 in result.err) == (True, False)


def test_a_line_of_totals_with_figures_is_left_out_though_a_figure_is_spelt_once(
    importer, write, home
):
    rooms = "Gebäude;Geschoß;Raumnr.;Plätze\nA;EG;0.01;4\nA;EG;0.02;6\nA;1. OG;1.01;zwölf\n"
    _kept(importer, write, "rooms.csv", f"{rooms}Gesamt;;;10\n")
    result = importer("check", "rooms.csv", "--set=time_zone=Europe/Berlin")
    assert "Left out, since Gebäude is `Gesamt`" in result.out


def test_a_question_of_kinds_names_the_way_to_a_proposal(importer, write):
    write("x.csv", "Gebäude;Geschoß;Raumnr.;Fläche m²;Plätze\nA;EG;0.01;12,5;4\n")
    assert "`importer template init FILE` proposes" in importer("check", "x.csv").err
