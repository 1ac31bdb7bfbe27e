"""Records as raw text: their fields are those that the csv module sees."""

import csv

from hypothesis import given, settings
from hypothesis import strategies as st

from importer.report.records import Grammar, split

LETTERS = st.sampled_from("ab1é ,;\t|\"'\n\r=")


@settings(deadline=None)
@given(raw=st.text(LETTERS.filter(lambda letter: letter not in "\r\n"), max_size=20))
def test_raw_fields_are_those_the_csv_module_sees(raw):
    fields = split(raw, Grammar("utf-8", ",", '"'))
    assert ",".join(fields) == raw
    assert len(fields) == max(len(next(csv.reader([raw]), [])), 1)
