"""What a user reads of many equal mistakes: one message with its values and its rows."""

from importer.finding_codes import FindingCode
from importer.model import Finding, Place
from importer.report.cause_text import problem_lines
from tests.report.test_causes import allowed, heading, number


def test_one_finding_is_its_sentence_and_its_cell():
    assert problem_lines([number(3, "x")]) == [
        "error: 1 row: Seats: `x` is not a number.",
        "    Buildings C3",
    ]


def test_many_values_in_one_column_are_one_message_with_the_rows():
    found = [number(row, f"{row},5", suggestion=f"{row}.5") for row in range(4, 3002)]
    said, where = problem_lines(found)
    assert said.startswith("error: 2,998 rows: Seats: `4,5` is not a number. Suggestion: 4.5.")
    assert said.endswith("`11,5` (11.5?), `12,5` (12.5?) and 2,989 more.")
    assert where == "    Buildings column C, rows 4 to 3001"


def test_one_mistake_in_many_columns_names_the_first_of_them():
    found = [number(2, "n/a", f"Column {no}", no) for no in range(1, 21)]
    said, where = problem_lines(found)
    assert "Column 1, Column 2, Column 3 and 17 more: `n/a` is not a number." in said
    assert where == "    Buildings A2, B2, C2, D2 and 16 more"


def test_unknown_headings_are_one_line_that_lists_them():
    said, where = problem_lines([heading(3, "Colour"), heading(4, "Stats", "Status")])
    assert said == (
        "warning: 2 headings are not known; their columns are not imported: "
        "`Colour` and `Stats` (Status?)."
    )
    assert where == "    Buildings C1 and D1"


def test_unknown_words_are_listed_once_with_what_is_allowed():
    said, where = problem_lines([allowed(row, word) for row, word in enumerate("abaca", 2)])
    assert said == (
        "error: 5 rows: Status: `a` is not one of the allowed values: allowed are OPEN, CLOSED. "
        "Likewise `b` and `c`."
    )
    assert where == "    Buildings column E, rows 2 to 6"


def duplicate(row, other, name="E-7"):
    message = f"`{name}` stands here and in row {other}: keep one of them."
    place = Place("Buildings", row, 1, "External ID")
    return Finding(FindingCode.DUPLICATE_KEY, message, place, value=name)


def test_a_duplicate_names_all_its_rows_once():
    found = [duplicate(4, 5), *(duplicate(row, 4) for row in range(5, 3002))]
    assert problem_lines(found)[0] == (
        "error: 2,998 rows: External ID: `E-7` stands in rows 4 to 3001: keep one of them."
    )
    several = problem_lines([*found, duplicate(3002, 3003, "E-8"), duplicate(3003, 3002, "E-8")])
    assert "stands here and in row 5: keep one of them. Likewise `E-8`." in several[0]


def test_the_files_are_named_where_there_are_several():
    places = [Place("S", 2, 1, "A", file=file) for file in ("a.csv", "b.csv")]
    found = [Finding(FindingCode.MISSING, "A is required and blank.", place) for place in places]
    assert problem_lines(found)[1] == "    a.csv: S A2; b.csv: S A2"


def test_what_no_row_names_is_named():
    place = Place("Terms", -1, name="Sales > A")
    [_, where] = problem_lines([Finding(FindingCode.BLOCKED, "It has children.", place)])
    assert where == "    Terms `Sales > A`"


def test_no_more_causes_are_shown_than_asked_for():
    found = [allowed(2, "x", f"Column {no}") for no in range(9)]
    assert problem_lines(found, limit=2)[-1] == "and 7 more causes"


def test_what_is_said_once_for_many_rows_counts_them_and_names_the_first():
    place = Place("Terms", 2, 1, "Glossary")
    found = Finding(FindingCode.NOT_FOUND, "No glossary `Ledger` here.", place, more_rows=15)
    assert problem_lines([found]) == [
        "error: 16 rows: Glossary: No glossary `Ledger` here.",
        "    Terms A2 and 15 more rows",
    ]


def test_what_is_about_a_whole_sheet_counts_no_rows():
    place = Place("Terms", 1)
    found = Finding(FindingCode.MISSING_COLUMN, "Term is required: there is no such column.", place)
    assert problem_lines([found])[0] == "error: Term is required: there is no such column."


def test_blanks_that_part_two_values_are_seen():
    [said, _] = problem_lines([number(2, "a b"), number(3, "a  b")])
    assert said == "error: 2 rows: Seats: `a b` is not a number. Likewise `a  b`."


def test_a_proposal_within_the_value_is_said_and_a_line_break_is_seen():
    assert problem_lines([number(2, "3 Pers.", suggestion="3")])[0].endswith("Suggestion: 3.")
    [said, _] = problem_lines([number(2, "x"), number(3, "D-1\nD-2")])
    assert said.endswith("Likewise `D-1\u21b5D-2`.")


def test_a_heading_that_ends_in_a_colon_is_followed_by_one_colon():
    assert problem_lines([number(2, "x", "Seats:")])[0] == (
        "error: 1 row: Seats: `x` is not a number."
    )
