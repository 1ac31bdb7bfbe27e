"""`api.check`: what is wrong, as a DataFrame, where the caller finds it again."""

import pandas as pd
import pytest

from importer import api
from tests.api.files import COLUMNS, write_csv


def test_a_wrong_cell_is_found_by_position_and_label(sheets):
    """The row of a DataFrame is its position from 0, the index its label; there is no cell."""
    found = api.check(sheets).findings
    [one] = found.to_dict("records")
    assert (one["sheet"], one["row"], one["index"], one["column"]) == (
        "Terms", 1, "gross", "Certificate",
    )  # fmt: skip
    assert (one["value"], one["suggestion"], one["cell"]) == ("Verfied", "VERIFIED", None)


def test_a_wrong_cell_of_a_file_is_where_the_spreadsheet_shows_it(home, terms):
    """The row of a file is the spreadsheet's, with the address of the cell."""
    [one] = (
        api.check(write_csv(home, terms)).findings.query("code == 'not_allowed'").to_dict("records")
    )
    assert (one["row"], one["index"], one["cell"]) == (3, None, "D3")


def test_counts_are_those_of_the_rows(sheets):
    """Each row that was read is valid, invalid or skipped."""
    found = api.check(sheets)
    assert (found.ok, found.rows, found.valid, found.invalid) == (False, 4, 3, 1)
    assert found.template == "atlan-glossary"


def test_findings_have_the_same_columns_where_there_are_none(sheets):
    """A program can rely on the columns and their types."""
    sheets["Terms"]["Certificate"] = "DRAFT"
    found = api.check(sheets).findings
    assert list(found.columns) == COLUMNS
    assert found["row"].dtype == "Int64"
    assert found.empty


def test_labels_may_be_the_same_or_of_several_levels(terms):
    """A label is shown as it is; only the position tells rows apart."""
    same = terms.set_axis(["a", "a", "a"])
    several = terms.set_axis(pd.MultiIndex.from_tuples([("x", 1), ("x", 2), ("y", 1)]))
    for frame, label in ((same, "a"), (several, ("x", 2))):
        wrong = api.check(frame).findings.query("code == 'not_allowed'")
        assert wrong[["row", "index"]].values.tolist() == [[1, label]]


def test_a_named_index_is_a_column(terms):
    """Who has made a heading the index finds its values imported all the same."""
    found = api.check(terms.set_index(["Glossary", "Term"]))
    assert found.findings.query("severity == 'error'")["column"].tolist() == ["Certificate"]


def test_columns_of_several_levels_are_their_names_together(terms):
    """Blank levels do not count, as after a group-by."""
    terms.columns = pd.MultiIndex.from_tuples([(name, "") for name in terms.columns])
    found = api.check(terms).findings
    assert found.query("severity == 'error'")["column"].tolist() == ["Certificate"]


def test_two_columns_of_one_name_are_a_finding_that_names_their_positions(terms):
    """Nobody knows which of them is meant."""
    double = pd.concat([terms, terms[["Term"]]], axis=1)
    found = api.check(double).findings
    [message] = found.query("code == 'duplicate_heading'")["message"]
    assert "in column 1 " in message
    assert "in column 4 " in message


def test_headings_in_the_first_row_are_found_there(terms):
    """A frame that was read without headings has them in a row, and numbers as names."""
    bare = pd.DataFrame([list(terms.columns), *terms.values.tolist()])
    [one] = api.check(bare).findings.query("code == 'not_allowed'").to_dict("records")
    assert one["row"] == 2


def test_messages_name_rows_by_position_too(sheets):
    """The other row of a doubled term is named as the caller counts."""
    doubled = pd.concat([sheets["Terms"], sheets["Terms"].iloc[[0]]])
    found = api.check({**sheets, "Terms": doubled}).findings.query("code == 'duplicate_key'")
    assert sorted(found["row"]) == [0, 3]
    assert any("row 0" in message for message in found["message"])


def test_a_frame_is_never_changed(sheets):
    """Not its cells, not its labels, not its names."""
    before = sheets["Terms"].copy(deep=True)
    api.check(sheets)
    pd.testing.assert_frame_equal(sheets["Terms"], before)


def test_a_frame_without_rows_says_so():
    """As a file with headings and nothing below them."""
    found = api.check(pd.DataFrame(columns=["Glossary", "Term"]))
    assert found.findings["code"].tolist() == ["no_rows"]


def test_a_frame_without_columns_is_refused_in_words():
    """There is nothing by which a template could know it."""
    with pytest.raises(api.ImporterError, match="frame"):
        api.check(pd.DataFrame(index=[1, 2]))
