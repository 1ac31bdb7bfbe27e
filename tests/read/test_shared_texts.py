"""Texts that cells share count as often as cells have them, before they are in memory."""

import random
from io import BytesIO
from xml.parsers.expat import ExpatError

import pytest

from importer.read.shared_texts import scan_shared_texts, text_lengths, used_text
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


@pytest.mark.parametrize("hidden", ["<!--<si>-->", "<![CDATA[<si>]]>"])
def test_a_tag_that_is_none_makes_no_text_shorter(hidden):
    texts = f"<si><t>{('y' * 100 + hidden) * 9}</t></si>"
    assert scan_shared_texts(part(texts)).longest > 1_000


def test_the_longest_text_may_reach_over_many_blocks():
    text = "".join(random.Random(1).choices("abc", k=900_000))
    found = scan_shared_texts(part(f"{SHORT}<si><t>{text}</t></si>{SHORT}"))
    assert 900_000 < found.longest < 900_100 < found.size


def test_a_part_that_is_not_well_formed_is_not_believed():
    with pytest.raises(ExpatError):
        scan_shared_texts(part('<si><t a="<si>">a</t></si>'))


def test_a_use_that_is_not_understood_counts_as_the_longest():
    sheet = BytesIO(f"<c {use(1)}{use(7)}".encode())
    assert used_text(sheet, 3, 1_000, [9, 50]) == 50 + 2 * 1_000
