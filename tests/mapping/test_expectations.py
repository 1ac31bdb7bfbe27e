"""What schemas expect of values beyond what they demand: what is odd is sent, with a warning."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.mapping.conversion import time_zones
from importer.mapping.conversion.expectations import JUDGES
from importer.model import Severity
from importer.template.expectation import Expectation
from tests.mapping.build import TEXT
from tests.mapping.test_number_column import read

FINE = {
    "time zone": ["Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires", " Asia/Tokyo ", "CET"],
    "time of day": ["08:00", "00:00", "23:59", "24:00", dt.time(9), dt.time(17, 30)],
    "weekday": ["monday", "Monday", "SUNDAY"],
    "day": ["2026-12-25", dt.date(2026, 12, 25)],
    "yes or no": [True, False],
    "account": ["jsmith", "j.smith", "j-smith_2", "jo@x.org", "Łukasz"],
    "tag": ["PII", "Very Confidential", "GDPR/Art. 9", "C#", "R&D"],
}
ODD = {
    "time zone": [
        ("Europe/Berln", "Europe/Berlin"),
        ("x" * 40_000, None),
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("Los Angeles", "America/Los_Angeles"),
        ("CEST", "CET"),
        ("UTC+1", "Etc/GMT-1"),
        ("GMT-05:00", "Etc/GMT+5"),
        ("UTC+5:30", None),
        ("(UTC+01:00) Amsterdam, Berlin", "Europe/Amsterdam"),
        ("Timezone", None),
        ("XYZ", None),
        ("UTC\u22125", "Etc/GMT+5"),
        ("GMT+5:30", None),
        ("GMT-3:30", None),
        ("UTC+5.5", None),
        ("GMT standard", None),
        ("America/Houston", None),
        ("Europe/Milan", None),
        ("Asia/Mumbai", None),
        ("Geneva", None),
        ("Lublin", None),
        ("Portland", None),
        ("Atlanta", None),
        ("Eurpe/Berln", "Europe/Berlin"),
        ("Sidney", "Australia/Sydney"),
        ("Amercia/New_York", "America/New_York"),
        ("America/NewYork", "America/New_York"),
        ("America/Argentina/Ushuia", "America/Argentina/Ushuaia"),
    ],
    "time of day": [
        ("9:00", "09:00"),
        ("17.30", "17:30"),
        ("17.5", "17:30"),
        ("9 AM", "09:00"),
        ("5:30 pm", "17:30"),
        ("12 am", "00:00"),
        ("8h30", "08:30"),
        ("0.375", "09:00"),
        ("9", "09:00"),
        ("09:00:00", "09:00"),
        (dt.datetime(1900, 1, 1, 8), "08:00"),
        ("25:00", None),
        ("8:75", None),
        ("late", None),
    ],
    "weekday": [
        ("Mon", "monday"),
        ("Th.", "thursday"),
        ("T", None),
        ("Mon-Fri", "monday; tuesday; wednesday; thursday; friday"),
        ("Sat to Sun", "saturday; sunday"),
        ("Fri-Mon", None),
        ("weekdays", "monday; tuesday; wednesday; thursday; friday"),
        ("1-5", None),
    ],
    "day": [
        ("25.12.2026", "2026-12-25"),
        ("12/25/2026", "2026-12-25"),
        ("03/04/2026", None),
        ("20261225", None),
        ("Christmas", None),
    ],
    "whole number": [(8.5, None)],
    "yes or no": [("by request", None), ("wahr", "yes"), ("✓", "yes"), ("nein", "no")],
    "account": [
        ("ann, bob", "ann; bob"),
        ("ann | bob", "ann; bob"),
        ("ann/bob", "ann; bob"),
        ("['ann', 'bob']", "ann; bob"),
        ("n/a", None),
        ("-", None),
        ("NULL", None),
        ("(blank)", None),
        ("Ann Smith", None),
        ("Ann <a@b.org>", None),
    ],
    "tag": [("PII, Secret", "PII; Secret"), ("[PII]", None), ("#PII", None), ("tbd", None)],
}
FINE["whole number"] = [8, 8.0, -1]


def _warnings(folder, cell: Any, expects: str, rule: str) -> tuple[Any, list[Any]]:
    node: dict[str, Any] = {"x-expects": expects}
    if "list" in rule:
        node = {"type": "array", "items": {**TEXT, **node}}
    (value,), findings = read(folder, [cell], node, rule)
    assert all((f.severity, f.code) == (Severity.WARNING, "unexpected") for f in findings)
    return value, [finding.suggestion for finding in findings]


def _rule(expects: str) -> str:
    kinds = {"whole number": "number", "weekday": "list", "day": "list", "account": "list"}
    return f"type = '{kinds.get(expects, 'list' if expects == 'tag' else 'text')}'"


@pytest.mark.parametrize("expects", Expectation)
def test_what_is_expected_has_no_warning(tmp_path, expects):
    for cell in FINE[expects]:
        rule = "type = 'boolean'" if isinstance(cell, bool) else _rule(expects)
        assert _warnings(tmp_path, cell, expects, rule)[1] == [], cell


@pytest.mark.parametrize("expects", Expectation)
def test_what_is_odd_is_sent_with_a_warning_that_proposes_what_is_meant(tmp_path, expects):
    for cell, suggestion in ODD[expects]:
        value, found = _warnings(tmp_path, cell, expects, _rule(expects))
        assert (found, value is None) == ([suggestion], False), cell


def test_a_small_number_is_quoted_as_it_is_written(tmp_path):
    node = {"type": "number", "x-expects": "whole number"}
    (finding,) = read(tmp_path, [0.00001], node)[1]
    assert finding.message == "`0.00001` is not a whole number."


@pytest.mark.parametrize("text", ["Sydny", "America/Sydny", "Mandrid", "Europe/Berln", "x" * 30])
def test_a_misspelt_time_zone_is_compared_with_few_others(text, monkeypatch):
    """Thousands of them, all different, are no reason to wait."""
    calls = []
    alike = time_zones.likeness
    monkeypatch.setattr(time_zones, "likeness", lambda *two: calls.append(two) or alike(*two))
    time_zones.likely_zone(text)
    assert len(calls) <= 60


def test_every_expectation_has_its_judge():
    assert JUDGES.keys() == set(Expectation)


@given(st.one_of(st.text(), st.integers(), st.floats()))
def test_no_value_is_too_odd_to_be_judged(value):
    for judge in JUDGES.values():
        judge(value, ";")


def test_the_proposal_parts_items_as_the_column_does(tmp_path):
    rule = 'type = "list", separators = ["|"]'
    assert _warnings(tmp_path, "ann, bob", "account", rule)[1] == ["ann| bob"]


def test_the_items_that_a_cell_adds_or_removes_are_judged_too(tmp_path):
    node = {"type": "array", "uniqueItems": True, "items": {**TEXT, "x-expects": "account"}}
    _, findings = read(tmp_path, ["+ann, bob; -n/a"], node, "type = 'list'")
    assert [finding.code for finding in findings] == ["unexpected", "unexpected"]


def test_a_value_that_a_word_stands_for_is_judged_and_not_the_word(tmp_path):
    rule = "values = { ja = true, offen = 'by request' }"
    node = {"x-expects": "yes or no"}
    found, findings = read(tmp_path, ["JA", "offen"], node, rule)
    assert found == [True, "by request"]
    assert [finding.place.cell for finding in findings] == ["B3"]


def test_a_warning_makes_no_row_invalid_and_shows_the_cell(tmp_path):
    found, findings = read(
        tmp_path, ["Europe/Berln"], {**TEXT, "x-expects": "time zone"}, "note = ''"
    )
    assert found == ["Europe/Berln"]
    (finding,) = findings
    assert (finding.place.cell, finding.value) == ("B2", "Europe/Berln")
    assert "did you mean Europe/Berlin?" in finding.message
