"""What cannot be counted is parsed in a process of its own first, with limits."""

import struct

import pytest

from importer.read import trial
from importer.read.trial import is_bounded
from tests.read.build import assert_refused, ods, read, record, xls, xlsb

TEXT = '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'

MANY = f'<table:table-row table:number-rows-repeated="90000">{TEXT * 90}</table:table-row>'


def endless(path):
    """An .xls whose allocation table leads from the sector of its directory to itself."""
    content = bytearray(xls(path, [(0, 0, 1)]).read_bytes())
    struct.pack_into("<I", content, 512 + 4, 1)
    path.write_bytes(content)
    return path


def test_a_file_whose_parser_never_ends_is_refused_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(trial, "MAX_MEMORY", 200 << 20)
    assert_refused(endless(tmp_path / "terms.xls"), "to read it takes more than 0.195312 GB")


def test_a_file_that_needs_too_much_memory_is_refused_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(trial, "MAX_MEMORY", 100 << 20)
    row = f'<table:table-row table:number-rows-repeated="90000">{TEXT * 90}</table:table-row>'
    assert_refused(
        ods(tmp_path / "terms.ods", row), "to read it takes more than", "as .xlsx or CSV"
    )


def test_time_is_limited_too(tmp_path, monkeypatch):
    monkeypatch.setattr(trial, "MAX_SECONDS", 0)
    assert_refused(ods(tmp_path / "terms.ods", MANY), "or 0 minutes")


@pytest.mark.parametrize(
    "make",
    [
        lambda path: ods(path / "a.ods", f"<table:table-row>{TEXT}</table:table-row>"),
        lambda path: xls(path / "a.xls", [(0, 0, 1)]),
        lambda path: xlsb(path / "a.xlsb", record(0)),
    ],
)
def test_a_file_within_the_limits_or_damaged_is_for_the_caller(tmp_path, make):
    assert is_bounded(make(tmp_path))


def test_the_trial_is_of_the_same_file_whatever_its_name(tmp_path):
    path = ods(tmp_path / "-a b.xlsx", f"<table:table-row>{TEXT}</table:table-row>")
    assert read(path) == [["a"]]
