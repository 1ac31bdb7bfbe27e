"""Sections that name a floor or a building are proposed for the level that has no column."""

import pytest

from importer.options import Options
from importer.pipeline.check import check
from importer.pipeline.propose import propose_files
from importer.pipeline.write_mapping import write_mappings
from importer.proposal.proposal import Sections
from importer.spreadsheet import TextForm
from importer.template import load

HEAD = "Gebäude;Raum-Nr.;Bezeichnung;Sitzplätze"
GROUND = ["Erdgeschoss;;;", "A;001;Büro;2", "A;002;Lager;1"]
FIRST = ["1. OG;;;", "A;101;Labor;3", "A;102;Saal;8"]


@pytest.fixture
def proposed(tmp_path):
    """What is proposed for a list of these lines, and where it stands."""

    def of(*lines):
        path = tmp_path / "Raumliste.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        found = propose_files([path], TextForm())
        return found.sheets[0], found, path

    return of


def test_sections_that_are_floors_are_the_floor_of_the_rows_below(proposed, tmp_path):
    sheet, found, path = proposed(HEAD, *GROUND, *FIRST, "Stand: Oktober;;;")
    assert sheet.sections == Sections("Floor", "A", frozenset({2, 5}))
    assert [one.reason for one in sheet.skipped] == [
        "a section: its text is the Floor of the rows below",
        "a section: its text is the Floor of the rows below",
        "a single cell is filled: a section or a note",
    ]
    assert [ask.name for ask in sheet.asks] == ["time_zone"]
    [folder] = write_mappings("made", found, tmp_path / "made")
    [rule] = load(folder).sheets
    assert rule.columns["Floor"].in_sections
    options = Options(template=str(folder), answers=(("time_zone", "Europe/Berlin"),))
    counts = check([path], options).counts
    assert (counts.rows, counts.invalid, counts.skipped) == (7, 0, 3)


@pytest.mark.parametrize(
    "lines",
    [
        (HEAD, *GROUND, "A;101;Labor;3"),
        (HEAD, GROUND[1], *GROUND, *FIRST),
        (HEAD, "Kardiologie;;;", *GROUND[1:], "Chirurgie;;;", *FIRST[1:]),
        (f"{HEAD};Geschoss", *(f"{line};EG" if ";A" in f";{line}" else line for line in GROUND)),
        (HEAD, "Erdgeschoss;;;", "1. OG;;;", *GROUND[1:], *FIRST[1:]),
    ],
    ids=["one alone", "a row above them", "other words", "a column of its own", "none below"],
)
def test_other_rows_with_one_cell_are_left_out_as_before(proposed, lines):
    sheet = proposed(*lines)[0]
    assert sheet.sections is None
    assert sheet.skipped


def test_a_word_before_a_dash_tells_and_a_column_of_something_else_takes_nothing(proposed):
    """`Floor` is there what lies on the floor."""
    head = "No.;Name;Floor;Wall;Bed spaces"
    ground = [
        "LEVEL 1 - DAY SURGERY;;;;",
        "D1;Recovery bay;Vinyl;Paint;6",
        "D2;Scrub;Carpet;Tiles;2",
    ]
    first = ["LEVEL 2 - WARD;;;;", "D3;Ward;Vinyl;Paint;4", "D4;Office;Carpet;Paint;2"]
    sheet, found, path = proposed("Room;;Finishes;;Bed", head, *ground, *first)
    assert (sheet.sections.field, sheet.sections.rows) == ("Floor", {3, 6})
    [folder] = write_mappings("made", found, path.parent / "made")
    options = Options(template=str(folder), answers=(("building", "HQ"),))
    assert check([path], options).counts.skipped == 2
