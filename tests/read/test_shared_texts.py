"""Texts that cells share count as often as cells have them, before they are in memory."""

from io import BytesIO
from xml.parsers.expat import ExpatError

import pytest

from importer.read.shared_texts import BLOCK, scan_shared_texts, text_lengths, used_text
from tests.read.build import MAIN, assert_refused, read, with_texts

LONG = "x" * 32_000
SHORT = "<si><t>a</t></si>"


def rows(cell, count=20_000):
    return "".join(f'<row r="{n}">{cell.format(n)}</row>' for n in range(1, count + 1))


def use(number):
    return f'<c r="A{{}}" t="s"><v>{number}</v></c>'


USES = {
    "as every program writes it": use(0),
    "in single quotes": "<c r='A{}' t='s'><v>0</v></c>",
    "behind a comment": '<c r="A{}" t="s"><!-- --><v>0</v></c>',
    "in another order": '<c t="s" s="0" r="A{}"><f>B1</f><v>0</v></c>',
}


@pytest.mark.parametrize("cell", USES.values(), ids=USES)
def test_a_long_text_in_many_cells_is_refused_unread(tmp_path, cell):
    path = with_texts(tmp_path / "many.xlsx", f"<si><t>{LONG}</t></si>", rows(cell))
    assert path.stat().st_size < 300_000
    assert_refused(path, "its cells have over 536,870,912 bytes of text", "Divide it")


def test_sheets_count_together(tmp_path):
    path = with_texts(tmp_path / "two.xlsx", f"<si><t>{LONG}</t></si>", *[rows(use(0), 9_000)] * 2)
    assert_refused(path, "its cells have over 536,870,912 bytes of text")


def test_a_long_text_in_few_of_many_cells_does_no_harm(tmp_path):
    texts = f"<si><t>{LONG}</t></si>{SHORT}"
    path = with_texts(tmp_path / "few.xlsx", texts, rows(use(1)) + rows(use(0), 1)[:0])
    assert read(path) == [["a"]] * 20_000


def part(texts):
    return BytesIO(f'<sst xmlns="{MAIN}">{texts}</sst>'.encode())


@pytest.mark.parametrize(
    ("texts", "lengths"),
    [
        (SHORT + SHORT, [17, 23]),
        ("<si/>" + SHORT, [5, 23]),
        ("<!-- <si> -->" + SHORT, [23]),
        ("<q><si><t>a</t></si></q>" + SHORT, [21, 23]),
        ("<si><si><t>a</t></si></si>" + SHORT, [26, 23]),
        ("<si><t><![CDATA[<si>]]></t></si>" + SHORT, [32, 23]),
        ('<x:si xmlns:x="u"><t>a</t></x:si>' + SHORT, [33, 23]),
    ],
)
def test_each_text_has_its_length_wherever_a_tag_is_hidden(texts, lengths):
    assert text_lengths(part(texts)) == lengths


def test_a_text_may_begin_and_end_in_any_block():
    texts = "".join(f"<si><t>{number % 99 * 'ab'}</t></si>" for number in range(9_000))
    found = scan_shared_texts(part(texts))
    assert found.longest == max(text_lengths(part(texts))[:-1]) - len("<si")
    assert found.size > 2 * BLOCK


def test_a_text_longer_than_a_block_counts_as_all_of_them():
    found = scan_shared_texts(part(f"{SHORT}<si><t>{'abc' * 300_000}</t></si>{SHORT}"))
    assert found.longest == found.size > 900_000


HIDDEN = {
    "a comment": "<!--<si>-->",
    "CDATA": "<![CDATA[<si>]]>",
    "an instruction": "<?x <si>?>",
    "an attribute": '<r a="></t></si><si>"/>',
    "an attribute in single quotes": "<r a = '\"</t></si><si>'/>",
}


@pytest.mark.parametrize("at", range(-12, 12, 4))
@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_a_tag_that_is_none_makes_no_text_shorter(hidden, at):
    """Wherever the border of two blocks is."""
    before = " " * (BLOCK - len(part("").getvalue()) + len("</sst>") + at)
    found = scan_shared_texts(part(f"{before}<si>{hidden}<t>{'y' * 900}</t></si>"))
    assert found.longest == found.size


def test_a_part_that_is_not_well_formed_is_refused_where_it_matters():
    with pytest.raises(ExpatError):
        text_lengths(part('<si><t a="<si>">a</t></si>'))


def test_a_use_that_is_not_understood_counts_as_the_longest():
    sheet = BytesIO(f"{use(1)}{use(7)}<c t='s'>".encode())
    assert used_text(sheet, 1_000, [9, 50]) == 50 + (2 + BORDER) * 1_000


BORDER = 1
"""A use that may stand on the border of two blocks."""
