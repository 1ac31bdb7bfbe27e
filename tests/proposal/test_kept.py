"""Rows that would be left out, and words that would be blank, are kept where a person says so."""

from __future__ import annotations

import pytest

from importer.options import Options
from importer.pipeline.check import check
from importer.pipeline.propose import read_lists
from importer.pipeline.write_mapping import write_mappings
from importer.proposal import propose
from importer.proposal.chosen import Choice
from importer.spreadsheet import TextForm
from tests.proposal.build import sheet, templates

HEADINGS = ("Building", "Floor", "Room", "Seats")
ROOMS = [("A", "1", f"R{at}", "4") for at in range(4)]


def proposed(*rows, **said):
    chosen = {("list.xlsx", "Sheet1"): Choice(**said)}
    (found,) = propose([sheet(HEADINGS, *rows)], templates(), chosen).sheets
    return found


def test_a_row_that_was_kept_is_left_out_no_longer_and_stays_known():
    total = ("Total", "", "", "16")
    assert [one.row for one in proposed(*ROOMS, total).skipped] == [6]
    found = proposed(*ROOMS, total, kept_rows=frozenset({6}))
    assert (found.skipped, [one.row for one in found.kept_rows]) == ((), [6])


def test_a_word_that_was_kept_is_blank_no_longer_in_any_case():
    rows = [*ROOMS, ("A", "1", "N/A", "-")]
    found = proposed(*rows, kept_words=frozenset({"n/a"}))
    assert (found.blanks, found.kept_words) == (("-",), ("N/A",))


def test_a_row_of_words_for_blank_is_data_with_the_word_and_the_word_with_the_row():
    rows = [*ROOMS, ("n/a", "", "n/a", "")]
    by_word = proposed(*rows, kept_words=frozenset({"n/a"}))
    by_row = proposed(*rows, kept_rows=frozenset({6}))
    assert [(one.skipped, one.blanks) for one in (by_word, by_row)] == [((), ())] * 2


def test_the_number_of_a_row_above_the_headings_keeps_nothing():
    rows = [("Rooms of North House",), HEADINGS, *ROOMS]
    chosen = {("list.xlsx", "Sheet1"): Choice(kept_rows=frozenset({1}))}
    (found,) = propose([sheet(*rows)], templates(), chosen).sheets
    assert [one.row for one in found.skipped] == [1]


HEAD = "Begriff;Definition;Kommentar\n"


def skipped(folder, text, **said):
    """How many rows the mapping leaves out, and how many are valid."""
    path = folder / "Begriffe.csv"
    path.write_text(text, encoding="utf-8")
    lists = read_lists([path], TextForm())
    found = lists.propose({lists.sheets[0].key: Choice(kind="term", **said)})
    [made] = write_mappings("made", found, folder / "made")
    counts = check([path], Options(template=str(made), answers=(("glossary", "G"),))).counts
    return counts.skipped, counts.valid


@pytest.mark.parametrize(
    ("odd", "kept", "counts"),
    [
        (("Abschnitt A;;", "Abschnitt B;;"), {4}, (1, 7)),
        (("Summe;;12", "Summe aller Werte;;9"), {4}, (1, 7)),
        (("Summe;;12", "Summe;;9"), {4}, (1, 7)),
        (("Hinweis;;", "Hinweis;;"), {8}, (1, 7)),
        (("Abschnitt A;;", "Abschnitt B;;"), {4, 8}, (0, 8)),
    ],
    ids=["a note", "another total", "the same total", "the same note", "both"],
)
def test_the_mapping_imports_the_row_that_was_kept_and_leaves_out_the_other(
    tmp_path, odd, kept, counts
):
    rows = [f"Wort {n};Was es {n} heißt.;Hinweis {n}\n" for n in range(6)]
    one, other = odd
    text = "".join([HEAD, *rows[:2], f"{one}\n", *rows[2:5], f"{other}\n", *rows[5:]])
    assert skipped(tmp_path, text, kept_rows=frozenset(kept)) == counts


def test_the_mapping_reads_the_word_that_was_kept(tmp_path):
    rows = "".join(f"Wort {n};Was es {n} heißt.;-\n" for n in range(4))
    text = f"{HEAD}{rows}-;Ein Strich.;x\n"
    assert skipped(tmp_path, text)[1] == 4
    (tmp_path / "made" / "mapping.toml").unlink()
    assert skipped(tmp_path, text, kept_words=frozenset({"-"}))[1] == 5
