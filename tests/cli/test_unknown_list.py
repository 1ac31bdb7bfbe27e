"""A list that no template knows: proposed, written, kept, and imported without an engineer."""

import json

import pytest

from importer.allowed import own_folder
from tests.cli.terminal import Terminal

ROOMS = """Raumliste Haus Nord;;;;
;;;;
Gebäude;Etage;Raumnummer;Plätze;Bemerkung
Haus Nord;EG;0.01;4;Teeküche daneben
Haus Nord;EG;0.02;6;n. a.
Haus Nord;1. OG;1.01;12;ohne Fenster
Haus Nord;1. OG;1.02;8;
Haus Süd;EG;S 0.01;20;Beamer
Haus Süd;EG;S 0.02;4;
"""
ANSWER = "time_zone=Europe/Berlin"


@pytest.fixture
def rooms(write, home):
    write("räume.csv", ROOMS)
    return "räume.csv"


def test_a_proposal_says_what_rows_and_columns_are_and_why(importer, rooms):
    result = importer("template", "init", rooms)
    assert result.status == 1  # a question is open
    assert "sheet räume: each row is a space (" in result.out
    assert "headings in row 3" in result.out
    assert "asks: In which time zone is each building? (Europe/Berlin?)" in result.out
    assert "Gebäude     Building" in result.out
    assert "left out: row 1: " in result.out
    assert "--keep 'räume'` keeps it for lists like this" in result.out


def test_a_proposal_as_json_has_every_sheet_column_question_and_row_left_out(importer, rooms):
    result = importer("template", "init", rooms, "--format", "json")
    [sheet] = json.loads(result.out)["sheets"]
    assert (sheet["file"], sheet["header_row"], sheet["kind"]) == (rooms, 3, "space")
    fields = {column["heading"]: column["field"] for column in sheet["columns"]}
    assert fields == {
        "Gebäude": "Building",
        "Etage": "Floor",
        "Raumnummer": "Space",
        "Plätze": "Capacity",
        "Bemerkung": "Description",
    }
    assert all(column["reason"] for column in sheet["columns"])
    assert [ask["name"] for ask in sheet["asks"]] == ["time_zone"]
    assert [one["row"] for one in sheet["skipped"]] == [1]


def test_the_mapping_that_is_written_imports_the_list(importer, rooms, home):
    assert importer("template", "init", rooms, "-o", "mine").status == 1
    result = importer("run", rooms, "--template", "mine", "--set", ANSWER, "--format", "json")
    counts = json.loads(result.out)["counts"]
    assert {name: count for name, count in counts.items() if count} == {"created": 6}
    again = importer("template", "init", rooms, "-o", "mine")
    assert (again.status, "exists already" in again.err) == (2, True)


def test_a_mapping_that_was_kept_is_found_again_by_the_headings_and_says_so(importer, rooms, home):
    importer("template", "init", rooms, "--keep", "rooms")
    result = importer("check", rooms, "--set", ANSWER)
    assert result.status == 0
    assert "Template rooms" in result.out
    assert "Read by the mapping `rooms` that you have kept. To forget it, delete the" in result.out
    assert (own_folder() / "templates" / "rooms" / "mapping.toml").is_file()
    again = importer("template", "init", rooms, "--keep", "rooms")
    assert (again.status, "There is a mapping called rooms" in again.err) == (2, True)


def test_a_kept_mapping_is_not_taken_for_a_list_with_another_heading(importer, rooms, write):
    importer("template", "init", rooms, "--keep", "rooms")
    write("räume.csv", ROOMS.replace("Bemerkung", "Brandabschnitt"))
    assert importer("check", rooms, "--set", ANSWER).status == 2


@pytest.mark.parametrize("command", ["check", "plan", "run"])
def test_without_a_terminal_an_unknown_list_is_proposed_with_the_command_that_accepts_it(
    importer, rooms, command
):
    result = importer(command, rooms, "--format", "json")
    found = json.loads(result.out)
    assert (result.status, found["reason"]["code"]) == (2, "mapping_needed")
    assert found["proposal"]["sheets"][0]["kind"] == "space"
    assert found["command"] == (
        "importer template init 'räume.csv' --keep 'räume'; "
        "importer run 'räume.csv' --template 'räume' --set=time_zone=Europe/Berlin"
    )
    assert "each row is a space" in result.err


