"""The cells of a DataFrame: each type is what its user sees, exactly, or a fault."""

import datetime as dt
import enum
import uuid
from decimal import Decimal
from ipaddress import ip_address
from itertools import islice

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from importer.finding_codes import FindingCode
from importer.model import CellFault, Cells
from importer.read import Frames, open_input
from importer.read.cells import normalized

BERLIN = "Europe/Berlin"


def cells(column):
    """The cells of a column, as the import reads them."""
    sheet = open_input(Frames({"Terms": pd.DataFrame({"A": column})})).sheets[0]
    return normalized(Cells(row[0] for row in islice(sheet.parsed(), 1, None)))


class Colour(enum.Enum):
    """A choice of a program."""

    RED = "red"


class Code(str, enum.Enum):  # noqa: UP042 - as programs have them
    """A choice that is a text."""

    RED = "red"


class Number(int, enum.Enum):
    """A choice that is a number."""

    ONE = 1


class Strange:
    """An object that says nothing of itself."""


class Broken:
    """An object that cannot even be shown."""

    def __str__(self):
        raise ValueError

    __repr__ = __str__


def moments(*texts, zone=None):
    """Moments, of which some may be missing."""
    return pd.to_datetime(list(texts), format="ISO8601").tz_localize(zone)


@pytest.mark.parametrize(
    ("column", "found"),
    [
        ([1.0, np.nan, 3.0], [1, "", 3]),
        ([1.5, None, 3.0], [1.5, "", 3]),
        (np.array([0.1, np.nan, 5], "float32"), [0.1, "", 5]),
        ([2**60, -(2**61), 7], ["1152921504606846976", "-2305843009213693952", 7]),
        ([1e15, 2.0**53, 3.0], ["1000000000000000", "9007199254740992", 3]),
        ([True, False, True], [True, False, True]),
        (pd.array([1, None, 3], "Int64"), [1, "", 3]),
        (pd.array([0.1, None, 3], "Float64"), [0.1, "", 3]),
        (pd.array([True, None, False], "boolean"), [True, "", False]),
        (pd.array(["a", None, "NA"], "string"), ["a", "", "NA"]),
        (["007", "None", "null"], ["007", "None", "null"]),
        ([None, pd.NA, "x"], ["", "", "x"]),
        ([pd.NaT, float("nan"), "x"], ["", "", "x"]),
        (pd.Categorical(["a", None, "a"]), ["a", "", "a"]),
        (pd.Categorical([1, None, 2]), [1, "", 2]),
        (pd.arrays.SparseArray([0.0, np.nan, 2.5]), [0, "", 2.5]),
        ([Decimal("1.10"), Decimal("NaN"), Decimal(5)], [1.1, "", 5]),
        ([Decimal("0.12345678901234567891")] * 3, ["0.12345678901234567891"] * 3),
        ([np.int64(5), np.float32(0.1), np.bool_(True)], [5, 0.1, True]),
        ([Colour.RED, ip_address("::1"), uuid.UUID(int=1)], ["red", "::1", str(uuid.UUID(int=1))]),
        (pd.Series([Code.RED, Number.ONE, [Code.RED]], dtype=object), ["red", 1, "red"]),
        ([dt.time(9, 30), dt.time(9, 30, tzinfo=dt.UTC)],
         [dt.time(9, 30), "09:30:00+00:00"]),
        (pd.Series([np.datetime64(10**15, "D"), np.timedelta64(10**15, "D")], dtype=object),
         ["2737907008958-07-05", "1000000000000000 days"]),
        (pd.period_range("2026-01", periods=3, freq="M"), ["2026-01", "2026-02", "2026-03"]),
        (pd.to_timedelta([90, None, 1], unit="min"),
         [dt.timedelta(minutes=90), "", dt.timedelta(minutes=1)]),
        ([["a", "b; c", 3], ("+x", None), {"b", "a"}], ['a; "b; c"; 3', '"+x"', "a; b"]),
        ([np.array([1, 2]), [], ["1,5"]], ["1; 2", "", '"1,5"']),
        ([{"x": 1}, [{"y": "ä"}], [[1], [2]]], ['{"x": 1}', '[{"y": "ä"}]', "[[1], [2]]"]),
        (pd.array([1, None, 3], pd.ArrowDtype(pa.int64())), [1, "", 3]),
        (pd.array([["a", "b"], None, []], pd.ArrowDtype(pa.list_(pa.string()))), ["a; b", "", ""]),
        (pd.array([dt.date(2026, 1, 2), None], pd.ArrowDtype(pa.date32())),
         [dt.date(2026, 1, 2), ""]),
    ],
)  # fmt: skip
def test_a_value_is_the_cell_that_people_would_type(column, found):
    """Numbers exact and whole where they are whole, blanks blank, texts as they are."""
    seen = cells(column)
    assert seen == found
    assert [type(cell) for cell in seen] == [type(cell) for cell in found]


