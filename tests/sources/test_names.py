"""Names at a source: none leads out of a folder, none is lost, and globs mean what they say."""

from itertools import islice

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from importer.errors import UsageError
from importer.sources.glob import Glob
from importer.sources.names import MAX_BYTES, candidates, harmless, is_file_for_us


@given(st.text())
@example("..")
@example("a/../..")
@example("a\\..\\b.xlsx")
@example("\ud800.xlsx")
@example("é" * 300 + ".xlsx")
@example("a." + "b" * 300)
def test_a_harmless_name_is_one_part_of_a_path_and_not_too_long(name):
    safe = harmless(name)
    assert safe not in {"", ".", ".."}
    assert not set(safe) & set('/\\\0\n\r:*?"<>|')
    assert len(safe.encode()) <= MAX_BYTES


@pytest.mark.parametrize("name", ["a b.xlsx", "Lär#1%20[x].xlsx", "100 %.csv", "a'b & c.xlsx"])
def test_a_usual_name_stays_as_it_is(name):
    assert harmless(name) == name


@given(st.text(min_size=1))
def test_numbers_are_added_before_the_file_extension_and_no_name_comes_twice(name):
    names = list(islice(candidates(harmless(name)), 20))
    assert len(set(names)) == 20


def test_a_number_stands_before_the_file_extension():
    assert list(islice(candidates("a.b.xlsx"), 3)) == ["a.b.xlsx", "a.b (2).xlsx", "a.b (3).xlsx"]


@pytest.mark.parametrize(
    ("path", "folder", "means", "not_"),
    [
        ("in/*.xlsx", "in", ["a.xlsx", "B.XLSX"], ["x/a.xlsx", "a.csv"]),
        ("in/", "in", ["a.xlsx", "b.csv"], ["a.pdf", "x/a.csv", "README"]),
        ("in/a.xlsx", "in", ["a.xlsx"], ["b.xlsx"]),
        ("/in/**/x*.csv", "/in", ["x.csv", "b/c/x1.csv"], ["b/y.csv"]),
        ("in/**", "in", ["a.xlsx", "b/c/d.csv"], [".a", "b/.c/d"]),
        ("in/2026-*/a?.xlsx", "in", ["2026-11/a1.xlsx"], ["2025-11/a1.xlsx", "2026-11/x/a1.xlsx"]),
        ("*.xlsx", "", ["a.xlsx"], ["x/a.xlsx"]),
        ("/*.xlsx", "/", ["a.xlsx"], ["x/a.xlsx"]),
        ("in/Glossa*.xlsx", "in", ["glossär.xlsx".replace("är", "ary")], ["gloss.xlsx"]),
        ("in/lärm*", "in", ["la\u0308rm.csv"], []),
    ],
)
def test_a_glob_means_what_it_says(path, folder, means, not_):
    glob = Glob.of(path)
    assert glob.folder == folder
    assert [name for name in (*means, *not_) if glob.matches(name)] == means


def test_two_signs_for_any_depth_are_refused():
    with pytest.raises(UsageError, match="more than once"):
        Glob.of("**/a/**/*.xlsx")


@pytest.mark.parametrize(
    ("glob", "folder", "place"),
    [
        ("/srv/in/*.xlsx", "reports/", "/srv/reports"),
        ("/srv/in/*.xlsx", "/else/where/", "/else/where"),
        ("/srv/in/*.xlsx", "in/reports", "/srv/in/reports"),
        ("/srv/in/*.xlsx", "", "/srv/in"),
        ("/*.xlsx", "reports", "/reports"),
        ("*.xlsx", "reports", "reports"),
    ],
)
def test_a_folder_stands_beside_that_of_the_source(glob, folder, place):
    assert Glob.of(glob).beside(folder) == place


@pytest.mark.parametrize("name", ["a.xlsx", "a.results.xlsx", "x/y.csv", "a (2).xlsx", "undo.csv"])
def test_a_list_is_a_file_for_us(name):
    assert is_file_for_us(name)


@pytest.mark.parametrize(
    "name",
    ["", " ", ".x", "~$x.xlsx", "x.PART", "x.xlsx.crdownload", "Thumbs.db", ".git/a.xlsx",
     "a.result.xlsx", "a.undo.csv", "x/a.result (2).xlsx"],
)  # fmt: skip
def test_what_is_hidden_unfinished_or_a_report_is_none(name):
    assert not is_file_for_us(name)
