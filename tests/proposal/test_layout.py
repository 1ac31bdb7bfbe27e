"""What parts lists, and how numbers and dates are written."""

from __future__ import annotations

from importer.proposal import propose
from tests.proposal.build import sheet, templates


def only(*rows):
    (found,) = propose([sheet(*rows)], templates()).sheets
    return found


def test_what_parts_the_items_of_a_list_is_found():
    rows = [(f"Term {at}", "What it is.", "Net; Gross", "Net, Gross") for at in range(5)]
    found = only(("Term", "Definition", "Synonyms", "See also"), *rows)
    assert found.separators == {"C": ";", "D": ","}


def test_a_column_that_is_no_list_has_no_separator():
    assert only(("Term", "Definition"), ("a; b", "What; it is.")).separators == {}


def test_a_comma_before_decimals_is_found():
    rows = [(f"House {at}", f"5{at} Low Street", f"48,{at}51", f"11,{at}3") for at in range(1, 6)]
    found = only(("Building", "Address", "Latitude", "Longitude"), *rows)
    assert found.forms == {"C": "decimal comma", "D": "decimal comma"}