def test_a_list_of_which_nothing_is_known_stays_refused(importer, write):
    write("x.csv", "qqq,zzz\n1,2\n")
    result = importer("check", "x.csv")
    assert (result.status, "No sheet has headings that a template knows" in result.err) == (2, True)


def test_at_a_terminal_the_enter_key_takes_a_sure_proposal_and_asks_only_what_must_be(rooms):
    terminal = Terminal("run", rooms)
    terminal.until("Import it like that?")
    terminal.type("\n")
    terminal.until("In which time zone is each building?")
    terminal.type("\n")
    terminal.until("Send it?")
    terminal.type("y\n")
    status = terminal.end()
    assert (status, "6 rows: 6 created" in terminal.text) == (0, True)


def test_a_proposal_that_is_declined_is_shown_once_with_the_command_that_accepts_it(rooms):
    terminal = Terminal("check", rooms)
    terminal.until("Import it like that?")
    terminal.type("n\n")
    assert terminal.end() == 2
    assert terminal.text.count("each row is a space") == 1
    words = " ".join(terminal.text.split())
    assert "To import it like that: `importer template init" in words


def test_at_a_terminal_a_proposal_is_corrected_with_keys_and_kept_by_a_name(rooms):
    terminal = _correcting("run", rooms)
    terminal.type("\x1b[F\r")  # the last column, its fields
    terminal.type("property\r\x15Hinweis\r")  # a property of its own, by another name
    terminal.type("a\r\r\x15mine\r")  # accepted; the time zone, the rows, the name
    terminal.until("The mapping is kept as `mine`")
    terminal.until("Send it?")
    terminal.type("y\n")
    assert (terminal.end(), "6 rows: 6 created" in terminal.text) == (0, True)
    kept = own_folder() / "templates" / "mine" / "mapping.toml"
    assert 'heading = "Bemerkung", path = "dynamicProperties.Hinweis"' in kept.read_text()


@pytest.mark.parametrize(("key", "status"), [("q", 2), ("\x03", 130)], ids=["q", "Ctrl-C"])
def test_a_correction_that_is_stopped_leaves_everything_as_it_was(rooms, key, status):
    terminal = _correcting("run", rooms)
    terminal.type("x" + key)
    assert terminal.end() == status
    assert not (own_folder() / "templates").exists()


def test_a_terminal_without_arrow_keys_asks_line_by_line(rooms):
    terminal = Terminal("template", "init", rooms, TERM="dumb")
    terminal.until("What now?")
    for line in ("c", "x=E", "a", "", "", "lines"):
        terminal.type(f"{line}\n")
    assert terminal.end() == 1  # the question stays open: each run is asked
    kept = own_folder() / "templates" / "lines" / "mapping.toml"
    assert 'ignored = ["Bemerkung"]' in kept.read_text()
    assert "6 of 6 rows can be sent." in terminal.text


def test_at_a_terminal_a_kept_mapping_asks_what_the_list_does_not_say(importer, rooms, home):
    importer("template", "init", rooms, "--keep", "rooms")
    terminal = Terminal("check", rooms)
    terminal.until("In which time zone is each building?")
    terminal.type("Europe/Berlin\n")
    assert (terminal.end(), "6 valid, 0 invalid" in terminal.text) == (0, True)


def test_rows_that_do_not_fit_are_shown_before_they_are_sent_and_their_column_left_out(write):
    head = "Gebäudebezeichnung;Gebäudenummer;Anschrift;Ort;Status\n"
    rows = (f"Haus {n};A{n};Weg {n};Köln;im Umlauf\n" for n in range(9))
    write("liegenschaften.csv", head + "".join(rows))
    terminal = Terminal("run", "liegenschaften.csv")
    terminal.until("Import it like that?")
    terminal.type("y\n")
    terminal.until("In which time zone is each building?")
    terminal.type("Europe/Berlin\n")
    terminal.until("What now?")
    assert "0 of 9 rows can be sent" in terminal.text
    terminal.type("l\n")
    terminal.until("Send it?")
    terminal.type("y\n")
    assert (terminal.end(), "9 rows: 9 created" in terminal.text) == (0, True)


