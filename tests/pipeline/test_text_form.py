"""The form of a text file: guessed, declared by the mapping, or named by the user, who wins."""

import pytest
from openpyxl import Workbook, load_workbook

from importer.errors import UsageError
from importer.options import Options, ReportTo
from importer.pipeline.check import check
from tests.pipeline.bench import glossary, term
from tests.send.between import NoQueries

MAPPING = """
title = "Buildings in Mac Roman"
system = "trebellar"
extends = "trebellar-portfolio"
[[sheets]]
name = "Houses"
encoding = "mac-roman"
delimiter = "^"
[[sheets.entities]]
kind = "building"
columns = [
  { heading = "House", path = "label", required = true },
  { heading = "Zone", path = "staticProperties.timezone", required = true },
]
"""


@pytest.fixture
def houses(tmp_path):
    folder = tmp_path / "houses"
    folder.mkdir()
    (folder / "mapping.toml").write_text(MAPPING)
    return str(folder)


def file(folder, text, encoding, name="Houses.csv"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def dialect_of(path, **options):
    """How a check that reads a row has understood the file."""
    result = check([path], Options(**options))
    assert result.counts.rows == 1
    return result.guesses[0].partition(": ")[2]


def test_a_mapping_declares_what_would_be_guessed_wrong(tmp_path, houses):
    """One letter could be much, and no delimiter of this kind is guessed."""
    path = file(tmp_path, "House^Zone\nK\xf6ln^Europe/Berlin\n", "mac-roman")
    assert dialect_of(path, template=houses) == "Mac Roman (western Europe), '^', LF"


def test_what_the_user_names_goes_before_the_mapping(tmp_path, houses):
    path = file(tmp_path, "House;Zone\nKöln;Europe/Berlin\n", "cp1252")
    found = dialect_of(path, template=houses, encoding="cp1252", delimiter=";")
    assert found == "Windows-1252 (western Europe), semicolon, LF"
    found = dialect_of(path, template=houses, delimiter=";")
    assert found == "Mac Roman (western Europe), semicolon, LF"


def test_a_declared_encoding_that_does_not_fit_is_a_usage_error(tmp_path, houses):
    (tmp_path / "houses" / "mapping.toml").write_text(MAPPING.replace("mac-roman", "ascii"))
    path = file(tmp_path, "House,Zone\nKöln,Europe/Berlin\n", "cp1252")
    with pytest.raises(UsageError, match="line 2 holds bytes that are not ASCII"):
        check([path], Options(template=houses))


def test_the_form_of_a_text_file_is_refused_where_there_is_none(tmp_path):
    book = Workbook()
    book.save(tmp_path / "book.xlsx")
    for options in (Options(encoding="mac-roman"), Options(delimiter=";")):
        with pytest.raises(UsageError, match=r"is for text files .* only workbooks: book\.xlsx"):
            check([tmp_path / "book.xlsx"], options)


def test_a_run_without_a_plan_reads_its_file_again_as_it_was_told(bench):
    """The guess would be another: Kšln, which is a name too."""
    text = "Glossary^Term\nFinance^Köln\n"
    terms = file(bench.folder, text, "mac-roman", "Terms.csv")
    bench.glossary({"Glossaries": [glossary()]})
    bench.wrap = NoQueries
    result = bench.run(terms, template="atlan-glossary", encoding="mac", delimiter="^")
    assert result.state == "interrupted"
    bench.wrap = lambda target: target
    assert bench.resume(result.run).counts == {"created": 1}
    assert bench.atlan.terms().keys() == {"Köln"}


def test_a_report_is_written_into_a_workbook_with_merged_cells(bench):
    path = bench.book({"Glossaries": [glossary()], "Terms": [term("A"), term("B"), term("C")]})
    book = load_workbook(path)
    sheet = book["Terms"]
    sheet["A3"] = sheet["A4"] = None
    sheet.merge_cells("A2:A4")
    book.save(path)
    out = bench.folder / "out.xlsx"
    result = bench.run(path, template="atlan-glossary", report=ReportTo(out))
    assert result.counts == {"created": 4}
    written = load_workbook(out)["Terms"]
    assert [str(one) for one in written.merged_cells.ranges] == ["A2:A4"]
    assert [written.cell(row, 3).value for row in range(1, 5)] == ["import_status"] + 3 * [
        "created"
    ]


QUOTED = "House;Zone\n'Ost; West''s';UTC\nOld \"Mill;UTC\n"


def labels_of(bench):
    return sorted(place[-1] for place in bench.trebellar.places())


def test_a_mapping_declares_the_quote(bench, tmp_path, houses):
    declared = MAPPING.replace('delimiter = "^"', 'quote = "\'"').replace("mac-roman", "utf-8")
    (tmp_path / "houses" / "mapping.toml").write_text(declared)
    path = file(bench.folder, QUOTED, "utf-8")
    bench.run(path, template=houses)
    assert labels_of(bench) == ['Old "Mill', "Ost; West's"]


def test_the_user_names_the_quote_and_the_report_keeps_it(bench, tmp_path, houses):
    path = file(bench.folder, QUOTED, "utf-8")
    out = tmp_path / "report.csv"
    bench.run(
        path,
        template=houses,
        encoding="utf-8",
        delimiter=";",
        quote="'",
        report=ReportTo(path=out),
    )
    assert labels_of(bench) == ['Old "Mill', "Ost; West's"]
    lines = out.read_text("utf-8").splitlines()
    assert lines[1].startswith("'Ost; West''s';UTC;created")
    assert lines[2].startswith('Old "Mill;UTC;created')


def test_without_a_quote_every_sign_counts(bench, houses):
    path = file(bench.folder, 'House;Zone\n"A";UTC\n6" pipe;UTC\n', "utf-8")
    bench.run(path, template=houses, encoding="utf-8", delimiter=";", quote="none")
    assert labels_of(bench) == ['"A"', '6" pipe']


def test_the_guess_of_the_delimiter_knows_the_quote(tmp_path, houses):
    (tmp_path / "houses" / "mapping.toml").write_text(MAPPING.replace('delimiter = "^"', ""))
    path = file(tmp_path, "House,Zone\n'A, B',UTC\n", "utf-8")
    found = dialect_of(path, template=houses, encoding="utf-8", quote="'")
    assert found == "UTF-8, comma, ' as quote, LF"


@pytest.mark.parametrize("quote", ["''", "a", " "])
def test_a_word_that_is_no_quote_is_refused(tmp_path, houses, quote):
    path = file(tmp_path, "House,Zone\nA,UTC\n", "utf-8")
    with pytest.raises(UsageError, match="is no quote"):
        check([path], Options(template=houses, quote=quote))


def test_one_sign_cannot_be_both(tmp_path, houses):
    path = file(tmp_path, "House,Zone\nA,UTC\n", "utf-8")
    with pytest.raises(UsageError, match="delimiter and quote"):
        check([path], Options(template=houses, quote=";", delimiter=";"))
