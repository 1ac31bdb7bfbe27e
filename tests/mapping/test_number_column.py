"""What the texts of a column decide together about the numbers among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.mapping.conversion.converters import converter
from importer.mapping.conversion.values import Fault
from importer.model import Cell
from importer.template import Column
from tests.mapping.build import TEXT, THINGS, Entities, Rows, reported, taken, template

MAPPING = (
    THINGS
    + """
columns = [
  {{ heading = "Name", path = "name", required = true }},
  {{ heading = "Size", path = "size", {rule} }},
]
"""
)
NUMBER = {"type": "number"}
SEATS = {"type": "number", "x-expects": "whole number"}
LATITUDE = {"type": "number", "minimum": -90, "maximum": 90}

LONGITUDE = {"type": "number", "minimum": -180, "maximum": 180}


def read(
    folder, sizes: Sequence[Cell], node: dict[str, Any] = NUMBER, rule="type = 'number'"
) -> tuple[list[Any], list[Any]]:
    """The sizes of the rows (None where it has none), and the findings."""
    schema = {"type": "object", "properties": {"name": TEXT, "size": node}}
    made = template(folder, MAPPING.format(rule=rule), thing=schema)
    sink = Entities()
    rows = [["Name", "Size"], *([f"n{i}", size] for i, size in enumerate(sizes))]
    found = taken(made, Rows("Things", rows), sink=sink)
    return [entity.payload.get("size") for entity in sink.kept], found.findings


DECIDED = {
    "two marks in one number": (["12.500", "1.240,5"], [12500, 1240.5]),
    "another number of decimals": (["12.500", "1.25"], [12.5, 1.25]),
    "the same with commas": (["12,500", "1,25"], [12.5, 1.25]),
    "a leading zero": (["12.500", "0.125"], [12.5, 0.125]),
    "a comma after a zero": (["12,500", "0,125"], [12.5, 0.125]),
    "more than three digits in front": (["12.500", "1234.567"], [12.5, 1234.567]),
    "two equal marks": (["12.500", "1.234.567"], [12500, 1234567]),
    "a blank that parts thousands": (["12.500", "1 234,5"], [12500, 1234.5]),
    "short whole numbers beside a last zero": (["12.500", "980"], [12500, 980]),
    "nothing but marks at once clear": (["1,5", "2,25"], [1.5, 2.25]),
    "thousands as in India": (["1,25,000", "12,50,000.50"], [125000, 1250000.5]),
    "and beside those": (["1,250", "1,00,00,000", "950"], [1250, 10000000, 950]),
    "a real number says nothing": (["1,5", 12.5], [1.5, 12.5]),
}
UNDECIDED = {
    "nothing else": ["1.250", "12.500"],
    "nothing else with commas": ["1,250", "12,500"],
    "both marks": ["1.250", "1,250"],
    "whole numbers without a last zero": ["1.234", "980"],
    "whole numbers of four digits": ["12.500", "980", "1250"],
    "real numbers": ["1.250", 12.5, 12500],
    "words": ["1.250", "many"],
    "a dot that ends a number": ["1.250", "12.", "12.500"],
}


@pytest.mark.parametrize("case", DECIDED)
def test_one_clear_number_decides_for_its_column(tmp_path, case):
    cells, expected = DECIDED[case]
    assert read(tmp_path, cells) == (expected, [])
    assert read(tmp_path, [*reversed(cells)]) == ([*reversed(expected)], [])


@pytest.mark.parametrize("case", UNDECIDED)
def test_a_column_in_which_no_number_is_clear_is_one_error(tmp_path, case):
    _, findings = read(tmp_path, UNDECIDED[case])
    unclear = [finding for finding in findings if finding.code == "ambiguous_number"]
    assert {(f.message, f.value, f.severity) for f in unclear} == {
        (unclear[0].message, None, "error")
    }
    assert "declare `decimal`" in unclear[0].message
    assert "`1.250`" in unclear[0].message or case not in ("nothing else", "both marks")


def test_rows_of_a_later_chunk_decide_too(tmp_path):
    sizes = [*(f"{n}.500" for n in range(1, 700)), "1,5"]
    found, findings = read(tmp_path, sizes)
    assert (found[0], found[698], found[699], findings) == (1500, 699500, 1.5, [])


def test_the_column_is_read_once_more_only_for_a_text_that_may_mean_two_things(tmp_path):
    class Counted(Rows):
        reads = 0

        def parsed(self):
            self.reads += 1
            return super().parsed()

    def reads(*sizes: Cell) -> int:
        schema = {"type": "object", "properties": {"name": TEXT, "size": NUMBER}}
        made = template(tmp_path, MAPPING.format(rule="type = 'number'"), thing=schema)
        sheet = Counted("Things", [["Name", "Size"], *([f"n{s}", s] for s in sizes)])
        taken(made, sheet)
        return sheet.reads

    least = reads(5, 12.5, "7", "1.5", "0.125", "1 234")
    assert reads("1.250", "1.5", "2.500") == least + 1
    assert reads("1,5", "2,5", "3,500") == least + 1


def test_a_whole_number_beside_thousands_of_seats_decides(tmp_path):
    assert read(tmp_path, ["1.234", "85"], SEATS) == ([1234, 85], [])


def test_seats_that_are_all_unclear_stay_unclear(tmp_path):
    assert reported(read(tmp_path, ["1.234", "2.345"], SEATS)[1]) == [
        ("ambiguous_number", "B2"),
        ("ambiguous_number", "B3"),
    ]


def test_the_bounds_of_a_field_decide(tmp_path):
    assert read(tmp_path, ["48,137", "-11,575"], LATITUDE) == ([48.137, -11.575], [])
    assert read(tmp_path, ["48.137", "-11.575"], LATITUDE) == ([48.137, -11.575], [])


@pytest.mark.parametrize("dots", [["1.5", "1.5"], ["1.5", "2.25"]])
def test_a_comma_among_as_many_dots_is_an_error_that_shows_both(tmp_path, dots):
    _, findings = read(tmp_path, [*dots, "2,5"])
    (finding,) = findings
    assert (finding.code, finding.place.cell, finding.suggestion) == ("not_a_number", "B4", "2.5")
    assert "`2,5`" in finding.message
    assert "`1.5`" in finding.message or "`2.25`" in finding.message


def test_a_declared_mark_needs_no_other_text(tmp_path):
    rule = "type = 'number', decimal = ','"
    assert read(tmp_path, ["12.500", "1,250"], rule=rule) == ([12500, 1.25], [])


def test_the_part_that_is_extracted_decides(tmp_path):
    rule = "type = 'number', extract = '(.*?) m2'"
    assert read(tmp_path, ["12.500 m2", "1,5 m2"], rule=rule) == ([12500, 1.5], [])


@pytest.mark.parametrize(
    ("text", "node", "suggestion"),
    [
        ("CHF 1'250.--", NUMBER, "1250"),
        ("1250-", NUMBER, "-1250"),
        ("1250 -", NUMBER, "-1250"),
        ("1250 \u2212", NUMBER, "-1250"),
        ("\u20137", NUMBER, "-7"),
        ("10\u201320", NUMBER, None),
        ("70 W", NUMBER, "70"),
        ("33.86 S", LATITUDE, "-33.86"),
        ("S 33.86", LATITUDE, "-33.86"),
        ("33.86s", LATITUDE, "-33.86"),
        ("33.86 N", LATITUDE, "33.86"),
        ("33.86 W", LATITUDE, None),
        ("33.86\u00b0", LATITUDE, "33.86"),
        ("33.86\u00b0 S", LATITUDE, "-33.86"),
        ("70.6 W", LONGITUDE, "-70.6"),
        ("W70.6", LONGITUDE, "-70.6"),
        ("E 70.6", LONGITUDE, "70.6"),
        ("-70.6 W", LONGITUDE, None),
        ("70.6 O", LONGITUDE, None),
        ("0 S", LATITUDE, "0"),
        ("0.00001 sqft", NUMBER, "0.00001"),
    ],
)
def test_the_number_that_is_proposed_has_the_sign_that_is_meant(tmp_path, text, node, suggestion):
    (finding,) = read(tmp_path, [text], node)[1]
    assert (finding.code, finding.suggestion) == ("not_a_number", suggestion)


def test_a_dot_that_ends_a_number_is_left_out(tmp_path):
    assert read(tmp_path, ["12.", "-7.", "12,5"]) == ([12, -7, 12.5], [])


@pytest.mark.parametrize("text", ["1.25.000", "1,25,00", "1,2,500", "125,25,000", "0,25,000"])
def test_thousands_that_are_parted_in_no_known_way_make_no_number(tmp_path, text):
    assert reported(read(tmp_path, [text])[1]) == [("not_a_number", "B2")]


HUNDREDTHS = st.integers(min_value=-(10**11), max_value=10**11)


def _written(hundredths: int, decimal: str, thousands: str) -> str:
    """The number as a locale writes it: grouped, with two decimals."""
    text = f"{hundredths / 100:,.2f}"
    return text.translate({ord(","): thousands, ord("."): decimal})


@given(
    numbers=st.lists(HUNDREDTHS, min_size=1, max_size=20),
    whole=st.lists(st.integers(-(10**9), 10**9), max_size=20),
    marks=st.sampled_from([(".", ","), (",", "."), (",", " "), (".", "'"), (",", "\u202f")]),
)
def test_a_column_written_in_one_locale_is_read_as_it_was_meant(
    tmp_path_factory, numbers, whole, marks
):
    decimal, thousands = marks
    cells = [_written(n, decimal, thousands) for n in numbers]
    cells += [f"{n:,}".replace(",", thousands) for n in whole]
    found, findings = read(tmp_path_factory.mktemp("law"), cells)
    assert findings == []
    assert found == [*(n / 100 for n in numbers), *whole]


def converters() -> list[Any]:
    date = Column(type="date")
    every = [
        Column(type="number"),
        Column(type="number", currency=("€",)),
        Column(type="url"),
        date,
    ]
    return [converter(column, {}, "<clear>") for column in every]


LETTERS = st.text(alphabet="0123456789.,' \u202f-+eE€%()/:;[]@hpstw<>ä\u0663")


@given(st.one_of(st.text(), LETTERS, LETTERS.map("https://".__add__)))
def test_no_text_is_too_odd_to_be_read(text):
    for convert in converters():
        convert(text)


@pytest.mark.parametrize(
    "text", ["a" * 32_000, "1" * 32_000, " ,".join(["x"] * 16_000), "1 " * 16_000]
)
def test_a_long_text_is_no_number_and_no_link(text):
    """Patterns that go back over it would take minutes."""
    assert all(isinstance(convert(text), Fault) for convert in converters())
