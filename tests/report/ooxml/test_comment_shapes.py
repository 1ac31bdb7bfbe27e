"""The drawings of comments: left alone where no comment of ours is added or removed."""

import re

import pytest
from openpyxl.comments import Comment

from tests.report.build import (
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