@pytest.mark.parametrize("name", ["../rooms", "room list", "", "room-list", "-x"])
def test_a_name_that_a_mapping_cannot_have_is_refused(importer, rooms, name):
    result = importer("template", "init", rooms, f"--keep={name}")
    assert result.status == (1 if not name else 2)
    assert not (own_folder() / "templates").exists()


def test_kept_mappings_are_listed_with_the_folder_that_is_to_be_deleted(importer, rooms):
    importer("template", "init", rooms, "--keep", "rooms")
    folder = own_folder() / "templates" / "rooms"
    listed = importer("template", "list")
    assert f"Kept by you in {folder}; delete that folder to forget it." in listed.out
    found = json.loads(importer("template", "list", "--format", "json").out)["templates"]
    assert [one["template"] for one in found if one["kept"]] == ["rooms"]


def test_a_mapping_in_the_current_folder_is_named_and_never_taken_by_itself(importer, rooms):
    importer("template", "init", rooms, "-o", "mine")
    result = importer("check", rooms)
    assert result.status == 2
    assert "`importer run 'räume.csv' --template ./mine` uses it" in result.err


def _correcting(*args):
    """Return a terminal that shows the first page of a correction."""
    terminal = Terminal(*args)
    terminal.until("Import it like that?")
    terminal.type("c\n")
    terminal.until("stop")
    return terminal


def test_what_a_list_says_is_shown_escaped_in_a_question(write):
    """The default of a question comes from the list itself."""
    write("a\x1b[2J.csv", "Begriff;Definition;Notiz\nUmsatz;Was eingeht.;x\n")
    terminal = Terminal("check", "a\x1b[2J.csv")
    terminal.until("Import it like that?")
    terminal.type("y\n")
    terminal.until("Into which glossary?")
    terminal.type("G\n")
    terminal.end()
    assert "\x1b[2J" not in terminal.text


def test_a_kept_mapping_without_a_column_it_requires_leaves_the_list_to_others(
    importer, write, home
):
    write("all.csv", "Gebäude;Etage;Raum;Art;Plätze;Zeitzone\nA;1;1.01;Büro;4;Europe/Berlin\n")
    importer("template", "init", "all.csv", "--keep", "all")
    write("fewer.csv", "Raum;Etage;Gebäude;Plätze\nR1;1;A;10\n")
    result = importer("check", "fewer.csv")
    assert (result.status, "Template trebellar-portfolio" in result.out) == (0, True)


@pytest.mark.parametrize("text", ["\n\n", "\ufeff"], ids=["blank lines", "byte order mark"])
def test_a_file_without_rows_is_said_to_have_none(importer, write, text):
    write("list.csv", text)
    assert (
        "There is nothing to import: the sheet list has no rows."
        in importer("check", "list.csv").err
    )


def test_one_heading_that_is_known_in_another_language_is_not_said_to_be_unknown(importer, write):
    write("list.csv", "Begriff\n")
    assert "No sheet has enough headings that a template knows" in importer("check", "list.csv").err


def test_a_list_that_is_nearly_known_says_what_keeps_it_from_a_kind(importer, write):
    write("list.csv", "Gebäude;Etage;Raum;Art;Plätze;Zeitzone\nA;1;1.01;Büro;4;Europe/Berlin\n")
    error = importer("check", "list.csv").err
    assert "To be Rooms of room-list: `Art` is not known." in error
    assert "No template knows the headings" not in error


def test_the_command_that_accepts_a_proposal_keeps_answers_that_were_given(importer, rooms):
    error = importer("check", rooms, "--set", "time_zone=Asia/Tokyo").err
    assert "--set=time_zone=Asia/Tokyo" in error
