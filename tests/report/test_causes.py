"""Findings by cause: one mistake is one group, however often and wherever it was made."""

from hypothesis import given
from hypothesis import strategies as st

from importer.finding_codes import FindingCode
from importer.model import Finding, Place, Severity
from importer.report.causes import group, with_findings


def number(row, value, heading="Seats", column=3, suggestion=None):
    place = Place("Buildings", row, column, heading)
    message = f"`{value}` is not a number."
    return Finding(FindingCode.NOT_A_NUMBER, message, place, value=value, suggestion=suggestion)


def allowed(row, value, heading="Status", hint=None):
    words = f"did you mean {hint}?" if hint else "allowed are OPEN, CLOSED."
    message = f"`{value}` is not one of the allowed values: {words}"
    place = Place("Buildings", row, 5, heading)
    return Finding(FindingCode.NOT_ALLOWED, message, place, value=value, suggestion=hint)


def heading(column, name, hint=None):
    message = f"The heading `{name}` is not known; its column is not imported."
    message += f" Did you mean {hint}?" if hint else ""
    place = Place("Buildings", 1, column, name)
    warning = Severity.WARNING
    return Finding(FindingCode.UNKNOWN_HEADING, message, place, warning, name, hint)


def test_decimal_commas_in_twenty_columns_are_one_group():
    commas = [
        number(row, f"{row},5", f"Column {column}", column, f"{row}.5")
        for row in range(2, 400)
        for column in range(20)
    ]
    [one] = group(commas)
    assert (one.count, one.rows, len(one.headings)) == (len(commas), 398, 20)


def test_a_value_that_has_another_form_is_another_cause_than_one_that_has_none():
    found = group([number(2, "1,5", suggestion="1.5"), number(3, "n/a"), number(4, "-")])
    assert [(one.first.value, one.count) for one in found] == [("n/a", 2), ("1,5", 1)]


def test_five_unknown_words_are_one_group_whose_message_says_what_is_allowed():
    hints = {"Opne": "OPEN", "Close": "CLOSED"}
    words = ["Opne", "Close", "x", "y", "z"]
    [one] = group([allowed(row, word, hint=hints.get(word)) for row, word in enumerate(words, 2)])
    assert (one.count, one.rows) == (5, 5)
    assert one.first.value == "x"
    assert list(one.values)[:2] == [("Opne", "OPEN"), ("Close", "CLOSED")]


def test_the_same_word_in_two_columns_of_choices_is_two_causes():
    assert len(group([allowed(2, "x"), allowed(2, "x", "Kind")])) == 2


def test_nine_unknown_headings_are_one_group_with_their_suggestions():
    found = [heading(n, f"Column {n}") for n in range(1, 9)] + [heading(9, "Stats", "Status")]
    [one] = group(found)
    assert (one.count, one.rows) == (9, 1)
    assert list(one.values)[-1] == ("Stats", "Status")


def test_a_proposal_that_is_part_of_the_message_makes_no_other_cause():
    found = [
        Finding(
            FindingCode.NOT_YES_OR_NO,
            f"`{value}` is neither yes nor no.",
            Place("T", row, 1),
            value=value,
            suggestion=hint,
        )
        for row, (value, hint) in enumerate({"maybe": None, "nope": "no", "jes": "yes"}.items(), 2)
    ]
    assert len(group(found)) == 1


def test_rows_without_a_finding_of_their_own_count_too():
    found = [
        Finding(FindingCode.NOT_FOUND, f"No term `{text}`.", Place("T", row, 1), more_rows=row)
        for row, text in enumerate("ABC", 2)
    ]
    [one] = group(found)
    assert (one.rows, one.more_rows) == (3 + 9, 9)


def test_links_with_one_umlaut_or_two_are_one_cause():
    place = Place("Links", 2, 1, "URL")
    said = [
        Finding(FindingCode.BAD_URL, f"`{url}` has {signs}, which no link can have.", place)
        for url, signs in {"x/ä": "`ä`", "x/äü": "`ä`, `ü`", "x/äüö": "`ä`, `ü` and `ö`"}.items()
    ]
    assert len(group(said)) == 1


def test_other_advice_makes_no_other_cause_but_other_words_of_the_target_do():
    def said(code, words):
        return Finding(code, words, Place("T", 2, 1, "Term"))

    codes = FindingCode.BAD_URL, FindingCode.REJECTED
    kinds = [[said(code, "It is wrong: " + words) for words in ("a.", "b.")] for code in codes]
    assert [len(group(findings)) for findings in kinds] == [1, 2]


def test_causes_are_ordered_gravest_first_then_by_rows():
    found = group([heading(1, "x"), number(2, "a"), allowed(2, "b"), allowed(3, "b")])
    codes = [one.first.code.value for one in found]
    assert codes == ["not_allowed", "not_a_number", "unknown_heading"]


FOUND = st.lists(
    st.one_of(
        st.builds(number, st.integers(1, 9), st.text(max_size=3)),
        st.builds(allowed, st.integers(1, 9), st.text(max_size=3)),
        st.builds(heading, st.integers(1, 9), st.text(max_size=3)),
    )
)


@given(FOUND)
def test_every_finding_is_in_one_group_of_its_code_and_severity(found):
    groups = group(found)
    assert sum(one.count for one in groups) == len(found)
    kinds = {(one.code, one.severity) for one in found}
    assert {(one.first.code, one.first.severity) for one in groups} == kinds


def test_causes_with_their_findings_are_the_causes_in_the_same_order():
    findings = [
        Finding(
            FindingCode.NOT_ALLOWED,
            f"`{value}` is not one of the allowed values.",
            Place("S", row, 1, "A"),
            value=value,
        )
        for row, value in enumerate("abca", 2)
    ] + [Finding(FindingCode.MISSING, "B is missing.", Place("S", 2, 2, "B"))]
    both = with_findings(findings)
    assert [(cause.first, cause.count) for cause, _ in both] == [
        (cause.first, cause.count) for cause in group(findings)
    ]
    assert [same for _, same in both] == [findings[:4], findings[4:]]
