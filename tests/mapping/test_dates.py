"""What the texts of a column decide together about the dates among them."""

from __future__ import annotations

import pytest

from tests.mapping.build import reported
from tests.mapping.test_number_column import read

DATE = "type = 'date'"
DAY = {"type": "string"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["03/04/2026", "31/01/2026"], ["2026-04-03", "2026-01-31"]),
        (["03/04/2026", "01/31/2026"], ["2026-03-04", "2026-01-31"]),
        (["3.4.2026", "31.1.2026"], ["2026-04-03", "2026-01-31"]),
        (["04-04-2026", "2026-01-31"], ["2026-04-04", "2026-01-31"]),
    ],
)
def test_a_day_above_12_decides_for_its_column(tmp_path, cells, expected):
    assert read(tmp_path, cells, DAY, DATE) == (expected, [])
    assert read(tmp_path, [*reversed(cells)], DAY, DATE) == ([*reversed(expected)], [])


def test_a_column_without_such_a_day_is_one_error(tmp_path):
    _, findings = read(tmp_path, ["03/04/2026", "05/06/2026", "2026-01-31"], DAY, DATE)
    assert reported(findings) == [("ambiguous_date", "B2"), ("ambiguous_date", "B3")]
    assert len({finding.message for finding in findings}) == 1
    assert "`03/04/2026`, `05/06/2026`" in findings[0].message
    assert "declare `formats`" in findings[0].message


def test_a_column_with_days_and_months_first_names_both(tmp_path):
    found, findings = read(tmp_path, ["03/04/2026", "31/01/2026", "01/31/2026"], DAY, DATE)
    assert found[1:] == ["2026-01-31", "2026-01-31"]
    assert reported(findings) == [("ambiguous_date", "B2")]
    assert "`01/31/2026` and `31/01/2026`" in findings[0].message


def test_a_later_chunk_decides_too(tmp_path):
    cells = [*["03/04/2026"] * 600, "31/01/2026"]
    found, findings = read(tmp_path, cells, DAY, DATE)
    assert (found[0], findings) == ("2026-04-03", [])


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("2026-02-30", "is not a date: there is no such day."),
        ("2026-13-01", "is not a date: there is no such day."),
        ("2026-02-30T10:00:00Z", "is not a date: there is no such day."),
        ("31.02.2026", "is not a date: there is no such day."),
        ("13/13/2026 08:00", "is not a date: there is no such day."),
        ("2026-01-31 25:00", "is not a date: there is no such time of day."),
        ("31 Jan", "is not a date in a known form (2026-01-31)."),
        ("31.1.26", "is not a date in a known form (2026-01-31)."),
    ],
)
def test_a_day_that_the_calendar_lacks_is_told_from_an_unknown_form(tmp_path, text, ends):
    (finding,) = read(tmp_path, [text, "31.12.2025"], DAY, DATE)[1]
    assert (finding.code, finding.message) == ("not_a_date", f"`{text}` {ends}")


def test_a_declared_form_makes_no_difference_to_that(tmp_path):
    rule = "type = 'date', formats = ['%d.%m.%Y']"
    found = read(tmp_path, ["31.02.2026", "12.31.2026"], DAY, rule)[1]
    assert [finding.message for finding in found] == [
        "`31.02.2026` is not a date: there is no such day.",
        "`12.31.2026` is not a date in a known form (%d.%m.%Y).",
    ]
