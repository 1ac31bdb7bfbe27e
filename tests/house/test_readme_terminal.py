"""What README shows of a terminal is what a terminal shows."""

import re
import shutil

import pytest

from importer.cli.correcting.correction import Correction
from importer.pipeline.propose import read_lists
from importer.spreadsheet import TextForm
from tests.cli.correcting.build import begun
from tests.cli.terminal import Terminal
from tests.house.reference import README, ROOT

LIST = ROOT / "data" / "readme" / "raumliste.csv"
WIDTH, HEIGHT = 110, 24


def marked(name: str) -> list[str]:
    """The lines of README's block of text with a mark."""
    found = re.search(rf"<!-- {name} -->\n```text\n(.+?)```", README.read_text("utf-8"), re.S)
    return found[1].splitlines()


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    """A folder that holds the list, and state and settings of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    shutil.copy(LIST, tmp_path)


@pytest.mark.slow(2)
@pytest.mark.usefixtures("at_home")
def test_an_unknown_list_goes_from_its_file_into_the_sandbox_as_is_shown():
    """Every line of the dialogue comes, in that order; only breaks of lines differ."""
    command, *dialogue = marked("dialogue")
    terminal = Terminal(*command.split()[2:])
    for prompt, answer in (("correct it): ", ""), ("[Europe/Berlin]: ", ""), ("[y/N]: ", "y")):
        terminal.until(prompt)
        terminal.type(f"{answer}\n")
    assert terminal.end() == 0
    printed = " ".join(terminal.text.split())
    places = [printed.find(" ".join(line.split())) for line in dialogue]
    assert -1 not in places, dialogue[places.index(-1)]
    assert places == sorted(places)


def test_the_page_for_corrections_is_what_is_shown():
    lists = read_lists([LIST], TextForm())
    page = begun(Correction(lists, lists.propose()))
    lines = ["".join(piece.text for piece in one) for one in page.lines(WIDTH, HEIGHT)]
    assert [line.rstrip() for line in lines] == marked("page")
