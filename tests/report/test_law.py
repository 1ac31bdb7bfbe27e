"""The law of all reports: whatever they say, what the user wrote stays as it was."""

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importer.model import Severity, Status
from tests.report.build import finding, layout, members, report, result
from tests.report.compared import by_calamine, by_openpyxl, differences
from tests.report.corpus.reported import parts_with_highlights

pytestmark = [pytest.mark.filterwarnings("ignore::UserWarning"), pytest.mark.slow(8)]

ROWS, COLUMNS = 9, 7
CELL = st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS))
BELOW, BEYOND = st.integers(1, ROWS + 4), st.integers(1, COLUMNS + 6)
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n="), max_size=9
)
VALUE = st.one_of(TEXT, st.integers(-(2**50), 2**50), st.booleans())
MESSAGE = st.text(st.characters() | st.sampled_from("\n\r\x00<&]"), min_size=1, max_size=60)


@st.composite
def sheets(draw):
    """Cells, formulas, styles, comments, heights, hidden columns; the number of the heading row."""
    return {
        "cells": draw(st.dictionaries(CELL, VALUE, max_size=25)),
        "formulas": draw(st.dictionaries(CELL, st.integers(0, 99), max_size=3)),
        "styles": draw(st.sets(st.tuples(BELOW, BEYOND), max_size=9)),
        "comments": draw(st.dictionaries(CELL, TEXT.filter(str.strip), max_size=3)),
        "heights": draw(st.dictionaries(st.integers(0, ROWS + 3), st.integers(5, 90), max_size=3)),
        "hidden": draw(st.lists(st.integers(0, COLUMNS + 4), max_size=2)),
        "merged": draw(st.booleans()),
        "header": draw(st.integers(1, 3)),
    }


def written(path, sheet):
    """A workbook with such a sheet, and another one."""
    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        terms, other = book.add_worksheet("Terms"), book.add_worksheet("Other")
        other.write("A1", "kept")
        for (row, column), value in sheet["cells"].items():
            terms.write(row - 1, column - 1, value)
        for (row, column), value in sheet["formulas"].items():
            terms.write_formula(row - 1, column - 1, f"={value}+0", None, value)
        grey = book.add_format({"bg_color": "#EEEEEE"})
        for row, column in sheet["styles"] - sheet["cells"].keys() - sheet["formulas"].keys():
            terms.write_blank(row - 1, column - 1, None, grey)
        for (row, column), text in sheet["comments"].items():
            terms.write_comment(row - 1, column - 1, text)
        for row, height in sheet["heights"].items():
            terms.set_row(row, height)
        for column in sheet["hidden"]:
            terms.set_column(column, column + 2, 9, None, {"hidden": True})
        if sheet["merged"]:
            terms.merge_range(ROWS, 0, ROWS + 1, 2, "merged")
    return path


FOUND = st.builds(
    finding,
    st.integers(1, ROWS + 2),
    st.integers(0, COLUMNS + 3),
    MESSAGE,
    severity=st.sampled_from(Severity),
)
OUTCOME = st.builds(
    result, st.integers(1, ROWS + 4), st.sampled_from(Status), st.just("") | MESSAGE, st.just("id")
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    sheet=sheets(), findings=st.lists(FOUND, max_size=12), results=st.lists(OUTCOME, max_size=12)
)
def test_nothing_of_the_users_changes_whatever_is_reported(
    tmp_path_factory, sheet, findings, results
):
    folder = tmp_path_factory.mktemp("law")
    source = written(folder / "terms.xlsx", sheet)
    layouts = [layout(header=sheet["header"], last=ROWS, width=COLUMNS)]
    out = report(source, folder / "out.xlsx", layouts, results, findings)
    assert differences(source, out) == []
    for values in (by_calamine, by_openpyxl):
        before = values(source)
        assert before.items() <= values(out).items()
    again = report(out, folder / "again.xlsx", layouts, results, findings)
    assert members(again) == members(out)
    fine = [result(row) for row in range(sheet["header"] + 1, ROWS + 1)]
    fixed = report(out, folder / "fixed.xlsx", layouts, fine)
    assert differences(source, fixed) == []
    assert parts_with_highlights(fixed) == []
