"""A list that a template knows badly is proposed; one in the template's words keeps its errors."""

import json

import openpyxl
import pytest

from tests.cli.terminal import Terminal


@pytest.fixture
def checked(importer, write):
    """Return the reason and the template of a check of one list."""

    def check(name, text, *args):
        write(name, text)
        found = json.loads(importer("check", name, "--format", "json", *args).out)
        return (found["reason"] or {}).get("code"), found["template"]

    return check


ROOMS = """Building,Level,Room,Room Ref,Room Type,Teaching Capacity,Exam Capacity,Comments
Main,1,Lab A,M-1-A,Laboratory,20,10,Left of the stairs
Main,1,Lab B,M-1-B,Laboratory,24,12,
Main,2,Hall,M-2-H,Lecture theatre,200,90,Screen
"""


def test_a_list_without_a_required_column_is_proposed_where_a_question_gives_it(checked):
    """The template for rooms needs a time zone, and few of the headings are its own."""
    assert checked("rooms.csv", ROOMS) == ("mapping_needed", None)


def test_the_reason_says_which_column_the_template_lacks(importer, write):
    write("rooms.csv", ROOMS)
    error = importer("check", "rooms.csv").err
    assert "To be Rooms of room-list, it lacks a column. Timezone is required" in error


def test_a_required_column_under_another_heading_is_proposed(checked):
    text = (
        "title,description,Glossary\nNet revenue,What is left.,Finance\nMargin,A share.,Finance\n"
    )
    assert checked("terms.csv", text) == ("mapping_needed", None)


def test_a_template_that_is_named_is_meant(checked):
    assert checked("rooms.csv", ROOMS, "--template", "room-list") == ("errors_found", "room-list")


@pytest.mark.parametrize(
    "text",
    [
        "Glossary,Trem,Description,Certificate\nFinance,Margin,A share.,DRAFT\n",
        "Glossary,Description,Certificate,Owners\nFinance,A share.,DRAFT,ann\n",
        "Term,Description,Certificate,Owners\nMargin,A share.,DRAFT,ann\n",
    ],
    ids=["misspelt", "no name", "no glossary"],
)
def test_a_list_in_our_own_words_with_one_column_wrong_keeps_its_errors(checked, text):
    assert checked("terms.csv", text) == ("errors_found", "atlan-glossary")


OTHER_THINGS = [
    "Tag;Zeit;Fach;Raum;Gebäude;Etage\nMontag;08:00;Mathe;501;Haus A;1\n",
    "Employee,Department,Building,Floor,Room\nAnn Lee,Sales,Main,2,2.01\n",
    "Inventarnummer;Gerät;Gebäude;Etage;Raum;Status\n1001;Drucker;Haus A;1;101;aktiv\n",
    "Datum;Mitarbeiter;Gebäude;Etage;Arbeitsplatz\n01.02.2026;Anna;Haus A;1;T1\n",
]


@pytest.mark.parametrize("text", OTHER_THINGS, ids=["timetable", "staff", "inventory", "bookings"])
def test_rows_about_something_else_that_has_a_place_are_not_places_unasked(importer, write, text):
    write("list.csv", text)
    found = importer("check", "list.csv")
    assert found.status == 2
    assert "may be about something else" in found.err
    assert "`--template trebellar-portfolio` imports it as" in found.err
    assert "`importer template init FILE`" in found.err


@pytest.mark.parametrize("name", ["list.csv", "spaces.csv"])
def test_a_list_of_places_with_columns_of_its_own_is_still_one(checked, name):
    text = (
        "Building,Floor,Room,Capacity,Cost centre,Key number\nMain,1,101,4,K100,17\n"
        "Main,1,102,8,K100,18\n"
    )
    assert checked(name, text) == (None, "trebellar-portfolio")


def test_a_timetable_that_is_named_after_places_is_meant(checked):
    assert checked("spaces.csv", OTHER_THINGS[0]) == (None, "trebellar-portfolio")


PLACES = "Gebäude;Geschoß;Raumnr.;Fläche m²;Plätze\n" + "".join(
    f"Haus {'A' if n < 5 else 'B'};{n % 2}. OG;{n % 2}{n:02};{20 + n},5;{n + 2}\n"
    for n in range(10)
)
WORDS = """Glossar;Fachbegrif;Begriffsdefinition;Freigabestatus
Vertrieb;Umsatz;Erlöse aus Verkäufen;freigegeben
Vertrieb;Kunde;Wer etwas kauft;Entwurf
Vertrieb;Marge;Umsatz abzüglich Kosten;freigegeben
Vertrieb;Rabatt;Nachlass auf den Preis;freigegeben
Vertrieb;Skonto;Abzug bei schneller Zahlung;Entwurf
"""


