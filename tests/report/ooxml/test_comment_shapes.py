"""The drawings of comments: left alone where nothing changes, and none reaches out of sight."""

import re

import pytest
from openpyxl.comments import Comment

from tests.report.build import (
    finding,
    members,
    repacked,
    report,
    result,
    workbook,
)

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("blocks", ["1", "1, 2"])
def test_where_no_comment_of_ours_is_added_or_removed_drawings_are_left_alone(tmp_path, blocks):
    """Also where comments have no shapes, or a drawing lists its blocks in an unusual way."""

    def edit(book):
        book.active["B2"].comment = Comment("mine", "jane")

    path = workbook(tmp_path / "terms.xlsx", edit=edit)
    drawing = next(name for name in members(path) if name.endswith(".vml"))
    listed = re.compile(rb'(?<=data=")[^"]*')
    repacked(path, {drawing: lambda xml: listed.sub(blocks.encode(), xml, count=1)})
    assert members(report(path, results=[result(2)]))[drawing] == members(path)[drawing]
    legacy = re.compile(rb"<legacyDrawing[^>]*>")
    repacked(path, {SHEET: lambda xml: legacy.sub(b"", xml)})
    out = members(report(path, results=[result(2)]))
    assert b"legacyDrawing" not in out[SHEET]
    assert [name for name in out if name.endswith(".vml")] == [drawing]


@pytest.mark.parametrize(("first", "end"), [(4, b"6, 0"), (12, b"7, 15"), (None, b"7, 15")])
def test_no_comment_reaches_into_columns_hidden_up_to_the_edge(tmp_path, first, end):
    """LibreOffice needs ten seconds to place one that does."""
    path = workbook(tmp_path / "terms.xlsx")
    if first:
        hidden = f'<cols><col min="{first}" max="16384" hidden="1"/></cols><sheetData>'.encode()
        repacked(path, {SHEET: lambda xml: xml.replace(b"<sheetData>", hidden)})
    out = members(report(path, results=[result(2)], findings=[finding(2, column=2)]))
    (drawing,) = (data for name, data in out.items() if name.endswith(".vml"))
    assert re.findall(rb"<x:Anchor>2, 15, 1, 2, (\d+, \d+), ", drawing) == [end]
