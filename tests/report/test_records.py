"""Records as raw text: their fields are those that the csv module sees."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from importer.report.records import Grammar, records, split

LETTERS = st.sampled_from("ab1é ,;\t|\"'\n\r=")


@given(raw=st.text(LETTERS.filter(lambda letter: letter not in "\r\n"), max_size=20))
def test_raw_fields_are_those_the_csv_module_sees(raw):
    fields = split(raw, Grammar("utf-8", ",", '"'))
    assert ",".join(fields) == raw
    assert len(fields) == max(len(next(csv.reader([raw]), [])), 1)


def test_blanks_and_tabs_before_a_quote_belong_to_the_field_and_hide_no_delimiter():
    raw = 'x, "a, b",\t"c,\n\td"\n \t"e",f\n'
    grammar = Grammar("utf-8", ",", '"', spaced=True)
    found = [split(record.raw, grammar) for record in records(io.BytesIO(raw.encode()), grammar)]
    assert found == [["x", ' "a, b"', '\t"c,\n\td"'], [' \t"e"', "f"]]
