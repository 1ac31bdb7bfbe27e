"""A list in our own words whose rows stand in what exists nowhere: one command makes that too."""

import json
import shlex

import pytest

from tests.cli.terminal import Terminal

SPACES = "Building,Floor,Space,Capacity\n" + "".join(
    f"House {'A' if n < 5 else 'B'},{n % 2},{n % 2}.{n:02},{n + 2}\n" for n in range(10)
)
BUILDINGS = "Building,Timezone\nHouse {},Europe/Berlin\n"
DOES = "keeps a mapping that does"


def planned(importer, name):
    """Return the status and the messages of a plan."""
    found = importer("plan", name, "--target", "sandbox", "--format", "json")
    return found.status, [one["message"] for one in json.loads(found.out)["findings"]]


@pytest.fixture
def spaces(write, home):
    write("my spaces.csv", SPACES)
    return "my spaces.csv"


def test_the_message_names_the_command_that_makes_it_and_the_command_works(importer, spaces):
    status, messages = planned(importer, spaces)
    assert status == 1
    words = messages[0].split("`")
    assert words[-4:-2] == [
        "importer template init 'my spaces.csv' --keep my-spaces",
        f" {DOES}: then give the same command again with ",
    ]
    assert words[-2] == "--template my-spaces --set=time_zone=..."
    importer(*shlex.split(words[-4])[1:])
    flags = shlex.split(words[-2].replace("...", "Europe/Berlin"))
    result = importer("run", spaces, *flags, "--yes", "--format", "json")
    assert json.loads(result.out)["counts"]["created"] == 10


@pytest.mark.parametrize("name", ["A", "B"])
def test_a_list_of_which_some_rows_can_be_sent_keeps_its_errors(importer, write, spaces, name):
    write("buildings.csv", BUILDINGS.format(name))
    importer("run", "buildings.csv", "--yes")
    write("floors.csv", f"Building,Floor\nHouse {name},0\nHouse {name},1\n")
    importer("run", "floors.csv", "--yes")
    status, messages = planned(importer, spaces)
    assert (status, any(DOES in one for one in messages)) == (1, False)


def test_a_name_that_is_like_one_that_exists_is_to_be_corrected(importer, write, home):
    write("buildings.csv", BUILDINGS.format("North"))
    importer("run", "buildings.csv", "--yes")
    write("spaces.csv", "Building,Floor,Space\nHouse Nroth,1,1.01\nHouse Nroth,1,1.02\n")
    status, messages = planned(importer, "spaces.csv")
    assert status == 1
    assert any("Did you mean House North?" in one for one in messages)
    assert not any(DOES in one for one in messages)


@pytest.mark.parametrize(("heading", "offered"), [("Removed from", False), ("Key number", True)])
def test_only_a_column_that_the_template_knows_must_not_be_lost(
    importer, write, home, heading, offered
):
    write("spaces.csv", SPACES.replace("\n", ",\n").replace(",\n", f",{heading}\n", 1))
    _, messages = planned(importer, "spaces.csv")
    assert any("There is no building" in one for one in messages)
    assert any(DOES in one for one in messages) == offered


def test_at_a_terminal_the_same_run_makes_what_is_missing_where_that_is_wished(spaces):
    terminal = Terminal("run", spaces)
    terminal.until("Is this list to make what its rows stand in as well?")
    terminal.until("Import it like that?")
    terminal.type("y\n")
    terminal.until("In which time zone is each building?")
    terminal.type("Europe/Berlin\n")
    terminal.until("Send it?")
    terminal.type("y\n")
    assert terminal.end() == 0
    assert "10 spaces, 2 buildings, 4 floors created" in terminal.text


def test_where_it_is_not_wished_the_run_ends_with_its_own_errors(spaces):
    terminal = Terminal("run", spaces)
    terminal.until("Import it like that?")
    terminal.type("n\n")
    assert terminal.end() == 1
