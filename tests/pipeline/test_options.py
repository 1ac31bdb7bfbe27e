"""The options of a run change how files are recognised, checked and sent."""

import pytest

from importer.errors import UsageError
from importer.model import Severity
from importer.options import Options
from importer.pipeline.check import check
from importer.read.workbook import WorkbookSheet
from tests.pipeline.bench import glossary, term

SHEETS = {"Glossaries": [glossary()], "Terms": [term("A"), term("B")]}


def test_only_the_sheet_named_is_imported(bench):
    result = bench.glossary(SHEETS, only=("Glossaries",))
    assert bench.statuses(result) == {"Glossaries": ["created"]}


def test_a_sheet_of_any_name_follows_the_rule_given(bench):
    """--sheet NAME=KIND, where neither name nor place decides."""
    bench.glossary({"Glossaries": [glossary()]})
    result = bench.glossary(
        {"Our words": SHEETS["Terms"], "Notes": [{"x": 1}]}, only=("Our words=Terms",)
    )
    assert bench.statuses(result) == {"Our words": ["created", "created"]}


@pytest.mark.parametrize(
    ("only", "words"),
    [
        ("Trems", "no sheet called Trems; there are: Glossaries, Terms"),
        ("Terms=Trem", "called Trem"),
    ],
)
def test_an_unknown_sheet_or_rule_is_a_usage_error(bench, only, words):
    with pytest.raises(UsageError, match=words):
        bench.glossary(SHEETS, only=(only,))
    assert bench.journal.runs() == []


ODD = {"Glossaries": [glossary()], "Terms": [term("A", Colour="red"), term("B")]}


def test_a_warning_excludes_no_row(bench):
    """An unknown heading is a finding on its cell; its rows are imported."""
    result = bench.glossary(ODD)
    [found] = [one for one in result.findings if one.severity is Severity.WARNING]
    assert (found.code, found.place.cell) == ("unknown_heading", "C1")
    assert (result.counts, result.exit_status) == ({"created": 3}, 0)


def test_strictly_a_warning_is_an_error(bench):
    """A heading in error is every row of its sheet; other sheets go on."""
    result = bench.glossary(ODD, strict=True)
    assert {one.severity for one in result.findings} == {Severity.ERROR}
    assert bench.statuses(result)["Glossaries"] == ["created"]
    assert bench.statuses(result)["Terms"] == ["invalid", "invalid"]
    assert result.exit_status == 1


def test_several_files_are_one_run_in_any_order(bench):
    """Terms before their glossary; a sheet of each file is known by its headings."""
    terms = bench.text("words.csv", SHEETS["Terms"])
    glossaries = bench.text("books.csv", [glossary(Language="English")])
    result = bench.run(terms, glossaries, template="atlan-glossary")
    assert bench.statuses(result) == {"words": ["created", "created"], "books": ["created"]}
    assert [file.name for file in bench.journal.run(result.run).spec.files] == [
        "words.csv",
        "books.csv",
    ]


def test_one_name_in_two_files_is_found_twice(bench):
    """Both places are named, neither is sent."""
    files = [bench.text(name, [term("A")]) for name in ("one.csv", "two.csv")]
    bench.glossary({"Glossaries": [glossary()]})
    result = bench.run(*files, template="atlan-glossary")
    assert [one.code for one in result.findings] == ["duplicate_key"] * 2
    assert {one.place.file for one in result.findings} == {"one.csv", "two.csv"}
    assert result.counts == {"invalid": 2}


def test_a_check_without_a_target_only_warns_of_missing_references(bench):
    """A glossary that is in no file is a warning; with a target it is found, or an error."""
    book = bench.book({"Terms": [term("A")]})
    options = Options(template="atlan-glossary")
    alone = check([book], options)
    assert [one.severity for one in alone.findings] == [Severity.WARNING]
    assert (alone.ok, alone.exit_status) == (True, 0)
    asked = check([book], options, bench.connect)
    assert [one.severity for one in asked.findings] == [Severity.ERROR]
    bench.glossary({"Glossaries": [glossary()]})
    assert check([book], options, bench.connect).findings == []


def test_a_check_sends_and_writes_nothing(bench):
    book = bench.book(SHEETS)
    before = set(bench.folder.iterdir())
    bench.silent(lambda: check([book], Options(template="atlan-glossary"), bench.connect))
    assert set(bench.folder.iterdir()) == before
    assert bench.journal.runs() == []


def test_a_format_that_hides_errors_in_cells_is_a_finding(bench, monkeypatch):
    """As in an .xls: what looks blank may have been a formula that failed."""
    monkeypatch.setattr(WorkbookSheet, "shows_errors", False)
    result = bench.glossary({"Glossaries": [glossary()]})
    [found] = result.findings
    assert (found.code, found.severity) == ("unseen_errors", Severity.INFO)
    assert bench.statuses(result) == {"Glossaries": ["created"]}


def test_hidden_columns_that_are_imported_are_said_once(bench, monkeypatch):
    monkeypatch.setattr(WorkbookSheet, "hidden_columns", [(1, 2), (30, 16384)])
    result = bench.glossary({"Glossaries": [glossary(Description="x")]})
    [found] = result.findings
    assert (found.code, found.severity) == ("hidden_columns", Severity.INFO)
    assert found.message == (
        "The hidden columns `Glossary`, `Description` are imported like the others."
    )
