"""The rows of a sheet, streamed from the pieces of its XML."""

import pytest

from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.rows import BEHIND_ALL, Rows


def rows_of(xml, cut=20):
    """The rows, read in two pieces."""
    return Rows("sheet", b"", lambda: iter([xml[:cut], xml[cut:]]))


@pytest.mark.parametrize(
    ("xml", "last"),
    [
        (b'<row r="1"><c r="B1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>', 2),
        (b'<row r="1"><c r="B1"><v>1</v></c><c r="D1" s="3"/></row>', 2),
        (b'<row r="1"><c r="B1"><v>1</v></c><c r="D1"><f>A1</f></c></row>', 4),
        (b'<row r="1"><c r="C1" t="inlineStr"><is><t>x</t></is></c><c r="D1" s="3"></c></row>', 3),
        (b"<row><c><v>1</v></c><c><v>2</v></c></row>", 2),
        (b'<row r="1"/><row r="2"><c r="AA2"><v>1</v></c></row>', 27),
        (b"", 0),
    ],
    ids=["value", "styled", "formula", "inline", "no addresses", "row without cells", "no rows"],
)
def test_the_last_column_that_holds_anything_is_found(xml, last):
    """A value or a formula; a style alone is nothing."""
    assert rows_of(xml).last_used() == last


def test_rows_without_cells_pass_by_one_by_one():
    """Also a million of them, of which none ends where a row with cells does."""
    empty = b"".join(b'<row r="%d" ht="20"/>\n' % number for number in range(1, 2_000))
    xml = empty + b'<row r="2000"></row> '
    rows = rows_of(xml, len(xml) // 2)
    assert [row.number for row in rows] == [*range(1, 2_001), BEHIND_ALL]
    assert b"".join(row.xml for row in rows) == xml
    assert max(len(text) for texts in rows.texts() for text in texts) < len(xml) * 0.6


def test_rows_that_do_not_say_their_number_are_counted():
    """As the standard has it: each stands below the one before."""
    rows = rows_of(b'<row/><row r="3"></row><row><c/></row>\n<row spans="1:2" r="9"/>')
    assert [row.number for row in rows] == [1, 3, 4, 9, BEHIND_ALL]


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (b'<row r="2"></row><row r="1"></row>', "in disorder"),
        (b'<row r="2"/><row r="2"/>', "in disorder"),
        (b'<row r="1"></row><row r="2"><c r="A2"/>', "do not end"),
        (b'<row r="1"></row><?odd?><row r="2"></row>', "more than rows"),
        (b'<row r="1"></row><rows r="2"></rows><row r="3"></row>', "more than rows"),
        (b'<row r="1"><!-- odd --></row>', "has comments"),
    ],
)
def test_what_is_not_rows_from_top_to_bottom_is_refused(xml, words):
    """The report is a copy of the values then."""
    with pytest.raises(PatchRefused, match=words):
        list(rows_of(xml))
