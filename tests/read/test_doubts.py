"""What is doubtful about how a text file was read is said, with a cell that shows it."""

import pytest
import xlsxwriter

from importer.model import Place, Severity
from importer.read import open_input
from importer.way_out import read_on_page
from tests.read.build import ods, text_file


def doubts(path):
    sheet = open_input(path).sheets[0]
    _ = list(sheet.chunks(2))
    return list(sheet.findings(lambda row, column: Place(sheet.name, row, column)))


def only_doubt(path):
    [found] = doubts(path)
    return found


def test_a_guessed_encoding_is_shown_in_a_cell_and_names_the_way_out(tmp_path):
    path = text_file(tmp_path / "t.csv", "Name;Ort\nx;y\nz;Müller aus Größe\n", "cp1252")
    found = only_doubt(path)
    assert (found.code, found.severity, found.place.cell) == (
        "guessed_encoding",
        Severity.INFO,
        "B3",
    )
    assert found.message == (
        "Read as Windows-1252 (western Europe), for example `Müller aus Größe` in B3. "
        "Wrong? --encoding mac-roman"
    )


def test_a_close_guess_is_a_warning_that_shows_the_other_reading(tmp_path):
    found = only_doubt(text_file(tmp_path / "t.csv", "Name;Ort\nx;Köln\n", "mac-roman"))
    assert found.severity is Severity.WARNING
    assert "As Windows-1250 (central Europe) it is `Kšln`." in found.message


def test_the_cell_that_is_shown_is_one_that_the_other_encoding_reads_otherwise(tmp_path):
    text = "Name;Ort\nSociété;x\ny;Œuvre et cœur\n"
    found = only_doubt(text_file(tmp_path / "t.csv", text, "iso8859-15"))
    assert (found.place.cell, found.value) == ("B3", "Œuvre et cœur")


def test_a_letter_far_into_a_long_cell_is_shown_with_what_is_around_it(tmp_path):
    text = f"a,b\n1,{'x' * 5000} Größe {'y' * 5000}\n"
    found = only_doubt(text_file(tmp_path / "t.csv", text, "cp1252"))
    assert "`…" in found.message
    assert "Größe" in found.message
    assert len(found.message) < 250


def test_an_encoding_that_proves_itself_is_no_guess(tmp_path):
    assert doubts(text_file(tmp_path / "u.csv", "Name;Ort\nx;Köln\n")) == []
    assert doubts(text_file(tmp_path / "w.csv", "Name;Ort\nx;Köln\n", "utf-16")) == []


def test_spoilt_letters_are_a_warning_that_shows_the_repaired_text(tmp_path):
    found = only_doubt(text_file(tmp_path / "t.csv", "a,b\nGrÃ¶ÃŸe,ä\nx,fÃ¼r\n"))
    assert (found.code, found.severity) == ("mojibake", Severity.WARNING)
    assert (found.place.cell, found.value, found.suggestion) == ("A2", "GrÃ¶ÃŸe", "Größe")
    assert "2 cells" in found.message


def test_a_cell_that_closes_early_is_named(tmp_path):
    found = only_doubt(text_file(tmp_path / "t.csv", 'a,b\n1,"2" x\n'))
    assert (found.code, found.severity, found.place.cell) == ("closed_early", "warning", "B2")


def test_a_last_line_that_stops_short_without_a_line_end_is_named(tmp_path):
    found = only_doubt(text_file(tmp_path / "t.csv", "a,b,c\n1,2,3\n4,5"))
    assert (found.code, found.severity, found.place.cell) == ("cut_off", "warning", "B3")
    assert "2 of 3 cells" in found.message


def test_a_short_last_line_is_fine_where_it_ends_or_others_are_as_short(tmp_path):
    for number, text in enumerate(["a,b,c\n1,2,3\n4,5\n", "a,b,c\n1,2\n4,5", "a,b,c\n1,2,3"]):
        assert doubts(text_file(tmp_path / f"{number}.csv", text)) == []


def test_a_title_above_the_headings_does_not_make_a_cut_off_line_usual(tmp_path):
    sheet = open_input(text_file(tmp_path / "t.csv", "Title\na,b,c\n1,2,3\n4,5")).sheets[0]
    assert list(sheet.chunks(3))
    found = sheet.findings(lambda row, column: Place(sheet.name, row, column))
    assert [finding.code for finding in found] == ["cut_off"]


@pytest.mark.parametrize("inline", [True, False])
def test_spoilt_letters_of_a_workbook_are_shown_too(tmp_path, inline):
    path, text = tmp_path / "book.xlsx", "GrÃ¶ÃŸe"
    with xlsxwriter.Workbook(path, {"constant_memory": inline}) as book:
        sheet = book.add_worksheet("T")
        for row, line in enumerate([["a", "b"], ["ä", text], ["x", "fÃ¼r"]]):
            sheet.write_row(row, 0, line)
    found = only_doubt(path)
    assert (found.place.cell, found.suggestion) == ("B2", "Größe")
    sound = tmp_path / "sound.xlsx"
    with xlsxwriter.Workbook(sound) as book:
        book.add_worksheet("T").write_row(0, 0, ["Größe", "für"])
    assert doubts(sound) == []


def test_spoilt_letters_of_an_ods_are_shown_too(tmp_path):
    cell = (
        '<table:table-cell office:value-type="string"><text:p>GrÃ¶ÃŸe</text:p></table:table-cell>'
    )
    found = only_doubt(ods(tmp_path / "b.ods", f"<table:table-row>{cell}</table:table-row>"))
    assert (found.place.cell, found.suggestion) == ("A1", "Größe")


def test_a_guessed_encoding_names_a_way_out_without_flags_on_a_page(tmp_path):
    path = text_file(tmp_path / "t.csv", "Name;Ort\nx;Köln\n", "mac-roman")
    with read_on_page():
        found = only_doubt(path)
    assert found.message.endswith("Save the file anew as UTF-8 where it was made, and upload that.")
