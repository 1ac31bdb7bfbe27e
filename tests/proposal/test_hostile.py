"""A proposal comes of any sheet, whatever stands in it."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importer.proposal import propose
from importer.proposal.data import word_list
from tests.proposal.build import Sheet, templates

WORDS = [
    word.rstrip("!")
    for section in ("things", "attributes")
    for languages in word_list()[section].values()
    for words in languages.values()
    for word in words[:2]
]
TEXTS = st.one_of(
    st.sampled_from([*WORDS, "", " ", "n/a", "Level 1", "Level 2", "Total", "EN", "FR", "1.01"]),
    st.text(max_size=12),
)
CELLS = st.one_of(
    TEXTS,
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates().map(lambda day: dt.datetime(day.year, day.month, day.day)),
)
ROWS = st.lists(st.lists(CELLS, max_size=7), max_size=14)
SHEETS = st.lists(st.tuples(TEXTS, ROWS), min_size=1, max_size=3)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(SHEETS)
def test_any_grid_is_proposed_for(parts):
    sheets = [
        Sheet("list.xlsx", f"{name}{at}", [(number, row) for number, row in enumerate(rows, 1)])
        for at, (name, rows) in enumerate(parts)
    ]
    found = propose(sheets, templates()).sheets
    assert [each.name for each in found] == [sheet.name for sheet in sheets]
    for each in found:
        assert 0 <= each.confidence <= 1
        assert all(0 <= column.score <= 1 and column.reason for column in each.columns)
