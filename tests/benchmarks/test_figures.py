"""Figures are judged by their bars, and a small run of the benchmarks measures what it should."""

import json

import pytest

from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks import growth
from tests.benchmarks.case import Case, Figure, Found
from tests.benchmarks.data import DESK_HEADINGS, TABLES
from tests.benchmarks.figures import less
from tests.benchmarks.growth import Grown
from tests.benchmarks.process import Failed, Usage, measured
from tests.benchmarks.table import as_json, markdown


def found(*turns, **bar):
    """A case of two sides, measured in turns of their CPU times."""
    case = Case("it", "It", {"ours": None, "theirs": None}, (less("ours", "theirs", **bar),))
    used = ({"ours": Usage(ours, 1, 1), "theirs": Usage(theirs, 1, 1)} for ours, theirs in turns)
    return Found(case, 100, list(used))


@pytest.mark.parametrize(
    ("bar", "verdict"),
    [
        ({"least": 4}, "met"),
        ({"least": 5}, "missed by 1.25x"),
        ({"most": 4}, "met"),
        ({"most": 2}, "missed by 2.00x"),
        ({}, ""),
    ],
)
def test_a_figure_is_the_median_of_the_ratios_of_its_turns_and_is_judged_by_its_bar(bar, verdict):
    (figure,) = found((1, 4), (1, 3), (2, 40), **bar).figures()
    assert (figure.lowest, figure.median, figure.highest) == (3, 4, 20)
    assert figure.verdict == verdict


def test_a_peer_that_is_not_installed_is_named():
    case = Case("it", "It", {}, (), needs=("json", "surely_no_such_package"))
    assert case.lacking == ["surely_no_such_package"]


@pytest.mark.parametrize(
    ("seconds", "verdict"), [(10.0, "met"), (40.0, "missed: exponent 1.60 > 1.05")]
)
def test_growth_is_judged_by_the_exponent_of_the_last_two_sizes(seconds, verdict):
    used = {1: Usage(9, 1, 1), 10: Usage(1, 1, 1), 100: Usage(seconds, 1, 1)}
    assert Grown("it", used).verdict == verdict


def test_memory_and_journal_are_judged_where_they_are_to_be_flat():
    used = {10: Usage(1, 100, 1), 100: Usage(10, 150, 1, {"journal": 50_000})}
    missed = "missed: memory 1.50 > 1.3, journal bytes a row 500.00 > 400"
    assert Grown("run-desks", used).verdict == missed
    assert Grown("a-chain", used).verdict == "met"


def test_a_program_that_ends_otherwise_than_it_should_is_not_measured(tmp_path):
    with pytest.raises(Failed, match="ended with 3"):
        measured(["sh", "-c", "exit 3"], tmp_path / "log")


def test_what_a_process_waited_for_counts_as_its_cpu_time(tmp_path):
    loop = "i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done"
    alone = measured(["sh", "-c", "exit 0"], tmp_path / "log")
    beside = measured(["sh", "-c", f"sh -c '{loop}'; exit 0"], tmp_path / "log")
    assert beside.cpu > alone.cpu


def test_the_same_size_gives_the_same_rows():
    for table in TABLES.values():
        assert list(table(20)) == list(table(20))
    assert {len(row) for row in TABLES["desks.csv"](20)} == {len(DESK_HEADINGS)} == {12}


@pytest.mark.slow(8)
def test_a_small_run_measures_an_import_and_prints_its_figures(tmp_path, capsys):
    """The limits are generous: it is no test of speed."""
    place = ["--cache", str(tmp_path), "--json", str(tmp_path / "found.json")]
    assert benchmarks.main(["check-xlsx", "import-desks", "--small", *place]) == 0
    printed = capsys.readouterr().out
    kept = json.loads((tmp_path / "found.json").read_text())
    cases = kept["cases"]
    assert [case["case"] for case in cases] == ["check-xlsx", "import-desks"]
    for figure in (figure for case in cases for figure in case["figures"]):
        assert figure["what"] in printed
        assert figure["what"] in "".join(markdown([kept]))
        assert figure["median"] > 0
    run = cases[1]["turns"][0]["run"]
    assert run["counts"]["entities"] == benchmarks.SMALL + 20 + 200
    assert run["memory"] < 1_000


def test_of_a_case_that_was_measured_twice_the_table_has_what_is_in_the_last_file():
    old, new = (json.loads(as_json([found((1, ratio), least=4)])) for ratio in (3, 9))
    row = "| It: CPU of theirs / ours | 100 | 9.00x | 9.00 to 9.00 | >= 4.00x | met |"
    assert "".join(markdown([old, new])).splitlines()[4:] == [row]


def test_a_name_that_no_case_has_ends_in_a_sentence(tmp_path, capsys):
    assert benchmarks.main(["check-xslx", "--small", "--cache", str(tmp_path)]) == 2
    assert "No such case: check-xslx" in capsys.readouterr().err


@pytest.mark.slow(3)
def test_small_growth_prints_a_row_for_each_case(tmp_path, capsys):
    place = ["--cache", str(tmp_path), "--json", str(tmp_path / "growth.json")]
    assert growth.main(["one-misspelt-parent", "--sizes", "10,20", *place]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("| one-misspelt-parent | ")


def test_all_figures_have_one_bar_at_most():
    figures = [figure for case in benchmarks.CASES for figure in case.figures]
    assert not [one for one in figures if one.most is not None and one.least is not None]
    assert all(isinstance(one, Figure) for one in figures)
