"""Where a report goes by default, and the format of a file by its content."""

import zipfile
from pathlib import Path

import pytest

from importer.report.formats import default_path, format_of
from tests.report.build import workbook


@pytest.mark.parametrize(
    ("source", "out"),
    [
        ("d/terms.xlsx", "d/terms.result.xlsx"),
        ("d/terms.result.xlsx", "d/terms.result.xlsx"),
        ("TERMS.XLSM", "TERMS.result.XLSM"),
        ("old.xls", "old.result.xlsx"),
        ("big.xlsb", "big.result.xlsx"),
        ("a.b.ods", "a.b.result.xlsx"),
        ("rooms.csv", "rooms.result.csv"),
        ("rooms.tsv", "rooms.result.tsv"),
        ("rooms", "rooms.result"),
    ],
)
def test_the_report_lies_beside_the_input(source, out):
    assert default_path(Path(source)) == Path(out)


def test_an_undo_has_its_own_report():
    assert default_path(Path("terms.xlsx"), "undo") == Path("terms.undo.xlsx")


@pytest.mark.parametrize(
    ("members", "name", "known"),
    [
        (["xl/workbook.xml"], "a.xlsx", "xlsx"),
        (["xl/workbook.xml", "xl/vbaProject.bin"], "a.xlsm", "xlsx"),
        (["XL\\Workbook.bin"], "a.xlsx", "xlsb"),
        (["xl/workbook.bin"], "a.xlsx", "xlsb"),
        (["mimetype", "content.xml"], "a.csv", "ods"),
    ],
)
def test_a_format_is_known_by_content_not_by_name(tmp_path, members, name, known):
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        for member in members:
            archive.writestr(zipfile.ZipInfo(member), b"x")
    assert format_of(tmp_path / name) == known


def test_an_old_workbook_and_a_text_are_distinguished(tmp_path):
    (tmp_path / "a").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (tmp_path / "b").write_bytes(b"Term,Owner")
    assert [format_of(tmp_path / "a"), format_of(tmp_path / "b")] == ["xls", "text"]


@pytest.fixture(params=["terms.xlsx", "terms.csv"])
def source(request, tmp_path):
    path = tmp_path / request.param
    if path.suffix == ".csv":
        path.write_bytes(b"Term,Description,Owners\r\n" + b"t,d,o\r\n" * 20_000)
        return path
    return workbook(path)
