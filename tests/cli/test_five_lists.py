"""Lists as people have them get in from `importer run LIST` at a terminal, unedited."""

from pathlib import Path
from shutil import copy

import pytest

from tests.cli.terminal import Terminal

SEEN = Path(__file__).parents[1] / "lists" / "seen"
ZONE = "In which time zone is each building?"
GLOSSARY = "Into which glossary?"

LISTS = [
    ("acronimi.csv", [(GLOSSARY, "")], "13 rows: 13 created"),
    ("gegevensdomeinen.csv", [(GLOSSARY, "Domeinen")], "17 rows: 17 created"),
    ("export_salles_reservation.csv", [(ZONE, "")], "335 rows: 335 created"),
    ("BI data dictionary.xlsx", [(GLOSSARY, "")], "13 rows: 12 created, 1 skipped"),
    (
        "Centrally Bookable Rooms 2025-26 v3 FINAL.xlsx",
        [(ZONE, "Europe/London")],
        "84 rows: 81 created, 3 skipped",
    ),
]
"""A list, the questions that had to be asked with their answers, and what became of its rows."""


@pytest.mark.slow(3)
@pytest.mark.parametrize(("name", "asked", "outcome"), LISTS, ids=[name for name, *_ in LISTS])
def test_a_list_gets_in_with_only_the_questions_that_had_to_be_asked(home, name, asked, outcome):
    copy(SEEN / name, name)
    terminal = Terminal("run", name)
    for question, answer in [("Import it like that?", ""), *asked, ("Send it?", "y")]:
        terminal.until(question)
        terminal.type(f"{answer}\n")
    assert (terminal.end(), outcome in terminal.text) == (0, True), terminal.text
