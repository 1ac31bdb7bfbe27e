"""Workbooks of very many sheets or columns: the work grows with them, not with their square."""

import re
import zipfile

import openpyxl
import pytest

from importer.read import open_input
from importer.report.ooxml import highlights, markup, write
from importer.report.ooxml.package import Package
from tests.report.build import comments, finding, layout, members, opened, report


def sheets(path, count):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in range(count):
        sheet = book.create_sheet(f"S{number}")
        sheet.append(["Term", "Description", "Owners"])
        sheet.append(["t", "d", "jane"])
        sheet.auto_filter.ref = "A1:C2"
    book.save(path)
    return path


def reported(path, count, out=None):
    names = [f"S{number}" for number in range(count)]
    layouts = [layout(name, last=2) for name in names]
    return report(path, out, layouts, findings=[finding(2, sheet=name) for name in names])


@pytest.fixture
def visited(monkeypatch):
    """Counts the XML elements that are visited and the parts that are asked for."""
    seen = {"elements": 0, "parts": 0}
    elements, part = markup.elements, Package.part

    def counted(*place):
        for each in elements(*place):
            seen["elements"] += 1
            yield each

    def asked(package, name):
        seen["parts"] += 1
        return part(package, name)

    monkeypatch.setattr(markup, "elements", counted)
    monkeypatch.setattr(Package, "part", asked)
    return seen


@pytest.mark.parametrize("again", [False, True], ids=["first report", "second report"])
def test_twice_the_sheets_are_twice_the_work(tmp_path, visited, again):
    work = []
    for count in (20, 40):
        path = sheets(tmp_path / f"{count}.xlsx", count)
        if again:
            path = reported(path, count, tmp_path / f"first{count}.xlsx")
        visited.update(elements=0, parts=0)
        reported(path, count, tmp_path / f"out{count}.xlsx")
        work.append(dict(visited))
    for kind in visited:
        assert work[1][kind] <= 2.1 * work[0][kind], kind


def test_each_ending_and_each_part_has_one_content_type(tmp_path):
    """Excel calls a workbook damaged that declares one twice."""
    types = members(reported(sheets(tmp_path / "a.xlsx", 3), 3))["[Content_Types].xml"].decode()
    for attribute in ("Extension", "PartName"):
        declared = re.findall(rf'{attribute}="([^"]+)"', types)
        assert len(set(declared)) == len(declared)
    assert 'Extension="vml"' in types


def test_the_shapes_of_no_two_sheets_have_one_id(tmp_path):
    first = reported(sheets(tmp_path / "a.xlsx", 3), 3)
    for path in (first, reported(first, 3, tmp_path / "second.xlsx")):
        drawings = [xml for name, xml in members(path).items() if name.endswith(".vml")]
        ids = re.findall(rb'id="(_x0000_s[0-9]+)"', b"".join(drawings))
        assert len(ids) == len(set(ids)) == 3


def test_a_sheet_is_found_without_reading_the_archives_directory_again(tmp_path, monkeypatch):
    path, opened, read = sheets(tmp_path / "a.xlsx", 9), [], zipfile.ZipFile._RealGetContents

    def counted(archive):
        opened.append(archive)
        read(archive)

    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", counted)
    for sheet in open_input(path).sheets:
        assert len(sheet.head()) == 2
    assert len(opened) <= 3


def test_no_report_has_more_parts_than_are_read(tmp_path, monkeypatch):
    source = sheets(tmp_path / "a.xlsx", 5)
    most = len(members(source)) + 2 * highlights.PARTS_FOR_COMMENTS + 1
    monkeypatch.setattr(highlights, "MAX_PARTS", most)
    path = reported(source, 5)
    assert len(members(path)) == most
    assert [len(comments(path, f"S{number}")) for number in range(5)] == [1, 1, 0, 0, 0]
    notes = [row[1] for row in opened(path)["Report"].values if row[0] == "Note"]
    assert len(notes) == 1, "once, not once a sheet"
    assert highlights.NOT_ALL_COMMENTED.startswith(notes[0])


def test_a_workbook_gets_as_many_comments_as_a_program_opens(tmp_path, monkeypatch):
    monkeypatch.setattr(write, "CommentRoom", lambda: highlights.CommentRoom(2))
    path = reported(sheets(tmp_path / "a.xlsx", 3), 3)
    assert [len(comments(path, f"S{number}")) for number in range(3)] == [1, 1, 0]