def test_moments_without_a_time_of_day_are_dates():
    """As pandas shows a column in which all are at midnight."""
    assert cells(moments("2026-01-02", None)) == [dt.date(2026, 1, 2), ""]
    with_time = cells(moments("2026-01-02", "2026-01-02T10:00"))
    assert with_time == [dt.datetime(2026, 1, 2), dt.datetime(2026, 1, 2, 10)]


def test_moments_with_a_zone_keep_their_offset():
    """In summer another than in winter."""
    found = cells(moments("2026-01-02T10:00", "2026-07-02T10:00", None, zone=BERLIN))
    assert [one and one.isoformat() for one in found] == [
        "2026-01-02T10:00:00+01:00",
        "2026-07-02T10:00:00+02:00",
        "",
    ]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (b"abc", FindingCode.NOT_A_CELL, "bytes b'abc'"),
        (1j, FindingCode.NOT_A_CELL, "complex 1j"),
        (float("-inf"), FindingCode.NOT_A_CELL, "float -inf"),
        ("\ud800", FindingCode.NOT_A_CELL, "str '\\ud800'"),
        (Broken(), FindingCode.NOT_A_CELL, "Broken"),
        (["a", b"b"], FindingCode.NOT_A_CELL, "bytes b'b'"),
        ("#N/A", FindingCode.ERROR_TEXT, "#N/A"),
        ("a\0b", FindingCode.NUL_BYTE, "a␀b"),
        (1.5e300, FindingCode.LONG_NUMBER, "1.5E+300"),
    ],
)
def test_what_no_cell_can_hold_is_a_fault(value, code, shown):
    """It is never made up: the row says so, and is not sent."""
    assert cells(pd.Series([value, "x"], dtype=object)) == [CellFault(code, shown), "x"]


def test_an_object_that_says_nothing_of_itself_is_a_fault():
    """Its address in memory is no value."""
    [fault] = cells([Strange()])
    assert fault.code is FindingCode.NOT_A_CELL
    assert "Strange" in fault.text


def test_names_of_columns_are_headings():
    """Numbers and dates as they are shown; several levels together; nothing where there is none."""
    names = [1, 2.0, dt.datetime(2026, 1, 2), ("a", "", "b"), None, float("nan"), b"x"]
    frame = pd.DataFrame([[0] * len(names)])
    frame.columns = pd.Index(names, tupleize_cols=False, dtype=object)
    [head, _] = open_input(Frames({"Terms": frame})).sheets[0].head()
    assert head == ["1", "2", "2026-01-02", "a b", "", "", "bytes b'x'"]


def test_a_frame_is_read_as_it_was_when_it_was_opened():
    """What the caller does to it meanwhile is not mixed in, or noticed."""
    frame = pd.DataFrame({"A": ["a", "b"]})
    opened = open_input(Frames({"Terms": frame}))
    frame.loc[0, "A"] = "c"
    [head] = opened.sheets[0].head()[1:2]
    assert head == ["a"] or opened.has_changed()
