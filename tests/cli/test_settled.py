"""What a mapping answers once is answered at a terminal, or with --set."""

import json
import shlex
from pathlib import Path

import pytest

from importer.allowed import own_folder
from tests.cli.terminal import Terminal

SITES = """Building;Timezone;Opened on;Valid from
North;Europe/London;x;03/04/2025
South;Europe/London;y;05/06/2025
"""
ROOMS = """Room,Floor,Seats,Use
Kingsway,,,
R1,1,4,Office
Cardiology,,,
S1,1,4,Office
S2,2,6,Lab
"""


@pytest.fixture
def sites(write, home):
    write("sites.csv", SITES)
    return "sites.csv"


@pytest.fixture
def rooms(write, home):
    write("rooms.csv", ROOMS)
    return "rooms.csv"


def test_an_answer_closes_the_question_and_stands_in_the_mapping(importer, sites):
    assert importer("template", "init", sites).status == 1
    result = importer("template", "init", sites, "-o", "mine", "--set", "date_order=Month")
    assert "answered: Day or month first in `Valid from`? month" in result.out
    assert result.status == 0
    checked = importer("check", sites, "--template", "mine", "--format", "json")
    assert json.loads(checked.out)["counts"]["valid"] == 2


def test_a_question_says_how_it_is_answered_and_its_json_has_the_answers(importer, sites):
    shown = importer("template", "init", sites).out
    assert "(day?) `--set date_order=...` answers it." in shown
    found = json.loads(importer("template", "init", sites, "--format", "json").out)
    assert found["sheets"][0]["asks"] == [
        {
            "name": "date_order",
            "question": "Day or month first in `Valid from`?",
            "default": "day",
            "choices": ["day", "month"],
        }
    ]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("date_order=year", "`year` is no answer here; there are: day, month."),
        ("time_zone=Asia/Tokyo", "that is asked at each run, and the mapping does not hold it"),
        ("colour=red", "the proposal does not ask for colour. It asks for `date_order`."),
    ],
)
def test_an_answer_that_nothing_takes_is_refused_with_the_way_out(importer, sites, answer, words):
    result = importer("template", "init", sites, "-o", "mine", "--set", answer)
    assert (result.status, words in result.err) == (2, True)


def test_the_command_that_accepts_a_proposal_gives_each_answer_to_what_asks_for_it(importer, rooms):
    result = importer("run", rooms, "--set", "time_zone=Asia/Tokyo", "--format", "json")
    first, second = json.loads(result.out)["command"].split("; ")
    assert first.endswith("--keep rooms --set=sections=Building")
    assert importer(*shlex.split(first)[1:]).status == 1
    assert importer(*shlex.split(second)[1:]).status == 0


def test_answers_for_mapping_and_run_may_be_given_together(importer, rooms):
    flags = ("--set", "time_zone=Asia/Tokyo", "--set", "sections=building")
    command = json.loads(importer("check", rooms, *flags, "--format", "json").out)["command"]
    first, second = command.split("; ")
    assert second == "importer run rooms.csv --template rooms --set=time_zone=Asia/Tokyo"
    importer(*shlex.split(first)[1:])
    counts = json.loads(importer(*shlex.split(second)[1:], "--format", "json").out)["counts"]
    assert counts["created"] == 3


def test_at_a_terminal_a_proposal_that_is_taken_asks_with_the_answers_that_there_are(rooms):
    terminal = Terminal("check", rooms)
    terminal.until("Import it like that?")
    terminal.type("y\n")
    terminal.until("(Building, nothing) [Building]:")
    terminal.type("street\n")
    terminal.until("`street` is no answer here")
    terminal.type("\n")
    terminal.until("In which time zone is each building?:")
    terminal.type("Europe/London\n")
    assert (terminal.end(), "4 valid, 0 invalid" in terminal.text) == (0, False)
    assert "3 valid, 0 invalid, 2 skipped" in terminal.text


