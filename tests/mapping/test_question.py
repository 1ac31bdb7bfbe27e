"""A question names what a sheet may be, the evidence for it, and the flags that answer it."""

from __future__ import annotations

import shlex

import openpyxl
import pytest

from importer.errors import UsageError
from importer.mapping.recognition.question import Undecided
from importer.model import Severity
from importer.options import Options
from importer.pipeline.steps.intake import NullSink
from importer.pipeline.steps.opening import open_intake


def csv_file(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def workbook(path, hidden=(), **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def asked(*files, **how):
    with pytest.raises(Undecided) as raised:
        open_intake(list(files), Options(**how))
    return raised.value


def flags(error):
    """The flags of each line that offers an answer."""
    lines = [line for line in str(error).splitlines() if line.startswith("- ")]
    return [shlex.split(line[line.index("--template") :]) for line in lines]


def answer(files, words):
    template = words[words.index("--template") + 1]
    only = [words[at + 1] for at, word in enumerate(words) if word == "--sheet"]
    return open_intake(files, Options(template=template, only=only))


def test_every_answer_that_a_question_offers_is_taken(tmp_path):
    """The names are quoted for a shell."""
    path = csv_file(tmp_path, "my list's a=b.csv", "Glossary,Name,Description\nLedger,a,b\n")
    error = asked(path)
    kinds = [answer([path], words).sheets[0].rule.name for words in flags(error)]
    assert kinds == ["Categories", "Terms", "glossary"]
    assert error.exit_status == 2
    assert error.code == "undecided"


def test_a_question_says_what_fits_and_what_is_missing(tmp_path):
    path = csv_file(tmp_path, "x.csv", "Name,Category,Colour\na,b,c\n")
    words = "Terms of atlan-glossary (Name, Category fit; it lacks Glossary)"
    assert words in str(asked(path))


def test_an_answer_keeps_the_sheets_that_are_certain(tmp_path):
    path = workbook(
        tmp_path / "book.xlsx",
        Terms=[["Glossary", "Term"], ["Ledger", "Cash"]],
        My_list=[["Glossary", "Name", "Description"], ["Ledger", "a", "b"]],
    )
    error = asked(path)
    assert "To leave it out, name only the other sheets: --sheet Terms." in str(error)
    intake = answer([path], next(words for words in flags(error) if "My list=Terms" in words))
    assert [(s.name, s.rule.name) for s in intake.sheets] == [
        ("Terms", "Terms"),
        ("My list", "Terms"),
    ]


def test_all_sheets_in_question_are_asked_about_at_once(tmp_path):
    first = csv_file(tmp_path, "a.csv", "Glossary,Name,Description\nLedger,a,b\n")
    second = csv_file(tmp_path, "b.csv", "Name,Definition\na,b\n")
    error = asked(first, second, template="atlan-glossary")
    assert [question.look.name for question in error.questions] == ["a", "b"]
    both = open_intake(
        [first, second], Options(template="atlan-glossary", only=("a=Terms", "b=Glossaries"))
    )
    assert [s.rule.name for s in both.sheets] == ["Terms", "Glossaries"]


def test_equal_sheets_are_one_question(tmp_path):
    rows = [["Name", "Colour", "Category"], ["a", "b", "c"]]
    path = workbook(tmp_path / "book.xlsx", **{f"Notes_{n}": rows for n in range(20)})
    error = asked(path)
    lines = str(error).splitlines()
    assert len(error.questions) == 20
    assert sum(line.startswith("What ") for line in lines) == 1
    assert "the sheets Notes 0, Notes 1, Notes 2, Notes 3, Notes 4, Notes 5 and 14 more" in lines[0]
    assert "--sheet 'Notes 0=Terms' --sheet 'Notes 1=Terms' and so on" in str(error)


BOTH = {
    "Terms": [["Glossary", "Term", "Description"], ["Ledger", "Cash", "x"]],
    "Glossaries": [["Glossary", "Description"], ["Ledger", "x"]],
    "Floors": [["Building", "Floor"], ["HQ", "1"]],
}


def test_sheets_of_two_systems_are_never_dropped_for_those_of_the_other(tmp_path):
    """The majority does not decide: each template has its own command."""
    path = workbook(tmp_path / "book.xlsx", **BOTH)
    with pytest.raises(UsageError, match="follow several templates") as raised:
        open_intake([path])
    kinds = []
    for words in flags(raised.value):
        intake = answer([path], words)
        kinds.append((intake.template.name, [sheet.rule.name for sheet in intake.sheets]))
    assert kinds == [
        ("atlan-glossary", ["Terms", "Glossaries"]),
        ("trebellar-portfolio", ["Floors"]),
    ]


def test_files_of_two_systems_are_refused_like_sheets_of_two(tmp_path):
    first = csv_file(tmp_path, "Terms.csv", "Glossary,Term\nLedger,Cash\n")
    second = csv_file(tmp_path, "Floors.csv", "Building,Floor\nHQ,1\n")
    with pytest.raises(UsageError, match="Floors is Floors of trebellar-portfolio"):
        open_intake([first, second])


@pytest.mark.parametrize(
    "name", ["Terms", "Terms (2)", "Old terms", "terms-north", "Ledger - Terms"]
)
def test_a_sheet_named_after_a_kind_without_its_headings_is_an_error(tmp_path, name):
    """With headings it would be taken for that kind, so without them its rows are missed."""
    sheets = {"Glossaries": [["Glossary"], ["Ledger"]], name: [["Trem", "Text"], ["Cash", "x"]]}
    intake = open_intake([workbook(tmp_path / "book.xlsx", **sheets)])
    intake.read(NullSink())
    [finding] = [f for f in intake.findings if f.code == "headings_not_found"]
    assert (finding.severity, finding.place.sheet) == (Severity.ERROR, name)
    assert finding.message.endswith("Seen: `Trem`, `Text`.")


def test_a_sheet_of_no_kind_is_passed_over_and_a_long_search_is_said(tmp_path):
    notes = [[f"note {n}"] for n in range(70)]
    sheets = {"Glossaries": [["Glossary"], ["Ledger"]], "Notes": [["Hello"]], "Old": notes}
    intake = open_intake([workbook(tmp_path / "book.xlsx", **sheets)])
    assert [(f.severity, f.message) for f in intake.findings] == [
        ("info", "The sheet Notes has no headings that are known; it is passed over."),
        (
            "info",
            "The sheet Old has no headings that are known among its first 60 rows; "
            "it is passed over.",
        ),
    ]


def test_a_file_of_a_chosen_template_without_its_headings_reports_its_rows(tmp_path):
    path = csv_file(tmp_path, "Terms.csv", "Wortlaut,Text\nCash,x\n")
    intake = open_intake([path], Options(template="atlan-glossary"))
    intake.read(NullSink())
    [finding] = intake.findings
    assert finding.code == "headings_not_found"
    assert intake.sources[0].refused == [1, 2]


def test_a_kind_alone_says_the_template(tmp_path):
    path = csv_file(tmp_path, "x.csv", "Glossary,Name,Description\nLedger,a,b\n")
    assert open_intake([path], Options(only=("x=Terms",))).template.name == "atlan-glossary"
    with pytest.raises(UsageError, match="No template has a sheet called Birds"):
        open_intake([path], Options(only=("x=Birds",)))


def test_what_was_seen_is_the_row_of_headings_not_the_title_above(tmp_path):
    rows = ["Our words;;", "As of 2026;draft;", "Begriff;Bedeutung;Quelle", "a;b;c"]
    path = csv_file(tmp_path, "x.csv", "\n".join(rows))
    with pytest.raises(UsageError, match="Seen: Begriff, Bedeutung, Quelle"):
        open_intake([path])


@pytest.mark.parametrize(("above", "said"), [(58, False), (59, False), (60, True), (80, True)])
def test_headings_are_found_among_the_first_60_rows_or_the_search_is_said(tmp_path, above, said):
    notes = "".join(f"note {n}\n" for n in range(above))
    path = csv_file(tmp_path, "x.csv", f"{notes}Glossary,Term\nLedger,Cash\n")
    if not said:
        assert open_intake([path]).sheets[0].header.row == above + 1
        return
    with pytest.raises(UsageError, match="looked for in the first 60 rows"):
        open_intake([path])


def test_blank_rows_above_the_headings_count_like_others(tmp_path):
    path = csv_file(tmp_path, "x.csv", "\n" * 50 + "Glossary,Term\nLedger,Cash\n")
    assert open_intake([path]).sheets[0].header.row == 51


def test_hidden_sheets_are_said_in_one_finding_and_imported(tmp_path):
    terms = [["Glossary", "Term"], ["Ledger", "Cash"]]
    path = workbook(
        tmp_path / "book.xlsx",
        hidden=("Old", "Older", "Notes"),
        Terms=terms,
        Old=terms,
        Older=terms,
        Notes=[["to do"]],
    )
    intake = open_intake([path])
    found = [f for f in intake.findings if f.code == "hidden_sheets"]
    assert [(f.severity, f.message) for f in found] == [
        (Severity.INFO, "The hidden sheets `Old`, `Older` are imported like the others.")
    ]
    intake.read(NullSink())
    assert sum(source.count for source in intake.sources) == 3