SPACES = "Building,Floor,Spaec,Capacity\n" + "".join(
    f"House {'A' if n < 5 else 'B'},{n % 2},{n % 2}.{n:02},{n + 2}\n" for n in range(10)
)


@pytest.mark.parametrize("name", ["liste.csv", "räume.csv", "export 2026.csv"])
def test_a_list_whose_kind_templates_leave_open_is_proposed_where_that_is_sure(checked, name):
    assert checked(name, PLACES) == ("mapping_needed", None)


def test_the_reason_says_what_the_templates_would_take_it_for_and_no_near_misses(importer, write):
    write("liste.csv", PLACES)
    error = importer("check", "liste.csv").err
    assert "may hold Rooms of room-list; Floors or Spaces or Desks of trebellar-portfolio" in error
    assert "each row is a space" in error
    assert "importer template init liste.csv --keep liste; importer run liste.csv" in error
    assert "may mean" not in error


def test_a_proposal_that_agrees_with_a_misspelt_heading_counts_as_well(checked):
    assert checked("liste.csv", WORDS) == ("mapping_needed", None)


def test_a_list_of_terms_named_after_their_glossary_is_no_list_of_glossaries(importer, write):
    write("glossar.csv", WORDS)
    error = importer("check", "glossar.csv").err
    assert "is named after Glossaries, but its rows are hardly such: for Term" in error
    assert "each row is a term" in error


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.csv", "Glossary,Name,Description\nLedger,Assets,x\n"),
        ("list.csv", "Name,Building,Floor\nLab,North House,1\n"),
        ("list.csv", SPACES),
        ("list.csv", "Building,Timezone,Building name\nHQ,Europe/Berlin,x\n"),
    ],
    ids=["terms or categories", "spaces or desks", "misspelt", "two names"],
)
def test_a_list_in_our_own_words_whose_kind_is_open_is_still_a_question(checked, name, text):
    assert checked(name, text)[0] == "undecided"


@pytest.mark.parametrize("how", [["--template", "trebellar-portfolio"], ["--sheet", "list=Spaces"]])
def test_a_kind_or_template_that_is_named_is_not_proposed_anew(checked, how):
    assert checked("list.csv", PLACES, *how)[0] != "mapping_needed"


def test_at_a_terminal_a_list_whose_kind_is_open_gets_in_with_the_enter_key(write, home):
    write("liste.csv", PLACES)
    terminal = Terminal("run", "liste.csv")
    for question in ("Import it like that?", "In which time zone is each building?"):
        terminal.until(question)
        terminal.type("\n")
    terminal.until("Send it?")
    terminal.type("y\n")
    assert (terminal.end(), "10 rows: 10 created" in terminal.text) == (0, True)


def test_a_workbook_with_a_sheet_that_is_known_is_proposed_as_well(importer, home):
    book = openpyxl.Workbook()
    for line in PLACES.splitlines():
        book.active.append(line.split(";"))
    buildings = book.create_sheet("Bauten")
    for row in (["Gebäude", "Zeitzone"], ["Haus A", "Europe/Berlin"], ["Haus B", "Europe/Berlin"]):
        buildings.append(row)
    book.save("book.xlsx")
    found = json.loads(importer("check", "book.xlsx", "--format", "json").out)
    assert found["reason"]["code"] == "mapping_needed"
    assert [sheet["kind"] for sheet in found["proposal"]["sheets"]] == ["space", "building"]


@pytest.mark.parametrize(
    "text",
    [
        "Glosary,Term,Descripton,Certifcate,Owner users\nFinance,Margin,A share.,VERIFIED,\n",
        "Glosary,Term,Deskription,Certificat,Tags\nHR,Tenure,Years in service,DRAFT,kpi\n",
    ],
)
def test_a_list_in_our_words_of_which_several_are_misspelt_keeps_its_errors(checked, text):
    assert checked("list.csv", text) == ("errors_found", "atlan-glossary")


def test_each_misspelt_heading_is_named_with_what_it_means(importer, write):
    write("l.csv", "Glosary,Term,Descripton,Certifcate,Tags\nFinance,Margin,A share.,DRAFT,\n")
    out = importer("check", "l.csv").out
    assert "rename it to Glossary" in out
    assert "`Descripton` (Description?) and `Certifcate` (Certificate?)" in out


def test_misspelt_headings_of_another_language_do_not_make_a_list_doubtful(checked):
    text = "Glossar;Begrif;Beschreibung;Staus;Synonyme\nFinanzen;Umsatz;Erlöse;Entwurf;Erlös\n"
    assert checked("liste.csv", text) == ("errors_found", "atlan-glossary")
