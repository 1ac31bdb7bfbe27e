"""A tag or a comment without an end is refused, in each format, before it takes minutes."""

import pytest

from importer.errors import UnreadableInput
from importer.read import open_input
from tests.read.build import ods, pack, parts, sheet_xml

ENDLESS = ['<x a="{}"/>', "<!--{}-->", "<x {}/>"]
CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def endless(form):
    """Return 600 attributes of 8 kB, or as much in one; it must not be packed too tightly."""
    if form == "<x {}/>":
        return form.format(" ".join(f'a{n}="{"y" * 8_000}"' for n in range(600)))
    return form.format("".join(f"{n:x} " for n in range(800_000)))


@pytest.fixture(autouse=True)
def _any_ratio(monkeypatch):
    monkeypatch.setattr("importer.read.package.MAX_RATIO", 100_000)


@pytest.mark.parametrize("form", ENDLESS)
def test_a_sheet_with_a_tag_or_a_comment_of_megabytes_is_refused(tmp_path, form):
    sheet = sheet_xml(CELL, after=endless(form))
    with pytest.raises(UnreadableInput, match="a tag or a comment of over 4,194,304 bytes"):
        list(open_input(pack(tmp_path / "a.xlsx", parts(sheet))).sheets[0].chunks(1))


def test_an_ods_with_a_tag_of_megabytes_is_refused(tmp_path):
    path = ods(tmp_path / "a.ods", endless('<x a="{}"/>'))
    with pytest.raises(UnreadableInput, match="a tag or a comment of over 4,194,304 bytes"):
        open_input(path)


def test_many_megabytes_of_tags_and_text_are_read(tmp_path):
    cells = "".join(f"<row r='{n}'><c r='A{n}'><v>{n}</v></c></row>" for n in range(1, 150_000))
    path = pack(tmp_path / "a.xlsx", parts(sheet_xml(cells)))
    rows = [row for chunk in open_input(path).sheets[0].chunks(1) for row in chunk.rows]
    assert (len(cells) > 5 << 20, len(rows)) == (True, 149_999)