def test_a_mapping_that_is_kept_as_it_is_asks_first_what_it_is_to_hold(sites):
    terminal = Terminal("template", "init", sites)
    terminal.until("What now?")
    terminal.type("k\n")
    terminal.until("Day or month first in `Valid from`? (day, month) [day]:")
    terminal.type("month\n")
    assert terminal.end() == 0
    kept = own_folder() / "templates" / "sites" / "mapping.toml"
    assert '"%m/%d/%Y"' in kept.read_text()


def test_a_row_is_kept_on_a_terminal_without_arrow_keys(write, home):
    rows = "".join(f"Wort {n};Was es {n} heißt.;Hinweis {n}\n" for n in range(4))
    write("begriffe.csv", f"Begriff;Definition;Kommentar\n{rows}Anhang;;\n")
    terminal = Terminal("template", "init", "begriffe.csv", TERM="dumb")
    terminal.until("What now?")
    for line in ("c", "r", "1", "", "a", "G", "", ""):
        terminal.type(f"{line}\n")
    assert terminal.end() == 1  # each run is asked for the glossary
    assert "5 of 5 rows can be sent." in terminal.text
    kept = own_folder() / "templates" / "begriffe" / "mapping.toml"
    assert "skip = " not in kept.read_text()


ASCII_HEADS = "Building;Floor;Room;Seats\nNörd;1;Rä1;4\nNörd;1;Rü2;4\n"


def test_how_a_text_file_is_written_stands_in_the_mapping_only_where_it_was_declared(
    importer, home
):
    with open("rooms.csv", "wb") as file:
        file.write(ASCII_HEADS.encode("cp1252"))
    guessed = importer("template", "init", "rooms.csv", "-o", "guessed").out
    assert "semicolon, LF. That is guessed anew for each file; --encoding and" in guessed
    flags = ("--encoding", "windows-1252", "--delimiter", ";")
    declared = importer("template", "init", "rooms.csv", "-o", "declared", *flags).out
    assert "guessed anew" not in declared
    texts = {name: _mapping(name) for name in ("guessed", "declared")}
    assert "encoding" not in texts["guessed"]
    assert 'encoding = "windows-1252"\ndelimiter = ";"\n' in texts["declared"]


def test_a_declared_encoding_does_no_harm_to_a_next_file_that_proves_another(importer, write, home):
    with open("rooms.csv", "wb") as file:
        file.write(ASCII_HEADS.encode("cp1252"))
    importer("template", "init", "rooms.csv", "-o", "mine", "--encoding", "windows-1252")
    write("rooms.csv", ASCII_HEADS)
    answer = ("--set", "time_zone=Europe/Berlin")
    result = importer("run", "rooms.csv", "--template", "mine", *answer, "--format", "json")
    assert json.loads(result.out)["counts"]["created"] == 2
    assert "The file is UTF-8, as its bytes prove" in result.out


def test_files_for_two_systems_are_written_each_into_a_folder(importer, write, rooms):
    write("terms.csv", "Term,Definition,Note\nNet,What stays.,x\nGross,What comes.,x\n")
    refused = importer("template", "init", rooms, "terms.csv", "--keep", "both")
    assert (refused.status, "or write them all with `-o DIR`" in refused.err) == (2, True)
    importer("template", "init", rooms, "terms.csv", "-o", "both")
    assert 'ignore_sheets = ["terms"]' in _mapping("both/trebellar-portfolio")
    assert 'ignore_sheets = ["rooms"]' in _mapping("both/atlan-glossary")


def _mapping(folder):
    return Path(folder, "mapping.toml").read_text("utf-8")


def test_an_answer_that_nothing_asks_for_is_told_what_each_run_asks(importer, write, home):
    """A list of terms of which the dates are left out asks only for its glossary, at each run."""
    write("terms.csv", "Business term,Meaning\nChurn,Loss of customers\nARR,Yearly revenue\n")
    error = importer("template", "init", "terms.csv", "--set", "date_order=dmy").err
    assert "It asks for nothing that a mapping keeps." in error
    assert "`glossary` is answered at `importer run`." in error
