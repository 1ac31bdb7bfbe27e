"""Filters that are widened to our columns."""

import re

from tests.report.build import (
    members,
    repacked,
    report,
    result,
    workbook,
)

SHEET = "xl/worksheets/sheet1.xml"


def test_a_sheet_that_is_filtered_is_filtered_with_our_columns(tmp_path):
    def edit(book):
        book.active.auto_filter.ref = "A1:C4"

    path = workbook(tmp_path / "terms.xlsx", edit=edit)
    named = (
        b'<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
        b"Terms!$A$1:$C$4</definedName></definedNames>"
    )
    repacked(path, {"xl/workbook.xml": lambda xml: _named(xml, named)})
    out = members(report(path, results=[result(2)]))
    assert b'<autoFilter ref="A1:F4"' in out[SHEET]
    assert b"Terms!$A$1:$F$4<" in out["xl/workbook.xml"]


def _named(xml, names):
    bare = re.sub(rb"<definedNames ?/>|<definedNames>.*?</definedNames>", b"", xml)
    return bare.replace(b"</sheets>", b"</sheets>" + names)
